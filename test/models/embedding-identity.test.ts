/** What vectors are known by: two of different models are never taken for the same. */

import { expect, it } from 'vitest';
import { createPool, startOllama, until } from './pool-fixture.ts';

const never = new AbortController().signal;
const passage = { texts: ['text'], purpose: 'passage', priority: 'background' } as const;
const vectorModel = { name: 'multilingual-e5-small', capabilities: ['embedding'] };

it('is told by a host before there is a vector, and is that of the vectors', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo' }, vectorModel] });
	const { pool } = createPool([ollama], { embeddingModel: 'multilingual-e5-small' });
	expect(pool.embeddingIdentity()).toBeNull();
	pool.start();
	await until(() => pool.embeddingIdentity() !== null);
	const identity = pool.embeddingIdentity();
	expect(identity).toEqual({
		model: 'multilingual-e5-small:latest',
		digest: expect.stringMatching(/^[0-9a-f]{64}$/),
		prefixVersion: 'e5-1',
		dimensions: 384,
	});
	expect((await pool.embed(passage, never)).identity).toEqual(identity);
	expect((await pool.embed({ ...passage, digest: identity?.digest ?? '' }, never)).identity).toEqual(identity);
});

it('is known where the model that answers is missing', async () => {
	const ollama = await startOllama({ models: [vectorModel] });
	const { pool } = createPool([ollama], { embeddingModel: 'multilingual-e5-small' });
	pool.start();
	await until(() => pool.embeddingIdentity() !== null);
	expect(pool.status()[0]?.state).toBe('model-missing');
});

it('is kept while the host is away', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo' }, vectorModel] });
	const { pool } = createPool([ollama], { embeddingModel: 'multilingual-e5-small' });
	const { identity } = await pool.embed(passage, never);
	await ollama.close();
	await expect(pool.embed(passage, never)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
	expect(pool.embeddingIdentity()).toEqual(identity);
});

it('is none without a model', async () => {
	const ollama = await startOllama();
	const { pool } = createPool([ollama], { embeddingModel: null });
	expect(pool.embeddingIdentity()).toBeNull();
	expect(pool.embeddingIdentity('other')).toBeNull();
});

it('is of one model in one call, though hosts have different ones under its name', async () => {
	const [old, recent] = [
		await startOllama({ models: [{ ...vectorModel, modifiedAt: '2025-01-01T00:00:00Z' }] }),
		await startOllama({ models: [{ ...vectorModel, modifiedAt: '2026-01-01T00:00:00Z' }] }),
	];
	const { pool } = createPool([old, recent], { embeddingModel: 'multilingual-e5-small' });
	const first = await pool.embed(passage, never);
	old.fail({ kind: 'html-502', path: '/api/embed' });
	const second = await pool.embed(passage, never);
	expect(second.identity?.digest).not.toBe(first.identity?.digest);
	old.fail({ kind: 'html-502', path: '/api/embed' });
	await expect(pool.embed({ ...passage, digest: first.identity?.digest ?? '' }, never)).rejects.toMatchObject({ reason: 'model-changed' });
	expect((await pool.embed({ ...passage, digest: second.identity?.digest ?? '' }, never)).identity).toEqual(second.identity);
});

it('is never that of a model which was replaced since the host was looked at', async () => {
	const ollama = await startOllama({ models: [vectorModel] });
	const { pool } = createPool([ollama], { embeddingModel: 'multilingual-e5-small' });
	const before = await pool.embed(passage, never);
	ollama.addModel({ ...vectorModel, modifiedAt: '2026-02-01T00:00:00Z' });
	await expect(pool.embed(passage, never)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', reason: 'model-changed', retryable: true });
	const after = await pool.embed(passage, never);
	expect(after.identity).toEqual({ ...before.identity, digest: expect.not.stringMatching(before.identity?.digest ?? '') });
});

it('stands beside what the model can do, which is told of models for vectors too', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo' }, vectorModel] });
	const { pool } = createPool([ollama], { embeddingModel: 'multilingual-e5-small' });
	expect(pool.capabilities('multilingual-e5-small')).toBeNull();
	await pool.embed(passage, never);
	expect(pool.capabilities('multilingual-e5-small:latest')).toEqual({ tools: false, vision: false, thinking: false, embedding: true });
	expect(() => pool.capabilities('nobody-has-it')).toThrow(expect.objectContaining({ code: 'MODEL_REJECTED', reason: 'unknown-model' }));
});
