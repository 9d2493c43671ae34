/** Vectors over HTTP: their texts, their hosts, and the time that people wait for them. */

import { describe, expect, it } from 'vitest';
import type { EmbedRequest } from '#src/models/model-pool.ts';
import type { OllamaEmulator } from '#test/emulators/ollama/index.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { ask, createPool, startOllama, until } from './pool-fixture.ts';

const never = new AbortController().signal;

function queries(...texts: string[]): EmbedRequest {
	return { texts, purpose: 'query', priority: 'interactive' };
}

function passages(...texts: string[]): EmbedRequest {
	return { texts, purpose: 'passage', priority: 'background' };
}

interface EmbedBody {
	model: string;
	input: string[];
}

function embedsOf({ requests }: OllamaEmulator): EmbedBody[] {
	return requests.filter(({ path }) => path === '/api/embed').map(({ body }) => body as EmbedBody);
}

const vectorModel = { name: 'demo-embed', capabilities: ['embedding'] };

describe('vectors', () => {
	it('come in order, one per text, in requests that are never truncated', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		const texts = Array.from({ length: 70 }, (_, index) => `text number ${index}`);
		const { vectors } = await pool.embed(queries(...texts), never);
		expect(vectors).toHaveLength(70);
		expect(vectors[69]).toEqual((await pool.embed(queries('text number 69'), never)).vectors[0]);
		expect(embedsOf(ollama).map(({ input }) => input.length)).toEqual([32, 32, 6, 1]);
		expect(embedsOf(ollama)[0]).toMatchObject({ truncate: false, keep_alive: -1, options: { num_ctx: 8192 } });
	});

	it('are made with the model in use, which stays in memory whatever the settings say', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo' }, vectorModel, { name: 'other', capabilities: ['embedding'] }] });
		const { pool } = createPool([ollama]);
		pool.useEmbeddingModel('other');
		expect((await pool.embed(queries('one'), never)).identity).toMatchObject({ model: 'other:latest' });
		expect(embedsOf(ollama)).toMatchObject([{ model: 'other', keep_alive: -1 }]);
		expect(pool.embeddingIdentity()).toMatchObject({ model: 'other:latest' });
		await pool.embed({ ...queries('one'), model: 'demo-embed' }, never);
		expect(embedsOf(ollama).at(-1)).not.toHaveProperty('keep_alive');
	});

	it('are the same for whoever waits and for whoever does not', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		const texts = Array.from({ length: 40 }, (_, index) => `text number ${index}`);
		expect((await pool.embed(passages(...texts), never)).vectors).toEqual((await pool.embed(queries(...texts), never)).vectors);
	});

	it('of nothing ask nobody', async () => {
		const ollama = await startOllama();
		expect(await createPool([ollama]).pool.embed(passages(), never)).toEqual({ vectors: [], identity: null });
		expect(embedsOf(ollama)).toEqual([]);
	});

	it('are made of the text with the words before it that the model wants', async () => {
		const ollama = await startOllama({ models: [{ name: 'nomic-embed-text', capabilities: ['embedding'] }] });
		const { pool } = createPool([ollama], { embeddingModel: 'nomic-embed-text' });
		const [asked, found] = [await pool.embed(queries('one'), never), await pool.embed(passages('one', 'two'), never)];
		expect(embedsOf(ollama).map(({ input }) => input)).toEqual([['search_query: one'], ['search_document: one', 'search_document: two']]);
		expect(asked.identity).toEqual(found.identity);
	});

	it.each([[''], [' \n\t'], ['a list with one', '']])('are not asked for where a text has no words: %j', async (...texts) => {
		const ollama = await startOllama();
		const { vectors } = await createPool([ollama]).pool.embed(passages(...texts), never);
		expect(vectors).toEqual(texts.map((text) => (text.trim() === '' ? 'empty-text' : expect.any(Array))));
		expect(embedsOf(ollama).flatMap(({ input }) => input)).toEqual(texts.filter((text) => text.trim() !== ''));
	});

	it('of a text that is too long are the mean of its parts, and the others have theirs', async () => {
		const ollama = await startOllama({ models: [{ ...vectorModel, contextLength: 512 }] });
		const { pool } = createPool([ollama]);
		const { vectors } = await pool.embed(passages('fine', 'holidays '.repeat(400), 'well'), never);
		const [[fine], [well]] = [(await pool.embed(queries('fine'), never)).vectors, (await pool.embed(queries('well'), never)).vectors];
		expect([vectors[0], vectors[2]]).toEqual([fine, well]);
		expect(Math.hypot(...(vectors[1] as number[]))).toBeCloseTo(1, 6);
	});

	it('tell which text the model could not cope with, and keep the others', async () => {
		const ollama = await startOllama({ models: [{ ...vectorModel, unableOf: 'Bitcoin' }] });
		const { vectors } = await createPool([ollama]).pool.embed(passages('one', 'Bitcoin', 'three', 'four'), never);
		expect(vectors.map((vector) => typeof vector === 'string' && vector)).toEqual([false, 'bad-vector', false, false]);
	});

	it('can be of any model that the hosts have', async () => {
		const ollama = await startOllama({
			models: [vectorModel, { name: 'qwen3-embedding:0.6b', capabilities: ['embedding'], embeddingLength: 1024 }],
		});
		const { pool } = createPool([ollama]);
		const { identity } = await pool.embed({ ...queries('one'), model: 'Qwen3-Embedding:0.6b' }, never);
		expect(identity).toMatchObject({ model: 'qwen3-embedding:0.6b', prefixVersion: 'qwen3-1', dimensions: 1024 });
		expect(embedsOf(ollama)[0]).not.toHaveProperty('keep_alive');
	});

	it.each([
		['no model', { embeddingModel: null }, queries('text'), { code: 'MODEL_REJECTED', reason: 'no-embedding-model' }],
		[
			'a model that makes none',
			{ embeddingModel: 'demo' },
			queries('text'),
			{ code: 'MODEL_REJECTED', reason: 'cannot-embed', retryable: false },
		],
		['a model that no host has', {}, { ...queries('text'), model: 'other' }, { code: 'MODEL_REJECTED', reason: 'model-missing' }],
		['a model of the cloud', {}, { ...queries('text'), model: 'big:cloud' }, { code: 'CONFIG_INVALID', reason: 'cloud-model' }],
		['another model under that name', {}, { ...queries('text'), digest: 'other' }, { code: 'MODEL_REJECTED', reason: 'model-changed' }],
	])('are not made by %s', async (_, overrides, request, error) => {
		const ollama = await startOllama();
		await expect(createPool([ollama], overrides).pool.embed(request, never)).rejects.toMatchObject(error);
		expect(embedsOf(ollama)).toEqual([]);
	});
});

