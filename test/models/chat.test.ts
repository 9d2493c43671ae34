/** One answer over HTTP: what is sent, what comes back, every way a stream breaks, deadlines and aborts. */

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { countTokens, cutIntoTokens } from '#test/emulators/ollama/tokens.ts';
import type { Failure } from '#test/emulators/ollama/types.ts';
import { answersOf as answers, ask, createPool, isAnswer, startOllama, until } from './pool-fixture.ts';

describe('an answer', () => {
	it('arrives whole and in order, whatever the bytes were cut into', async () => {
		const ollama = await startOllama({ splitWrites: true });
		const text = 'Sí, «mañana» — 100 €. 日本語 👩‍👩‍👧 '.repeat(20);
		ollama.answer(text);
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.text()).toBe(text);
		expect(asked.events[0]).toEqual({ type: 'started', host: ollama.url, model: 'demo' });
		expect(asked.events.at(-1)).toMatchObject({
			type: 'end',
			reason: 'stop',
			usage: { promptTokens: expect.any(Number), outputTokens: cutIntoTokens(text).length },
		});
	});

	it('is asked for with the same options every time and without a thinking trace', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		await ask(pool).ended;
		await ask(pool, { maxOutputTokens: 50 }).ended;
		const bodies = ollama.requests.filter(isAnswer).map(({ body }) => body);
		expect(bodies).toMatchObject([
			{ think: false, keep_alive: -1, options: { num_ctx: 8192, num_predict: 4096 } },
			{ think: false, keep_alive: -1, options: { num_ctx: 8192, num_predict: 50 } },
		]);
	});

	it('that is whole leaves the connection to the next one', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		for (let count = 0; count < 5; count++) await ask(pool).ended;
		expect(answers(ollama).map(({ hungUpAtMs }) => hungUpAtMs)).toEqual([null, null, null, null, null]);
	});

	it('that reaches the limit of tokens says so', async () => {
		const ollama = await startOllama();
		const asked = ask(createPool([ollama]).pool, { maxOutputTokens: 10 });
		await asked.ended;
		expect(asked.events.at(-1)).toMatchObject({ type: 'end', reason: 'length', usage: { outputTokens: 10 } });
	});

	it('without a word is a normal end', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'empty' });
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.events.map((event) => event.type)).toEqual(['started', 'end']);
	});

	it('comes in as many items as it was read in', async () => {
		const ollama = await startOllama();
		const words = Array.from({ length: 200 }, (_, index) => `word${index} `);
		ollama.answer({ tokens: words });
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.text()).toBe(words.join(''));
		expect(asked.events.filter(({ type }) => type === 'text-delta').length).toBeLessThan(20);
	});

	it('without an end is ended', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'endless' });
		const asked = ask(createPool([ollama], { maxOutputTokens: 100 }).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.events.at(-1)).toMatchObject({ type: 'end', reason: 'length' });
		expect(cutIntoTokens(asked.text())).toHaveLength(151);
		await until(() => answers(ollama)[0]?.hungUpAtMs !== null);
	});

	it('of a model that thinks anyway is its content alone', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'thinking'] }] });
		ollama.answer(() => ({ tokens: ['Yes', '.'], thinking: ['Hm', '…'] }));
		const asked = ask(createPool([ollama]).pool);
		await asked.ended;
		expect(asked.text()).toBe('Yes.');
	});

	it.each<[string, object[]]>([
		['no content', [{ message: { role: 'assistant', content: null, thinking: 'hm' }, done: false }]],
		['no message', [{ done: false }, { model: 'demo', message: null }]],
		['nothing but thinking', [{ message: { role: 'assistant', thinking: 'hm' }, done: false }]],
		['nothing but calls', [{ message: { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: {} } }] }, done: false }]],
		['content that is no text', [{ message: { role: 'assistant', content: 7, thinking: { of: 'what' } }, done: false }]],
		['nothing at all', [{}]],
	])('goes on over a line with %s', async (_, oddLines) => {
		const ollama = await startOllama();
		ollama.answer({ tokens: ['Yes', '.'], oddLines });
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.text()).toBe('Yes.');
	});

	it('ends with a last line that has no message', async () => {
		const ollama = await startOllama();
		ollama.answer({ tokens: ['Yes'], oddLines: [{ done: true, done_reason: 'stop', prompt_eval_count: 3 }] });
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.events.at(-1)).toMatchObject({ type: 'end', reason: 'stop', usage: { promptTokens: 3 } });
	});

	it('teaches how the model counts, and only for the next estimate', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		const content = 'Los plazos vencen mañana, dicen todos. '.repeat(40);
		const before = pool.estimateTokens(content);
		for (let count = 0; count < 12; count++) await ask(pool, { messages: [{ role: 'user', content }] }).ended;
		expect(pool.estimateTokens(content)).toBeLessThan(before);
		expect(pool.estimateTokens(content)).toBeGreaterThan(countTokens(content));
	});

	it('is warned of when Ollama cut the prompt', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo', contextLength: 2048 }] });
		const { pool, logs } = createPool([ollama], { contextTokens: 2048 });
		await ask(pool, { messages: [{ role: 'user', content: 'palabra '.repeat(2000) }] }).ended;
		expect(logs).toContainEqual(
			expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ reason: 'half-window', promptTokens: 1026 }) }),
		);
		expect(JSON.stringify(logs)).not.toContain('palabra');
	});
});

