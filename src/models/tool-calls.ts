/** The calls of tools in a stream: whole ones, in any of its lines, as servers really send them. */

import { randomUUID } from 'node:crypto';
import type { ModelEvent, ToolCall } from './model-pool.ts';

/** More in one answer is a model that has lost itself. */
const MOST_CALLS = 16;

export interface ToolCallReader {
	/** Takes what a line says in `message.tool_calls`. */
	read(calls: unknown): void;
	/** All that were read, in one event; nothing without any. */
	events(): ToolCallsEvent[];
}

type ToolCallsEvent = Extract<ModelEvent, { type: 'tool-calls' }>;

/** @param isOffered whether the model was offered tools: calls that nobody offered are imagination. */
export function createToolCallReader(isOffered: boolean): ToolCallReader {
	const taken: ToolCall[] = [];
	return {
		read(calls) {
			if (!isOffered || !Array.isArray(calls)) return;
			for (const call of calls) {
				const read = callIn(call);
				if (read !== null && taken.length < MOST_CALLS) taken.push(read);
			}
		},
		events: () => (taken.length === 0 ? [] : [{ type: 'tool-calls', calls: taken }]),
	};
}

/** Null for what names no tool. Arguments that are no object count as none: the tool's schema then says what is missing. */
function callIn(call: unknown): ToolCall | null {
	const { id, function: called } = fieldsOf(call);
	const { name, arguments: given } = fieldsOf(called);
	if (typeof name !== 'string' || name === '') return null;
	return { id: typeof id === 'string' && id !== '' ? id : randomUUID(), name, arguments: fieldsOf(parsed(given)) };
}

/** Some servers write the arguments as text. */
function parsed(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given);
	} catch {
		return {};
	}
}

function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
