/** Tells calls of tools that a model copied from a text which it was given to read. Pure. */

import type { ModelMessage, ToolCall } from '../models/model-pool.ts';

/**
 * Whether a text other than the question names the tool and everything that the call gives it: servers take a call for one wherever a model
 * writes it, be it that it repeats a document.
 */
export function isCopied({ name, arguments: given }: ToolCall, messages: readonly ModelMessage[]): boolean {
	const values = textsIn(given).map(bare);
	return materialIn(messages).some((text) => text.includes(name) && values.every((value) => text.includes(value)));
}

/** All that was said and found, but not the question itself, which is the last thing that a person says. */
function materialIn(messages: readonly ModelMessage[]): string[] {
	const question = messages.findLastIndex(({ role }) => role === 'user');
	return messages.filter(({ role }, index) => role !== 'system' && index !== question).map(({ content }) => bare(content));
}

/** As it reads without the marks that JSON within JSON has. */
function bare(text: string): string {
	return text.replace(/[\\\u2060]/g, '');
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [JSON.stringify(value).slice(1, -1)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