describe('a stream that breaks', () => {
	it.each<[Failure, string, string, boolean]>([
		[{ kind: 'status', status: 500, message: 'secret words of a person' }, 'MODEL_UNAVAILABLE', 'http-500', true],
		[{ kind: 'status', status: 401 }, 'MODEL_UNAVAILABLE', 'http-401', true],
		[{ kind: 'status', status: 400, message: 'bad' }, 'MODEL_REJECTED', 'http-400', false],
		[{ kind: 'html-502' }, 'MODEL_UNAVAILABLE', 'http-502', true],
		[{ kind: 'mid-stream-error', message: 'secret words of a person' }, 'MODEL_UNAVAILABLE', 'stream-error', true],
		[{ kind: 'no-done' }, 'MODEL_UNAVAILABLE', 'stream-cut', true],
		[{ kind: 'reset' }, 'MODEL_UNAVAILABLE', 'connection-lost', true],
		[{ kind: 'reset', afterTokens: 0, times: 2 }, 'MODEL_UNAVAILABLE', 'connection-lost', true],
		[{ kind: 'load-failure' }, 'MODEL_UNAVAILABLE', 'load-failed', true],
		[{ kind: 'busy-503' }, 'MODEL_UNAVAILABLE', 'busy', true],
	])('by %j', async (failure, code, reason, retryable) => {
		const ollama = await startOllama();
		const { pool, logs } = createPool([ollama]);
		// The warm-up call must not be the one that fails.
		await ask(pool).ended;
		ollama.fail(failure);
		const error = await ask(pool).ended;
		expect(error).toMatchObject({ code, reason, retryable });
		expect(JSON.stringify(logs) + inspect(error)).not.toContain('secret words');
		expect(pool.status()[0]?.activeRequests).toBe(0);
		expect(await ask(pool).ended).toBeNull();
	});

	it('before its answer, as an old connection that was closed meanwhile does, is asked for once more', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		await ask(pool).ended;
		const before = ollama.requests.length;
		ollama.fail({ kind: 'reset', afterTokens: 0 });
		expect(await ask(pool).ended).toBeNull();
		expect(ollama.requests.length - before).toBe(2);
	});

	it('by a model that is gone says so and recovers when it is back', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		ollama.removeModel('demo');
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'model-missing' });
		expect(pool.status()[0]).toMatchObject({ state: 'model-missing', reason: expect.stringContaining('ollama pull demo') });
		ollama.addModel({ name: 'demo' });
		expect(await ask(pool).ended).toBeNull();
	});

	it.each([
		['registry.ollama.ai/library/demo:latest does not support tools', 'cannot-use-tools'],
		['"demo" does not support thinking', 'cannot-think'],
		['{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests."}}', 'cannot-see'],
		['"demo" does not support insert', 'cannot-do-it'],
	])('by a model of another kind says which: %s', async (message, reason) => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'status', status: 400, message });
		expect(await ask(createPool([ollama]).pool).ended).toMatchObject({ code: 'MODEL_REJECTED', reason, retryable: false });
	});

	it('by a prompt that cannot fit is the asker’s, not the host’s', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo', template: 'jinja', contextLength: 2048 }] });
		const { pool } = createPool([ollama], { contextTokens: 2048 });
		const error = await ask(pool, { messages: [{ role: 'user', content: 'word '.repeat(4000) }] }).ended;
		expect(error).toMatchObject({ code: 'MODEL_REJECTED', reason: 'too-long' });
	});
});

