/** What an emulated model says when a process is asked for a word before it takes another one's place. */

import type { ChatBody } from '#test/emulators/ollama/types.ts';

/** Null when it is asked something else. */
export function probedWord({ messages = [] }: ChatBody): string | null {
	return /one word and nothing else: (\w+)$/.exec(messages.at(-1)?.content ?? '')?.[1] ?? null;
}
