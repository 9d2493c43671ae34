/** What tests of prompts begin with: memories of conversations, and the prompts that are made of them. */

import type { Memory, OverheardMessage } from '#src/conversation/memory.ts';
import { buildPrompt, type Prompt, type PromptFacts } from '#src/conversation/prompt.ts';
import type { ModelMessage } from '#src/models/model-pool.ts';
import type { CitedWords } from '#src/platform/chat-event.ts';

export const saidAt = new Date('2030-05-04T21:30:00Z');
export const zones = { timeZone: null, homeTimeZone: 'UTC' };
export const facts: PromptFacts = { personName: 'Ana', locale: 'es-ES', now: new Date('2030-05-04T23:59:00Z'), ...zones };
export const budget = { contextTokens: 2_048, answerTokens: 1_024 };

interface GivenMemory {
	question?: string;
	before?: string[];
	summary?: string;
	isShared?: boolean;
	cited?: (CitedWords | string)[];
}

export function memoryOf(given: GivenMemory): Memory {
	const contents = [...(given.before ?? []), given.question ?? 'And now?'];
	const speaker = { name: 'Ana', mark: '3f2a' };
	const cited = (given.cited ?? []).map(
		(words): CitedWords => (typeof words === 'string' ? { kind: 'quoted', author: words, writtenAt: null, text: words } : words),
	);
	return {
		isShared: given.isShared ?? false,
		summary: given.summary ?? null,
		overheard: [],
		isThreadCut: false,
		messages: contents.map((content, sequence) => ({
			...{ sequence, role: 'user', content, speaker, saidAt },
			cited: sequence === contents.length - 1 ? cited : [],
		})),
		version: '',
	};
}

export function heard(name: string, text: string, before = 0): OverheardMessage {
	return { name, text, cited: [], saidAt, before };
}

export function fitting(memory: Memory, told: PromptFacts = facts): Prompt {
	const prompt = buildPrompt(memory, told, budget);
	if ('mostCharacters' in prompt) throw new Error('the question does not fit');
	return prompt;
}

export function promptOf(memory: Memory, told: PromptFacts = facts): ModelMessage[] {
	return fitting(memory, told).messages;
}

export function wordsOf({ content }: ModelMessage): string {
	if (content.startsWith('{"from"')) return (JSON.parse(content) as { text: string }).text;
	return content.replace(/^\{"at":"[^"]+"\}\n/, '');
}
