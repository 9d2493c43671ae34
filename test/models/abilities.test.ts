/** What a model can do over HTTP: read from the host, offered to whoever asks, and learned from refusals where the host is wrong. */

import { expect, it } from 'vitest';
import { createAbilities } from '#src/models/abilities.ts';
import type { ToolDefinition } from '#src/models/model-pool.ts';
import type { OllamaEmulator } from '#test/emulators/ollama/index.ts';
import { answersOf, ask, bodiesOf, createPool, startOllama, until } from './pool-fixture.ts';

const tools: ToolDefinition[] = [{ name: 'current_time', description: 'The time.', parameters: { type: 'object', properties: {} } }];
const toolsSent = (ollama: OllamaEmulator) => bodiesOf(ollama).map(({ tools: sent }) => sent !== undefined);

it('is known once a host has said so', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'vision', 'thinking'] }] });
	const { pool } = createPool([ollama, 'http://127.0.0.1:9']);
	expect(pool.capabilities()).toBeNull();
	pool.start();
	await until(() => pool.capabilities() !== null);
	expect(pool.capabilities()).toEqual({ tools: false, vision: true, thinking: true, embedding: false });
});

it('is what any of the hosts can do with it', async () => {
	const plain = await startOllama({ models: [{ name: 'demo', capabilities: ['completion'] }] });
	const able = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'tools'] }] });
	const { pool } = createPool([plain, able]);
	pool.start();
	await until(() => pool.status().every(({ state }) => state === 'up'));
	expect(pool.capabilities()).toMatchObject({ tools: true, vision: false });
});

it('keeps tools from a model that calls none', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion'] }] });
	const { pool, logs } = createPool([ollama], { embeddingModel: null });
	pool.start();
	await until(() => pool.capabilities() !== null);
	expect(await ask(pool, { tools }).ended).toBeNull();
	expect(toolsSent(ollama)).toEqual([false]);
	expect(logs.filter(({ level }) => level === 'warn')).toEqual([]);
});

it('is learned from a refusal, and said once', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'tools'] }] });
	const { pool, logs } = createPool([ollama], { embeddingModel: null });
	pool.start();
	await until(() => pool.capabilities() !== null);
	ollama.fail({ kind: 'status', status: 400, message: 'registry.ollama.ai/library/demo:latest does not support tools', times: 2 });
	const both = [ask(pool, { tools }), ask(pool, { tools, userId: 'ben' })];
	expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([null, null]);
	expect(await ask(pool, { tools }).ended).toBeNull();
	expect(toolsSent(ollama)).toEqual([true, true, false, false, false]);
	expect(pool.capabilities()).toMatchObject({ tools: false });
	expect(logs.filter(({ level }) => level === 'warn')).toEqual([
		expect.objectContaining({ fields: { host: ollama.url, model: 'demo', refused: 'tools' } }),
	]);
});

it('is learned of one model, not of its name', () => {
	const abilities = createAbilities();
	const stated = { digest: 'one', names: ['completion', 'tools'], family: null };
	abilities.adopt(stated);
	expect([abilities.wasRefused('tools'), abilities.wasRefused('tools'), abilities.mayBeAsked('tools')]).toEqual([true, false, false]);
	abilities.adopt(stated);
	expect(abilities.mayBeAsked('tools')).toBe(false);
	abilities.adopt({ ...stated, digest: 'other' });
	expect(abilities.mayBeAsked('tools')).toBe(true);
});

it('refuses pictures before they wait, where the model is known not to see', async () => {
	const ollama = await startOllama();
	const { pool } = createPool([ollama]);
	const messages = [{ role: 'user' as const, content: 'What is this?', images: [new Uint8Array([137, 80, 78, 71])] }];
	expect(await ask(pool, { messages }).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'cannot-see' });
	expect(answersOf(ollama)).toHaveLength(1);
	pool.start();
	await until(() => pool.capabilities() !== null);
	expect(await ask(pool, { messages }).ended).toMatchObject({ code: 'MODEL_REJECTED', reason: 'cannot-see', retryable: false });
	expect(answersOf(ollama)).toHaveLength(1);
});

it('shows pictures to a model that sees', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'vision'] }] });
	const image = new Uint8Array([137, 80, 78, 71]);
	const messages = [{ role: 'user' as const, content: 'What is this?', images: [image] }];
	expect(await ask(createPool([ollama]).pool, { messages }).ended).toBeNull();
	expect(bodiesOf(ollama)[0]?.messages?.[0]?.images).toEqual([Buffer.from(image).toString('base64')]);
});

it('learns from pictures nothing of how a model counts text', async () => {
	const ollama = await startOllama({ models: [{ name: 'demo', capabilities: ['completion', 'vision'] }] });
	const { pool } = createPool([ollama]);
	const messages = [
		{ role: 'user' as const, content: 'Los plazos vencen mañana, dicen todos. '.repeat(40), images: [new Uint8Array([1])] },
	];
	const before = pool.estimateTokens('palabra');
	for (let count = 0; count < 6; count++) await ask(pool, { messages }).ended;
	expect(pool.estimateTokens('palabra')).toBe(before);
});
