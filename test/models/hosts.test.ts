/** Several hosts: choice, fail-over, health, warm-up, credentials. */

import { describe, expect, it } from 'vitest';
import { answersOf, ask, createPool, startOllama, until } from './pool-fixture.ts';

describe('fail-over', () => {
	it('goes to another host before the first text', async () => {
		const [broken, healthy] = [await startOllama(), await startOllama()];
		broken.fail({ kind: 'load-failure' });
		const failedOver: string[] = [];
		const { pool } = createPool([broken, healthy], {
			observe: { failedOver: ({ host, model }, reason) => failedOver.push(`${model} ${host} ${reason}`) },
		});
		const asked = ask(pool);
		expect(await asked.ended).toBeNull();
		const hosts = asked.events.flatMap((event) => (event.type === 'started' ? [event.host] : []));
		expect(hosts).toEqual([broken.url, healthy.url]);
		expect(failedOver).toEqual([`demo ${broken.url} load-failed`]);
	});

	it('does not happen once text was shown', async () => {
		const [broken, healthy] = [await startOllama(), await startOllama()];
		broken.fail({ kind: 'reset' });
		const asked = ask(createPool([broken, healthy]).pool);
		expect(await asked.ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'connection-lost' });
		expect(asked.text()).not.toBe('');
		expect(answersOf(healthy)).toEqual([]);
	});

	it('finds the host that has the model', async () => {
		const [without, owner] = [await startOllama({ models: [] }), await startOllama()];
		expect(await ask(createPool([without, owner]).pool).ended).toBeNull();
		expect(answersOf(owner)).toHaveLength(1);
	});

	it('ends with the host’s own error when none is left', async () => {
		const [one, other] = [await startOllama(), await startOllama()];
		one.fail({ kind: 'busy-503' });
		other.fail({ kind: 'html-502' });
		expect(await ask(createPool([one, other]).pool).ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'http-502' });
	});

	it('asks a host all the same that does not tell which models it has', async () => {
		const hiding = await startOllama();
		hiding.fail({ kind: 'status', status: 403, path: '/api/tags', times: 1_000 });
		const { pool } = createPool([hiding]);
		pool.start();
		await until(() => pool.status().every((host) => host.state !== 'unknown'));
		expect(pool.status()).toMatchObject([{ state: 'up', reason: null }]);
		expect(await ask(pool).ended).toBeNull();
	});

	it('leaves a host that went away alone until it is back', async () => {
		const gone = await startOllama();
		const there = await startOllama();
		const { pool } = createPool([gone, there]);
		await gone.close();
		expect(await ask(pool).ended).toBeNull();
		expect(pool.status().map(({ state }) => state)).toEqual(['down', 'unknown']);
		await ask(pool).ended;
		expect(answersOf(there)).toHaveLength(2);
	});
});

describe('the choice of host', () => {
	it('keeps a conversation where it was and spreads the others', async () => {
		const [one, other] = [await startOllama({ parallel: 4 }), await startOllama({ parallel: 4 })];
		for (const ollama of [one, other]) ollama.fail({ kind: 'stall-between-tokens' });
		const { pool } = createPool([one, other]);
		pool.start();
		await until(() => pool.status().every((host) => host.modelLoaded));
		const first = ask(pool, { conversationId: 'first' });
		await until(() => first.text() !== '');
		const second = ask(pool, { conversationId: 'second' });
		await until(() => second.text() !== '');
		expect([answersOf(one).length, answersOf(other).length]).toEqual([1, 1]);
		await ask(pool, { conversationId: 'second' }).ended;
		await ask(pool, { conversationId: 'second' }).ended;
		expect([answersOf(one).length, answersOf(other).length]).toEqual([1, 3]);
		first.abort();
		second.abort();
	});

	it('prefers a host that has the model in memory', async () => {
		const [cold, warm] = [await startOllama({ loadMs: 10_000 }), await startOllama()];
		const { pool } = createPool([cold, warm]);
		pool.start();
		await until(() => pool.status()[1]?.modelLoaded === true);
		expect(await ask(pool).ended).toBeNull();
		expect(answersOf(cold)).toEqual([]);
	});
});

