/** Operating the models over HTTP: what is installed where, installing more, and taking them out of memory. */

import { describe, expect, it } from 'vitest';
import type { PullProgress } from '#src/models/model-operations.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { ask, createPool, startOllama, until } from './pool-fixture.ts';

const never = new AbortController().signal;

async function collect(progress: AsyncIterable<PullProgress>): Promise<PullProgress[]> {
	const seen: PullProgress[] = [];
	for await (const one of progress) seen.push(one);
	return seen;
}

describe('the list of what is installed', () => {
	it('has every host, with what it has on disk and in memory', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo', size: 8_000_000 }, { name: 'other' }] });
		const { pool } = createPool([ollama, 'http://127.0.0.1:9']);
		await ask(pool).ended;
		const [there, away] = await pool.installed(never);
		const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
		expect(there).toEqual({
			host: ollama.url,
			models: [
				{
					name: 'demo:latest',
					digest,
					sizeBytes: 8_000_000,
					loaded: { gpuShare: 0.5, contextTokens: 8192, bytes: 8_000_000, videoBytes: 4_000_000 },
				},
				{ name: 'other:latest', digest, sizeBytes: 4_000_000, loaded: null },
			],
			reason: null,
		});
		expect(away).toEqual({ host: 'http://127.0.0.1:9', models: null, reason: 'connection-failed' });
	});

	it('is not waited for any longer than its asker wants', async () => {
		const { pool } = createPool([await startOllama()]);
		await expect(pool.installed(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
	});
});

describe('installing a model', () => {
	it('tells how far it is, and the model can be asked at once', async () => {
		const ollama = await startOllama({ models: [] });
		const { pool } = createPool([ollama], { embeddingModel: null });
		pool.start();
		await until(() => pool.status()[0]?.state === 'model-missing');
		const seen = await collect(pool.pull({ host: ollama.url, model: 'demo' }, never));
		expect(seen[0]).toEqual({ step: 'pulling manifest', bytes: null });
		expect(seen.map(({ bytes }) => bytes?.done)).toEqual([undefined, 0, 2_000_000, 4_000_000, undefined, undefined, undefined, undefined]);
		expect(seen.at(-1)?.step).toBe('success');
		expect(pool.status()[0]?.state).toBe('up');
		expect(await ask(pool).ended).toBeNull();
	});

	it.each([
		['that the registry does not have', { model: 'nothing' }, { code: 'MODEL_REJECTED', reason: 'no-such-model' }],
		['of the cloud', { model: 'gpt-oss:cloud' }, { code: 'CONFIG_INVALID' }],
		['on a host that is not ours', { host: 'http://elsewhere:11434' }, { code: 'NOT_FOUND', reason: 'unknown-host' }],
	])('%s is refused', async (_, place, error) => {
		const ollama = await startOllama({ registry: [{ name: 'demo' }] });
		const { pool } = createPool([ollama]);
		await expect(collect(pool.pull({ host: ollama.url, model: 'demo', ...place }, never))).rejects.toMatchObject(error);
	});

	it('says why it broke off', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'mid-stream-error', path: '/api/pull', message: 'write /models/blob: no space left on device' });
		const { pool } = createPool([ollama]);
		const pulled = collect(pool.pull({ host: ollama.url, model: 'new' }, never));
		await expect(pulled).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'disk-full' });
	});

	it('is given up after two minutes of silence', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens', path: '/api/pull', afterTokens: 3 });
		const clock = createManualClock();
		const { pool } = createPool([ollama], { clock });
		const steps: string[] = [];
		const pulled = (async () => {
			for await (const { step } of pool.pull({ host: ollama.url, model: 'new' }, never)) steps.push(step);
		})();
		const ended = expect(pulled).rejects.toMatchObject({ code: 'TIMEOUT', reason: 'pull' });
		await until(() => steps.length === 3);
		await clock.advance(119_999);
		expect(ollama.requests[0]?.hungUpAtMs).toBeNull();
		await clock.advance(1);
		await ended;
	});

	it('stops on the host when nobody reads on', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens', path: '/api/pull' });
		const { pool } = createPool([ollama]);
		for await (const { bytes } of pool.pull({ host: ollama.url, model: 'new' }, never)) if (bytes !== null) break;
		await until(() => ollama.requests.some(({ path, hungUpAtMs }) => path === '/api/pull' && hungUpAtMs !== null));
	});
});

describe('taking a model out of memory', () => {
	it('frees the memory', async () => {
		const ollama = await startOllama({ models: [{ name: 'demo' }] });
		const { pool } = createPool([ollama], { model: 'other', embeddingModel: null });
		const loaded = createPool([ollama], { embeddingModel: null });
		await ask(loaded.pool).ended;
		await pool.unload({ host: ollama.url, model: 'demo' }, never);
		expect((await pool.installed(never))[0]?.models?.[0]?.loaded).toBeNull();
	});

	it('says that the model is not there', async () => {
		const ollama = await startOllama();
		const { pool } = createPool([ollama]);
		await expect(pool.unload({ host: ollama.url, model: 'nothing' }, never)).rejects.toMatchObject({ reason: 'model-missing' });
	});
});
