/** The emulator against the official client and plain HTTP: what the bot relies on must be as the real server does it. */

import { connect } from 'node:net';
import { Ollama } from 'ollama';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '#test/e2e/eventually.ts';
import { type OllamaEmulator, startOllamaEmulator } from './index.ts';
import type { ChatBody, EmulatorOptions } from './types.ts';

async function start(options: EmulatorOptions = {}): Promise<{ ollama: OllamaEmulator; client: Ollama }> {
	const ollama = await startOllamaEmulator(options);
	onTestFinished(() => ollama.close());
	return { ollama, client: new Ollama({ host: ollama.url }) };
}

const question = (content = 'How many holidays are left?') => [{ role: 'user', content }];

function post(ollama: OllamaEmulator, body: Partial<ChatBody>, signal?: AbortSignal): Promise<Response> {
	const init = { method: 'POST', body: JSON.stringify({ model: 'demo', messages: question(), ...body }) };
	return fetch(`${ollama.url}/api/chat`, signal ? { ...init, signal } : init);
}

async function collect(client: Ollama, request: object = {}) {
	const parts = [];
	for await (const part of await client.chat({ model: 'demo', messages: question(), ...request, stream: true })) parts.push(part);
	return { parts, text: parts.map((part) => part.message.content).join(''), last: parts.at(-1) };
}