describe('the watch over a host', () => {
	it('brings the model into memory by itself, with the options of every call', async () => {
		const ollama = await startOllama({ loadMs: 100 });
		const { pool } = createPool([ollama]);
		pool.start();
		await until(() => pool.status()[0]?.modelLoaded === true);
		const loads = ollama.requests.filter(({ path }) => path === '/api/chat');
		expect(loads.map(({ body }) => body)).toEqual([
			{ model: 'demo', messages: [], options: { num_ctx: 8192 }, keep_alive: -1, stream: false },
		]);
		await ask(pool).ended;
		expect(pool.status()).toEqual([
			{ host: ollama.url, model: 'demo', state: 'up', reason: null, activeRequests: 0, slots: 4, modelLoaded: true },
		]);
	});

	it.each(['DEMO', 'library/demo', 'registry.ollama.ai/library/Demo:latest'])('knows the model by the name %s', async (model) => {
		const ollama = await startOllama();
		const { pool, logs } = createPool([ollama], { model, embeddingModel: 'Demo-Embed:LATEST' });
		pool.start();
		await until(() => pool.status()[0]?.modelLoaded === true);
		expect(pool.status()[0]).toMatchObject({ state: 'up', reason: null });
		expect(await ask(pool).ended).toBeNull();
		expect(logs.filter(({ level }) => level !== 'info')).toEqual([]);
	});

	it('goes on loading when the request that came first is given up', async () => {
		const ollama = await startOllama({ loadMs: 300 });
		const { pool } = createPool([ollama]);
		const asked = ask(pool);
		await until(() => answersOf(ollama).length === 1);
		asked.abort();
		await asked.ended;
		await until(() => ollama.requests.some(({ body, endedAtMs }) => body !== null && endedAtMs !== null));
		expect(pool.status()[0]).toMatchObject({ state: 'unknown', activeRequests: 0 });
	});

	it('says which model to pull, and answers as soon as it is there', async () => {
		const ollama = await startOllama({ models: [] });
		const { pool } = createPool([ollama]);
		pool.start();
		await until(() => pool.status()[0]?.state === 'model-missing');
		expect(pool.status()[0]?.reason).toContain('ollama pull demo');
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'model-missing' });
	});

	it('says that the model writes no answers, though the list of models takes it for one that does', async () => {
		const models = [{ name: 'demo', capabilities: ['embedding'], isImported: true }];
		const ollama = await startOllama({ models });
		const { pool, logs } = createPool([ollama], { embeddingModel: null });
		pool.start();
		await until(() => pool.status()[0]?.state === 'model-unfit');
		expect(pool.status()[0]?.reason).toBe('demo cannot write answers: set OLLAMA_MODEL to a model that can');
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'cannot-chat' });
		expect(answersOf(ollama)).toEqual([]);
		expect(logs).toContainEqual(expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ state: 'model-unfit' }) }));
	});

	it('hears of that from the first question at the latest', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['embedding'] }] });
		const { pool } = createPool([ollama]);
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'cannot-chat' });
		expect(pool.status()[0]?.state).toBe('model-unfit');
	});

	it('says that the model for vectors makes none, and asks about each model once', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo' }, { name: 'other' }] });
		const { pool } = createPool([ollama], { embeddingModel: 'other' });
		pool.start();
		await until(() => pool.status()[0]?.modelLoaded === true);
		expect(pool.status()[0]).toMatchObject({
			state: 'up',
			reason: 'other makes no vectors: set OLLAMA_EMBEDDING_MODEL to a model that does',
		});
		await ask(pool).ended;
		ollama.removeModel('demo');
		await ask(pool).ended;
		ollama.addModel({ name: 'demo' });
		await until(() => pool.status()[0]?.state === 'up');
		expect(ollama.requests.filter(({ path }) => path === '/api/show')).toHaveLength(2);
	});

	it('asks again at once when a person comes while every host is down', async () => {
		const { pool } = createPool(['http://127.0.0.1:9']);
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'connection-failed' });
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'no-host', retryable: true });
		expect(pool.status()[0]).toMatchObject({ state: 'down', reason: expect.stringContaining('connection-failed') });
	});

	it('sees a host come back', async () => {
		const first = await startOllama();
		const port = Number(new URL(first.url).port);
		const { pool } = createPool([first]);
		pool.start();
		await until(() => pool.status()[0]?.state === 'up');
		await first.close();
		await ask(pool).ended;
		expect(pool.status()[0]?.state).toBe('down');
		const second = await startOllama({ port });
		await until(() => pool.status()[0]?.state === 'up');
		expect(await ask(pool).ended).toBeNull();
		expect(answersOf(second)).toHaveLength(1);
	});

	it('sends credentials and never tells them', async () => {
		const ollama = await startOllama({ bearer: 't0p-secret' });
		const { pool, logs } = createPool([ollama.url.replace('//', '//:t0p-secret@')]);
		pool.start();
		await until(() => pool.status()[0]?.modelLoaded === true);
		expect(await ask(pool).ended).toBeNull();
		const wrong = createPool([ollama.url.replace('//', '//:wr0ng@')]);
		const error = await ask(wrong.pool).ended;
		expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'http-401' });
		expect(JSON.stringify([logs, wrong.logs, pool.status(), error, error?.message])).not.toMatch(/t0p-secret|wr0ng/);
	});
});

describe('a pool', () => {
	it.each([
		['without hosts', { hosts: [] }],
		['with a cloud model', { model: 'gpt-oss:120b-cloud' }],
		['with a cloud model for embeddings', { embeddingModel: 'embed:cloud' }],
	])('%s is refused', (_, overrides) => {
		expect(() => createPool(['http://127.0.0.1:9'], overrides)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
	});

	it('that stops ends who waits and who streams', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens' });
		const { pool } = createPool([ollama], { slots: 1 });
		const running = ask(pool);
		await until(() => running.text() !== '');
		const waiting = ask(pool);
		await pool.stop();
		expect(await running.ended).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
		expect(await waiting.ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'stopped' });
		expect(await ask(pool).ended).toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'stopped' });
	});
});
