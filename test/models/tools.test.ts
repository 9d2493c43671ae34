/** Tools over HTTP: what the model is offered, what it calls, and how it is told what came of it. */

import { describe, expect, it } from 'vitest';
import type { ModelMessage, ToolDefinition } from '#src/models/model-pool.ts';
import type { ChatBody } from '#test/emulators/ollama/types.ts';
import { answersOf, ask, createPool, startOllama } from './pool-fixture.ts';

const clock: ToolDefinition = {
	name: 'current_time',
	description: 'The date and the time in a place.',
	parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
};
const call = { id: 'call_1', function: { name: 'current_time', arguments: { place: 'Lima' } } };

const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });

describe('a call of a tool', () => {
	it.each(['middle', 'final'] as const)('in the %s line comes whole, before the end and beside what was said', async (toolCallsIn) => {
		const ollama = await startOllama();
		ollama.answer({ tokens: ['Let me', ' look.'], toolCalls: [call], toolCallsIn });
		const asked = ask(createPool([ollama]).pool, { tools: [clock] });
		expect(await asked.ended).toBeNull();
		expect(asked.text()).toBe('Let me look.');
		expect(asked.events.slice(-2)).toMatchObject([
			{ type: 'tool-calls', calls: [{ id: 'call_1', name: 'current_time', arguments: { place: 'Lima' } }] },
			{ type: 'end', reason: 'stop' },
		]);
	});

	it('is no call where no tool was offered', async () => {
		const ollama = await startOllama();
		ollama.answer({ tokens: ['Yes.'], toolCalls: [call] });
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.events.map(({ type }) => type)).toEqual(['started', 'text-delta', 'end']);
	});

	it.each<[string, object, object]>([
		['has no id', { function: { name: 'f', arguments: { a: 1 } } }, { name: 'f', arguments: { a: 1 } }],
		[
			'writes its arguments as text',
			{ id: 'x', function: { name: 'f', arguments: '{"a":1}' } },
			{ id: 'x', name: 'f', arguments: { a: 1 } },
		],
		['writes broken arguments', { id: 'x', function: { name: 'f', arguments: '{"a":' } }, { id: 'x', name: 'f', arguments: {} }],
		['is nested without end', { id: 'x', function: { name: 'f', arguments: nested(50) } }, { id: 'x', name: 'f', arguments: {} }],
		[
			'is nested without end, as text',
			{ id: 'x', function: { name: 'f', arguments: JSON.stringify(nested(50)) } },
			{ id: 'x', name: 'f', arguments: {} },
		],
		['says too much', { id: 'x', function: { name: 'f', arguments: { a: ['x'.repeat(9_000)] } } }, { id: 'x', name: 'f', arguments: {} }],
		['has no arguments', { id: 'x', function: { name: 'f' } }, { id: 'x', name: 'f', arguments: {} }],
	])('that %s is read all the same', async (_, sent, read) => {
		const ollama = await startOllama();
		const oddLines = [{ message: { role: 'assistant', content: '', tool_calls: [sent, { function: {} }, null] }, done: false }];
		ollama.answer({ tokens: ['', ''], oddLines });
		const asked = ask(createPool([ollama]).pool, { tools: [clock] });
		expect(await asked.ended).toBeNull();
		const [calls] = asked.events.filter(({ type }) => type === 'tool-calls');
		expect(calls).toMatchObject({ calls: [{ id: expect.any(String), ...read }] });
	});
});

it('is told the model in its own form, with what came of it', async () => {
	const ollama = await startOllama();
	const messages: ModelMessage[] = [
		{ role: 'user', content: 'What time is it in Lima?' },
		{ role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'current_time', arguments: { place: 'Lima' } }] },
		{ role: 'tool', name: 'current_time', callId: 'call_1', content: '10:30' },
	];
	await ask(createPool([ollama]).pool, { messages, tools: [clock] }).ended;
	const body = answersOf(ollama)[0]?.body as ChatBody;
	expect(body.tools).toEqual([{ type: 'function', function: clock }]);
	expect(body.messages).toEqual([
		{ role: 'user', content: 'What time is it in Lima?' },
		{ role: 'assistant', content: '', tool_calls: [call] },
		{ role: 'tool', content: '10:30', tool_name: 'current_time', tool_call_id: 'call_1' },
	]);
});
