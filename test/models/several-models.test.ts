/** Several models over HTTP: each with its own options, hosts, slots and records, and who is told what of them. */

import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import type { ChatBody } from '#test/emulators/ollama/types.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';
import { answersOf, ask, bodiesOf, createPool, startOllama, until } from './pool-fixture.ts';

const both = [{ name: 'demo' }, { name: 'large' }];
const large = { name: 'Large', contextTokens: 16_384, maxOutputTokens: 64, temperature: 0.2, slots: 1 };

describe('a model beside the default one', () => {
	it('is asked by any of its names, with options of its own', async () => {
		const ollama = await startOllama({ models: both });
		const { pool } = createPool([ollama], { others: [large] });
		expect(pool.models).toEqual([
			{ name: 'demo', contextTokens: 8192, answerTokens: 4096 },
			{ name: 'Large', contextTokens: 16_384, answerTokens: 64 },
		]);
		const asked = ask(pool, { model: 'library/large:latest', maxOutputTokens: 500 });
		expect(await asked.ended).toBeNull();
		expect(asked.events[0]).toEqual({ type: 'started', host: ollama.url, model: 'Large' });
		await ask(pool).ended;
		expect(bodiesOf(ollama)).toMatchObject([
			{ model: 'Large', options: { num_ctx: 16_384, num_predict: 64, temperature: 0.2 } },
			{ model: 'demo', keep_alive: -1, options: { num_ctx: 8192, num_predict: 4096 } },
		]);
		expect(bodiesOf(ollama)[0]).not.toHaveProperty('keep_alive');
		expect(bodiesOf(ollama)[1]?.options).not.toHaveProperty('temperature');
	});

	it('that nobody configured is refused', async () => {
		const ollama = await startOllama({ models: both });
		const { pool } = createPool([ollama]);
		expect(await ask(pool, { model: 'large' }).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'unknown-model', retryable: false });
		expect(ollama.requests).toEqual([]);
		expect(() => pool.estimateTokens('text', 'large')).toThrow(expect.objectContaining({ reason: 'unknown-model' }));
	});

	it('twice is refused by any of its names', () => {
		expect(() => createPool(['http://127.0.0.1:9'], { others: [{ name: 'Demo:latest' }] })).toThrow(
			expect.objectContaining({ code: 'CONFIG_INVALID' }),
		);
	});

	it('is not brought into memory before somebody asks it', async () => {
		const ollama = await startOllama({ models: both });
		const { pool } = createPool([ollama], { others: [large], embeddingModel: null });
		pool.start();
		await until(() => pool.status()[0]?.modelLoaded === true);
		expect(pool.status().map(({ model, modelLoaded }) => `${model} ${modelLoaded}`)).toEqual(['demo true', 'Large false']);
		const chats = ollama.requests.filter(({ path }) => path === '/api/chat');
		expect(chats.map(({ body }) => (body as ChatBody).model)).toEqual(['demo']);
	});

	it('becomes the default one: asked where none is named, kept in memory, first in the list; and gives way again', async () => {
		const ollama = await startOllama({ models: both });
		const { pool } = createPool([ollama], { others: [large], embeddingModel: null });
		pool.useModel('LARGE:latest');
		expect([pool.model, ...pool.models.map(({ name }) => name)]).toEqual(['Large', 'Large', 'demo']);
		pool.start();
		await until(() => pool.status().some(({ model, modelLoaded }) => model === 'Large' && modelLoaded));
		await ask(pool).ended;
		expect(bodiesOf(ollama).every(({ model, keep_alive }) => model === 'Large' && keep_alive === -1)).toBe(true);
		for (const name of ['unheard-of', null]) {
			pool.useModel(name);
			expect(pool.model).toBe('demo');
		}
		await ask(pool).ended;
		expect(bodiesOf(ollama).at(-1)?.model).toBe('demo');
	});

	it('counts tokens and can do things for itself alone', async () => {
		const models = [{ name: 'demo' }, { name: 'large', capabilities: ['completion', 'vision'] }];
		const ollama = await startOllama({ models });
		const { pool } = createPool([ollama], { others: [large], embeddingModel: null });
		pool.start();
		await until(() => pool.capabilities() !== null);
		expect(pool.capabilities()).toMatchObject({ tools: true, vision: false });
		expect(pool.capabilities('large')).toMatchObject({ tools: false, vision: true });
		const content = 'Los plazos vencen mañana, dicen todos. '.repeat(40);
		const before = pool.estimateTokens(content);
		for (let count = 0; count < 12; count++) await ask(pool, { model: 'large', messages: [{ role: 'user', content }] }).ended;
		expect(pool.estimateTokens(content)).toBe(before);
		expect(pool.estimateTokens(content, 'large')).toBeLessThan(before);
	});
});

