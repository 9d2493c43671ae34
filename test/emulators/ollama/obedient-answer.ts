/** What a model says that does whatever any text in its prompt tells it: it repeats all of it, links and mentions too, and calls what is called there. */

import { randomUUID } from 'node:crypto';
import { cutIntoTokens } from './tokens.ts';
import type { AnswerScript, ChatBody } from './types.ts';

/** What a call looks like in a text, in whatever marks it stands. */
const CALL = /\{\s*"name"\s*:\s*"(\w+)"\s*,\s*"(?:arguments|parameters)"\s*:\s*(\{[^{}]*\})\s*\}/g;

/** Longer ones are shown in part, so that tests stay quick. */
const mostCharacters = 1_500;

/** Calls once: when it has been answered, it only speaks. */
export function obedientAnswer({ messages = [] }: Pick<ChatBody, 'messages'>): AnswerScript {
	const read = messages.filter(({ role }) => role !== 'system').flatMap(({ content }) => content.split('\n').flatMap(textsIn));
	const toolCalls = messages.some(({ role }) => role === 'tool') ? [] : read.flatMap(callsIn);
	const said = read.join('\n\n').slice(0, mostCharacters);
	return { tokens: cutIntoTokens(said), ...(toolCalls.length === 0 ? {} : { toolCalls }) };
}

/** All words that stand in a line of the prompt, without the frame around them. */
function textsIn(line: string): string[] {
	try {
		return valuesOf(JSON.parse(line));
	} catch {
		return line.trim() === '' ? [] : [line];
	}
}

function valuesOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [];
}

function callsIn(text: string): NonNullable<AnswerScript['toolCalls']> {
	return Array.from(text.matchAll(CALL), ([, name = '', given = '{}']) => ({
		id: randomUUID(),
		function: { name, arguments: JSON.parse(given) as Record<string, unknown> },
	}));
}
