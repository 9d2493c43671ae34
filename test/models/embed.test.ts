/** Embeddings over HTTP. */

import { describe, expect, it } from 'vitest';
import { checkVectors } from '#src/models/embed.ts';
import { createPool, startOllama, until } from './pool-fixture.ts';

const never = new AbortController().signal;

describe('embeddings', () => {
	it('come in order, one per text, in batches that are never truncated', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		const texts = Array.from({ length: 70 }, (_, index) => `text number ${index}`);
		const vectors = await pool.embed(texts, never);
		expect(vectors).toHaveLength(70);
		expect(vectors[69]).toEqual((await pool.embed(['text number 69'], never))[0]);
		const bodies = ollama.requests.map(({ body }) => body as { input: string[]; truncate: boolean; options: object });
		expect(bodies.map(({ input }) => input.length)).toEqual([32, 32, 6, 1]);
		expect(bodies[0]).toMatchObject({ truncate: false, keep_alive: -1, options: { num_ctx: 8192 } });
	});

	it('of nothing ask nobody', async () => {
		const ollama = await startOllama();
		expect(await createPool([ollama]).pool.embed([], never)).toEqual([]);
		expect(ollama.requests).toEqual([]);
	});

	it.each([[''], [' \n\t'], ['a list with one', '']])(
		'of a text without words are refused before anybody is asked: %j',
		async (...texts) => {
			const ollama = await startOllama();
			await expect(createPool([ollama]).pool.embed(texts, never)).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'empty-text' });
			expect(ollama.requests).toEqual([]);
		},
	);

	it('are always asked for in a list', async () => {
		const ollama = await startOllama();
		expect(await createPool([ollama]).pool.embed(['one'], never)).toHaveLength(1);
		expect(ollama.requests[0]?.body).toMatchObject({ input: ['one'] });
	});

	it('of a model that makes none say so', async () => {
		const ollama = await startOllama();
		const embedding = createPool([ollama], { embeddingModel: 'demo' }).pool.embed(['text'], never);
		await expect(embedding).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'cannot-embed', retryable: false });
	});

	it('of a text that is too long are refused', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo-embed', capabilities: ['embedding'], contextLength: 512 }] });
		const embedding = createPool([ollama]).pool.embed(['fine', 'word '.repeat(1000)], never);
		await expect(embedding).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'too-long', retryable: false });
	});

	it('go to another host when one fails', async () => {
		const [broken, healthy] = [await startOllama(), await startOllama()];
		broken.fail({ kind: 'html-502', path: '/api/embed' });
		expect(await createPool([broken, healthy]).pool.embed(['text'], never)).toHaveLength(1);
		expect(healthy.requests).toHaveLength(1);
	});

	it('have a time limit, and end with the signal', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-before-headers', path: '/api/embed', times: 2 });
		const { pool } = createPool([ollama], { deadlines: { queueMs: 1000, firstTokenMs: 1000, silenceMs: 1000, totalMs: 80 } });
		await expect(pool.embed(['text'], never)).rejects.toMatchObject({ code: 'TIMEOUT', reason: 'embedding' });
		const controller = new AbortController();
		const embedding = createPool([ollama]).pool.embed(['text'], controller.signal);
		const cancelled = expect(embedding).rejects.toMatchObject({ code: 'CANCELLED' });
		await until(() => ollama.requests.length === 2);
		controller.abort();
		await cancelled;
	});

	it('need a model', async () => {
		const ollama = await startOllama();
		const embedding = createPool([ollama], { embeddingModel: null }).pool.embed(['text'], never);
		await expect(embedding).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'no-embedding-model' });
	});
});

describe('checkVectors', () => {
	it.each([
		['fewer than asked', [[1, 0]], 2],
		['none at all', [], 1],
		['that are no list', undefined, 1],
		['that are no vectors', [null, 'x'], 2],
		['of different lengths', [[1, 0], [1]], 2],
		['that are empty', [[]], 1],
		['with a hole', [[Number.NaN, 1]], 1],
		['with infinity', [[Number.POSITIVE_INFINITY, 0]], 1],
		['of zero length', [[0, 0]], 1],
		['that are not normalised', [[3, 4]], 1],
	])('refuses vectors %s', (_, vectors, count) => {
		expect(() => checkVectors(vectors, count, 'host')).toThrow(expect.objectContaining({ code: 'MODEL_REJECTED', reason: 'bad-vector' }));
	});

	it('accepts the rounding of 32-bit numbers', () => {
		expect(checkVectors([[0.6000001, 0.8]], 1, 'host')).toEqual([[0.6000001, 0.8]]);
	});
});