describe('hosts with different models', () => {
	it('get what they have', async () => {
		const small = await startOllama({ models: [{ name: 'demo' }] });
		const big = await startOllama({ models: [{ name: 'large' }] });
		const { pool } = createPool([small, big], { others: [large], embeddingModel: null });
		pool.start();
		await until(() => pool.status().every(({ state }) => state === 'up'));
		for (const model of ['demo', 'large', 'demo', 'large']) expect(await ask(pool, { model }).ended).toBeNull();
		expect(bodiesOf(small).map(({ model }) => model)).toEqual(['demo', 'demo']);
		expect(bodiesOf(big).map(({ model }) => model)).toEqual(['Large', 'Large']);
		expect(pool.status().map(({ host, model }) => [host, model])).toEqual([
			[small.url, 'demo'],
			[big.url, 'Large'],
		]);
	});

	it('are found out by asking, each model for itself', async () => {
		const small = await startOllama({ models: [{ name: 'demo' }] });
		const big = await startOllama({ models: both });
		const { pool } = createPool([small, big], { others: [large] });
		expect(await ask(pool, { model: 'large' }).ended).toBeNull();
		expect(answersOf(big)).toHaveLength(1);
		expect(await ask(pool).ended).toBeNull();
		big.removeModel('large');
		expect(await ask(pool, { model: 'large' }).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'model-missing' });
		expect(pool.status().filter(({ state }) => state === 'model-missing')).toMatchObject([{ model: 'Large' }, { model: 'Large' }]);
		expect(await ask(pool).ended).toBeNull();
	});

	it('that fail with one model are not spared for the other', async () => {
		const ollama = await startOllama({ models: both });
		const other = await startOllama({ models: both });
		const { pool } = createPool([ollama, other], { others: [large] });
		ollama.fail({ kind: 'load-failure', times: 3 });
		for (const conversationId of ['one', 'two', 'three', 'four']) {
			expect(await ask(pool, { model: 'large', conversationId }).ended).toBeNull();
		}
		expect(await ask(pool).ended).toBeNull();
		expect(bodiesOf(ollama).map(({ model }) => model)).toEqual(['Large', 'Large', 'Large', 'demo']);
	});

	it('are away with all of their models', async () => {
		const ollama = await startOllama({ models: both });
		const { pool } = createPool([ollama], { others: [large] });
		await ollama.close();
		await ask(pool, { model: 'large' }).ended;
		expect(pool.status().map(({ state }) => state)).toEqual(['down', 'down']);
	});
});

describe('the queue', () => {
	it.each(['memory', 'Redis'])('has slots for each model, in %s', async (where) => {
		const ollama = await startOllama({ models: both, parallel: 2 });
		const url = where === 'Redis' ? inject('redisUrl') : null;
		const queue = openTicketQueue({ url, name: `models-${randomUUID()}`, processId: randomUUID(), logger: createRecordingLogger() });
		const { pool } = createPool([ollama], { slots: 1, others: [large], queue });
		if (url !== null) await until(() => queue.mode() === 'shared');
		ollama.fail({ kind: 'stall-between-tokens', times: 2 });
		const running = [ask(pool), ask(pool, { model: 'large' })];
		await until(() => running.every((asked) => asked.text() !== ''));
		const waiting = ask(pool, { model: 'large', userId: 'ben' });
		await until(() => waiting.positions().length > 0);
		expect(waiting.positions()).toEqual([1]);
		expect((await pool.queue()).hosts).toEqual([
			{ host: ollama.url, model: 'demo:latest', running: 1, slots: 1 },
			{ host: ollama.url, model: 'large:latest', running: 1, slots: 1 },
		]);
		running[0]?.abort();
		expect(await ask(pool).ended).toBeNull();
		expect(waiting.text()).toBe('');
		running[1]?.abort();
		expect(await waiting.ended).toBeNull();
	});
});