describe('an answer', () => {
	it('is the demonstration, in the language of the question, unless scripted', async () => {
		const { ollama, client } = await start();
		expect((await collect(client)).text).toContain('How many holidays are left?');
		expect((await collect(client, { messages: question('¿Cuántas vacaciones quedan?') })).text).toContain('respuesta de demostración');
		ollama.answer((body) => `You said ${body.messages?.[0]?.content.length} characters.`);
		expect((await collect(client)).text).toBe('You said 27 characters.');
		ollama.answer({ tokens: ['one ', 'two ', 'three'], chunkTokens: 2, doneReason: 'length' });
		const scripted = await collect(client);
		expect(scripted.parts.map((part) => part.message.content)).toEqual(['one two ', 'three', '']);
		expect(scripted.last).toMatchObject({ done: true, done_reason: 'length', eval_count: 3 });
	});

	it('of 1,770 characters is about 400 tokens', async () => {
		const { ollama, client } = await start();
		ollama.answer('x'.repeat(1770));
		const { last } = await collect(client);
		expect((last as { eval_count?: number }).eval_count).toBeGreaterThan(395);
		expect((last as { eval_count?: number }).eval_count).toBeLessThan(405);
	});

	it('keeps to a format', async () => {
		const { client } = await start();
		const format = {
			type: 'object',
			properties: { title: { type: 'string' }, kind: { enum: ['bug', 'wish'] }, tags: { type: 'array' }, note: { type: 'string' } },
			required: ['title', 'kind', 'tags'],
		};
		expect(JSON.parse((await collect(client, { format })).text)).toEqual({ title: 'demo', kind: 'bug', tags: [] });
		expect(JSON.parse((await collect(client, { format: 'json' })).text)).toEqual({});
	});

	it('keeps to num_predict', async () => {
		const { client } = await start();
		expect((await collect(client, { options: { num_predict: 7 } })).last).toMatchObject({ done_reason: 'length', eval_count: 7 });
	});

	it('has its pace in the mean, for many streams at once', async () => {
		const { ollama, client } = await start({ parallel: 20, tokensPerSecond: 100 });
		ollama.answer({ tokens: Array.from({ length: 50 }, () => 'word ') });
		await Promise.all(Array.from({ length: 20 }, () => collect(client)));
		for (const { firstTokenAtMs, lastTokenAtMs } of ollama.requests) {
			const tookMs = (lastTokenAtMs ?? 0) - (firstTokenAtMs ?? 0);
			expect(tookMs).toBeGreaterThan(440);
			expect(tookMs).toBeLessThan(700);
		}
	});

	it('sends no header before the first token', async () => {
		const { ollama } = await start({ firstTokenMs: 150 });
		const startedAt = performance.now();
		const response = await post(ollama, {});
		expect(performance.now() - startedAt).toBeGreaterThan(140);
		expect(response.headers.get('content-type')).toBe('application/x-ndjson');
		await response.text();
	});

	it('can leave in TCP segments that cut a character', async () => {
		const { ollama } = await start({ splitWrites: true });
		ollama.answer({ tokens: ['ñ'] });
		const body = JSON.stringify({ model: 'demo', messages: question() });
		const socket = connect(Number(new URL(ollama.url).port), '127.0.0.1');
		socket.end(`POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
		const received: Buffer[] = [];
		for await (const bytes of socket) received.push(bytes as Buffer);
		const whole = Buffer.concat(received).toString('latin1');
		expect(whole).toContain('"\u00c3\r\n');
		expect(whole).not.toContain('\u00c3\u00b1');
	});
});

describe('refusals in Ollama’s words', () => {
	it.each<[Partial<ChatBody>, number, string]>([
		[{ model: 'nothing' }, 404, "model 'nothing' not found"],
		[{ think: true }, 400, '"demo" does not support thinking'],
		[{ think: 'enormous' }, 400, 'invalid think value: "enormous" (must be "high", "medium", "low", "max", true, or false)'],
		[{ model: 'plain', tools: [{}] }, 400, 'registry.ollama.ai/library/plain:latest does not support tools'],
	])('%j', async (body, status, error) => {
		const { ollama } = await start({ models: [{ name: 'demo' }, { name: 'plain', capabilities: ['completion'] }] });
		const response = await post(ollama, body);
		expect([response.status, await response.json()]).toEqual([status, { error }]);
	});
});

describe('a model that thinks', () => {
	const capabilities = ['completion', 'thinking'];
	const models = [
		{ name: 'demo', capabilities },
		{ name: 'gpt-oss:20b', capabilities, family: 'gptoss' },
	];

	it.each([
		['unset', {}, true],
		['true', { think: true }, true],
		['a level', { think: 'low' }, true],
		['false', { think: false }, false],
		['false, which gpt-oss does not know', { think: false, model: 'gpt-oss:20b' }, true],
	])('with think %s', async (_, request, isThinking) => {
		const { client } = await start({ models });
		const { parts } = await collect(client, request);
		expect(parts.some((part) => Boolean(part.message.thinking))).toBe(isThinking);
		expect(parts.findIndex((part) => part.message.content !== '')).toBe(parts.filter((part) => part.message.thinking).length);
	});
});

describe('tool calls', () => {
	it.each(['middle', 'final'] as const)('come whole in the %s line', async (toolCallsIn) => {
		const { ollama, client } = await start();
		ollama.answer({ tokens: ['Looking. '], toolCallsIn, toolCalls: [{ function: { name: 'search', arguments: { text: 'holidays' } } }] });
		const { parts } = await collect(client);
		const withCalls = parts.filter((part) => part.message.tool_calls);
		expect(withCalls.map((part) => part.done)).toEqual([toolCallsIn === 'final']);
	});
});

describe('a prompt that does not fit', () => {
	const long = (count: number) => ({ role: 'user', content: 'word '.repeat(count) });
	const options = { num_ctx: 1000 };

	it('loses its oldest messages without a word', async () => {
		const { client } = await start();
		const { last } = await collect(client, {
			messages: [{ role: 'system', content: 'Be brief.' }, long(600), long(600), long(100)],
			options,
		});
		expect((last as { prompt_eval_count?: number }).prompt_eval_count).toBeLessThan(820);
		expect((last as { prompt_eval_count?: number }).prompt_eval_count).toBeGreaterThan(700);
	});

	it('is cut to half the context when the last message alone is too long', async () => {
		const { client } = await start();
		expect((await collect(client, { messages: [long(2000)], options })).last).toMatchObject({ prompt_eval_count: 502 });
	});

	it('is refused by a model with a Jinja template', async () => {
		const { ollama } = await start({ models: [{ name: 'demo', template: 'jinja' }] });
		const response = await post(ollama, { messages: [long(2000)], options });
		expect(response.status).toBe(400);
		expect(((await response.json()) as { error: string }).error).toContain('exceed_context_size_error');
	});

	it('is refused with shift off', async () => {
		const { ollama } = await start();
		const response = await post(ollama, { messages: [long(2000)], options, shift: false });
		expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
			400,
			expect.stringMatching(/^the prompt is longer/),
		]);
	});
});

describe('loading', () => {
	it('is given up when its client leaves, and starts anew', async () => {
		const { ollama, client } = await start({ loadMs: 300 });
		const controller = new AbortController();
		const leaving = post(ollama, {}, controller.signal).catch(() => 'left');
		await eventually(() => ollama.requests.length === 1);
		controller.abort();
		expect(await leaving).toBe('left');
		await eventually(() => ollama.requests[0]?.hungUpAtMs !== null);
		expect((await client.ps()).models).toEqual([]);
		const startedAt = performance.now();
		await collect(client);
		expect(performance.now() - startedAt).toBeGreaterThan(290);
	});

	it('happens again when an option of the runner changes', async () => {
		const { client } = await start({ loadMs: 30 });
		const loads = [];
		for (const num_ctx of [4096, 4096, 8192])
			loads.push(Number((await collect(client, { options: { num_ctx } })).last?.load_duration) > 25_000_000);
		expect(loads).toEqual([true, false, true]);
		expect((await client.ps()).models).toMatchObject([{ name: 'demo:latest', context_length: 8192 }]);
	});

	it('by a call without messages, and unloading by keep-alive 0', async () => {
		const { client } = await start();
		expect(await client.chat({ model: 'demo', messages: [], keep_alive: -1 })).toMatchObject({ done: true, done_reason: 'load' });
		expect((await client.ps()).models).toHaveLength(1);
		expect(await client.chat({ model: 'demo', messages: [], keep_alive: 0 })).toMatchObject({ done_reason: 'unload' });
		expect((await client.ps()).models).toEqual([]);
	});

	it('ends by itself after the keep-alive', async () => {
		const { client } = await start();
		await collect(client, { keep_alive: '50ms' });
		await eventually(async () => (await client.ps()).models.length === 0);
	});

	it('refuses more than the queue holds, in words with two spaces', async () => {
		const { ollama } = await start({ loadMs: 200, maxQueue: 1 });
		const first = post(ollama, {});
		await eventually(() => ollama.requests.length === 1);
		const response = await eventually(async () => {
			const answer = await post(ollama, {});
			return answer.status === 503 ? answer : undefined;
		});
		expect(await response.json()).toEqual({ error: 'server busy, please try again.  maximum pending requests exceeded' });
		await (await first).text();
	});

	it('evicts an idle model when there is no room', async () => {
		const { client } = await start({ models: [{ name: 'one' }, { name: 'two' }], maxLoadedModels: 1 });
		await collect(client, { model: 'one' });
		await collect(client, { model: 'two' });
		expect((await client.ps()).models.map(({ name }) => name)).toEqual(['two:latest']);
	});
});

describe('a loaded model', () => {
	it('answers as many at once as it has places, in order; a hang-up frees one', async () => {
		const { ollama } = await start({ parallel: 1 });
		ollama.fail({ kind: 'stall-between-tokens' });
		const controller = new AbortController();
		const stalled = await post(ollama, {}, controller.signal);
		const next = post(ollama, {});
		await eventually(() => ollama.requests.length === 2);
		expect(ollama.requests[1]?.firstTokenAtMs).toBeNull();
		controller.abort();
		await stalled.text().catch(() => undefined);
		expect(await (await next).text()).toContain('"done":true');
		expect(ollama.requests[0]).toMatchObject({ hungUpAtMs: expect.any(Number), tokensSent: 3 });
	});
});

describe('closing', () => {
	it('ends open streams abruptly', async () => {
		const { ollama } = await start();
		ollama.fail({ kind: 'stall-between-tokens' });
		const response = await post(ollama, {});
		await ollama.close();
		await expect(response.text()).rejects.toThrow();
	});
});