describe('the host of vectors', () => {
	it('is another one when one fails', async () => {
		const [broken, healthy] = [await startOllama(), await startOllama()];
		broken.fail({ kind: 'html-502', path: '/api/embed' });
		expect((await createPool([broken, healthy]).pool.embed(passages('text'), never)).vectors).toEqual([expect.any(Array)]);
		expect(embedsOf(healthy)).toHaveLength(1);
	});

	it('is one that has the model', async () => {
		const [without, having] = [await startOllama({ models: [{ name: 'demo' }] }), await startOllama()];
		await createPool([without, having]).pool.embed(passages('text'), never);
		expect([embedsOf(without), embedsOf(having)]).toEqual([[], [expect.anything()]]);
	});

	it('may be away while none of the others has the model', async () => {
		const without = await startOllama({ models: [] });
		const embedding = createPool(['http://127.0.0.1:9', without]).pool.embed(passages('text'), never);
		await expect(embedding).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true });
	});

	it('may let nobody see its list of models', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		ollama.fail({ kind: 'status', status: 404, path: '/api/tags', times: 2 });
		expect((await pool.embed(passages('text'), never)).identity).toMatchObject({ digest: 'unlisted', dimensions: 384 });
	});
});

describe('the time for vectors', () => {
	it('is short when a person waits, and the load that they could not wait for is brought to its end', async () => {
		const ollama = await startOllama();
		const clock = createManualClock();
		const { pool } = createPool([ollama], { clock });
		ollama.fail({ kind: 'stall-before-headers', path: '/api/embed' });
		const embedding = pool.embed(queries('text'), never);
		const late = expect(embedding).rejects.toMatchObject({ code: 'TIMEOUT', reason: 'embedding', retryable: true });
		await until(() => embedsOf(ollama).length === 1);
		await clock.advance(3_000);
		await late;
		await until(() => ollama.requests.filter(({ path }) => path === '/api/embed').at(1)?.endedAtMs != null);
	});

	it('is the total limit for a request when nobody waits', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-before-headers', path: '/api/embed' });
		const { pool } = createPool([ollama], { deadlines: { queueMs: 1000, firstTokenMs: 1000, silenceMs: 1000, totalMs: 80 } });
		await expect(pool.embed(passages('text'), never)).rejects.toMatchObject({ code: 'TIMEOUT', reason: 'embedding' });
	});

	it('ends with the signal', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-before-headers', path: '/api/embed', times: 2 });
		const { pool } = createPool([ollama]);
		const controller = new AbortController();
		const both = [pool.embed(passages('text'), controller.signal), pool.embed(queries('text'), controller.signal)];
		const cancelled = both.map((embedding) => expect(embedding).rejects.toMatchObject({ code: 'CANCELLED' }));
		await until(() => embedsOf(ollama).length === 2);
		controller.abort();
		await Promise.all(cancelled);
		await expect(pool.embed(passages('text'), controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
	});

	it('is not spent behind passages, which go one request at a time', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		ollama.fail({ kind: 'stall-before-headers', path: '/api/embed' });
		const leaving = new AbortController();
		const stalled = pool.embed(passages('stalled'), leaving.signal).catch((error: unknown) => error);
		const next = pool.embed(passages('next'), never);
		await until(() => embedsOf(ollama).length === 1);
		expect((await pool.embed(queries('question'), never)).vectors).toEqual([expect.any(Array)]);
		expect(embedsOf(ollama).map(({ input }) => input)).toEqual([['stalled'], ['question']]);
		leaving.abort();
		await stalled;
		expect((await next).vectors).toEqual([expect.any(Array)]);
	});

	it('comes for passages after people who wait for an answer on that host', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens', times: 1 });
		const { pool } = createPool([ollama], { slots: 1 });
		const answered = ask(pool);
		await until(() => answered.text() !== '');
		const waiting = ask(pool, { userId: 'ben', conversationId: 'conversation-2' });
		await until(() => waiting.positions().length > 0);
		const embedding = pool.embed(passages('text'), never);
		expect((await pool.embed(queries('question'), never)).vectors).toEqual([expect.any(Array)]);
		expect(embedsOf(ollama)).toHaveLength(1);
		const freedAtMs = Date.now();
		answered.abort();
		expect(await waiting.ended).toBeNull();
		await embedding;
		expect(ollama.requests.filter(({ path }) => path === '/api/embed').at(-1)?.atMs).toBeGreaterThanOrEqual(freedAtMs);
	});
});
