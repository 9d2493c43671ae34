/** The calls of tools in a stream: whole ones, in any of its lines, as servers really send them. */

import { randomUUID } from 'node:crypto';
import type { ModelEvent, ToolCall } from './model-pool.ts';

/** More in one answer is a model that has lost itself. */
const MOST_CALLS = 16;
/** No tool takes as much: a long text, and lists of objects. What is nested without end breaks whatever writes it down again. */
const MOST_CHARACTERS = 8_000;
const MOST_DEPTH = 10;

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

/** Null for what names no tool. Arguments that are no object, or too much, count as none: the tool's schema then says what is missing. */
function callIn(call: unknown): ToolCall | null {
	const { id, function: called } = fieldsOf(call);
	const { name, arguments: given } = fieldsOf(called);
	if (typeof name !== 'string' || name === '') return null;
	const read = fieldsOf(parsed(given));
	return {
		id: typeof id === 'string' && id !== '' ? id : randomUUID(),
		name,
		arguments: charactersLeft(read, MOST_CHARACTERS, MOST_DEPTH) < 0 ? {} : read,
	};
}

/** Some servers write the arguments as text. */
function parsed(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	if (given.length > MOST_CHARACTERS) return {};
	try {
		return JSON.parse(given);
	} catch {
		return {};
	}
}

/** How many of `left` the value leaves; below 0 as soon as it is too much. */
function charactersLeft(value: unknown, left: number, depth: number): number {
	if (typeof value === 'string') return left - value.length;
	if (typeof value !== 'object' || value === null) return left - 1;
	let rest = depth === 0 ? -1 : left;
	for (const [name, field] of Object.entries(value)) {
		if (rest < 0) break;
		rest = charactersLeft(field, rest - name.length, depth - 1);
	}
	return rest;
}

function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
