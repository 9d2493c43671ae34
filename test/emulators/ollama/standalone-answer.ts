/** What the demonstration model says that a question means which leans on what was said before: both together. */

import type { ChatBody } from './types.ts';

/** Null where something else is asked for. */
export function standaloneAnswer({ format, messages = [] }: ChatBody): string | null {
	const { properties = {} } = typeof format === 'object' && format !== null ? (format as { properties?: object }) : {};
	if (Object.keys(properties).join(' ') !== 'question keywords') return null;
	const lines = (messages.at(-1)?.content ?? '').split('\n').map((line): { role: string; text: string } => JSON.parse(line));
	const [before = '', question = ''] = ['', ...lines.filter(({ role }) => role === 'user').map(({ text }) => text)].slice(-2);
	return JSON.stringify({ question: [before, question].filter(Boolean).join(' '), keywords: [] });
}