describe('deadlines', () => {
	it.each<[string, Failure, object]>([
		['first-token', { kind: 'stall-before-headers' }, { firstTokenMs: 100 }],
		['silence', { kind: 'stall-between-tokens' }, { silenceMs: 100 }],
		['total', { kind: 'stall-between-tokens' }, { totalMs: 150 }],
	])('end a stream: %s', async (reason, failure, limits) => {
		const ollama = await startOllama();
		const deadlines = { queueMs: 20_000, firstTokenMs: 20_000, silenceMs: 20_000, totalMs: 60_000, ...limits };
		const { pool } = createPool([ollama], { deadlines });
		ollama.fail(failure);
		expect(await ask(pool).ended).toMatchObject({ code: 'TIMEOUT', reason, retryable: true });
		await until(() => answers(ollama)[0]?.hungUpAtMs !== null, 1000);
	});

	it('do not count the time that the reader takes', async () => {
		const ollama = await startOllama();
		ollama.answer('one two three');
		const { pool } = createPool([ollama], { deadlines: { queueMs: 1000, firstTokenMs: 60, silenceMs: 60, totalMs: 60_000 } });
		const events: string[] = [];
		for await (const event of pool.chat(
			{ messages: [{ role: 'user', content: 'x' }], userId: 'ana', conversationId: 'c', priority: 'interactive' },
			new AbortController().signal,
		)) {
			events.push(event.type);
			if (event.type === 'text-delta') await new Promise((resolve) => setTimeout(resolve, 150));
		}
		expect(events.at(-1)).toBe('end');
	});
});

describe('an abort', () => {
	it.each<[string, Failure | null]>([
		['before the headers', { kind: 'stall-before-headers' }],
		['between tokens', { kind: 'stall-between-tokens' }],
		['in the middle of a fast stream', { kind: 'endless' }],
	])('%s frees the host and the slot within a second', async (_, failure) => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama], { slots: 1 });
		if (failure) ollama.fail(failure);
		const asked = ask(pool);
		await until(() => answers(ollama).length === 1);
		const abortedAtMs = Date.now();
		asked.abort();
		expect(await asked.ended).toMatchObject({ code: 'CANCELLED' });
		await until(() => answers(ollama)[0]?.hungUpAtMs !== null, 1000);
		expect(Date.now() - abortedAtMs).toBeLessThan(1000);
		expect(await ask(pool).ended).toBeNull();
	});

	it('of one answer leaves the others alone', async () => {
		const ollama = await startOllama({ parallel: 4, tokensPerSecond: 100 });
		ollama.answer('word '.repeat(40));
		const { pool } = createPool([ollama]);
		const [stopped, kept] = [ask(pool), ask(pool)];
		await until(() => stopped.text() !== '' && kept.text() !== '');
		stopped.abort();
		expect(await stopped.ended).toMatchObject({ code: 'CANCELLED' });
		expect(await kept.ended).toBeNull();
		expect(kept.text()).toBe('word '.repeat(40));
	});

	it('by leaving the loop frees the host too', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'endless' });
		const { pool } = createPool([ollama], { slots: 1 });
		for await (const event of pool.chat(
			{ messages: [{ role: 'user', content: 'x' }], userId: 'ana', conversationId: 'c', priority: 'interactive' },
			new AbortController().signal,
		)) {
			if (event.type === 'text-delta') break;
		}
		await until(() => answers(ollama)[0]?.hungUpAtMs !== null, 1000);
		expect(pool.status()[0]?.activeRequests).toBe(0);
	});

	it('before it began sends nothing', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		const asked = ask(pool);
		asked.abort();
		expect(await asked.ended).toMatchObject({ code: 'CANCELLED' });
		expect(ollama.requests).toEqual([]);
	});
});
