/** The emulator's other routes: what there is, pulling, embeddings, the token check of a proxy. */

import { Ollama } from 'ollama';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OllamaEmulator, startOllamaEmulator } from './index.ts';
import type { EmulatorOptions } from './types.ts';

async function start(options: EmulatorOptions = {}): Promise<{ ollama: OllamaEmulator; client: Ollama }> {
	const ollama = await startOllamaEmulator(options);
	onTestFinished(() => ollama.close());
	return { ollama, client: new Ollama({ host: ollama.url }) };
}

function similarity(one: number[] = [], other: number[] = []): number {
	return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

describe('what there is', () => {
	it('is told by version, tags and show', async () => {
		const { client } = await start({ models: [{ name: 'gemma4:26b', contextLength: 131_072, capabilities: ['completion', 'vision'] }] });
		expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+$/);
		expect((await client.list()).models).toMatchObject([{ model: 'gemma4:26b', details: { context_length: 131_072 } }]);
		expect(await client.show({ model: 'gemma4:26b' })).toMatchObject({
			capabilities: ['completion', 'vision'],
			model_info: { 'emulated.context_length': 131_072 },
		});
		await expect(client.show({ model: 'other' })).rejects.toThrow("model 'other:latest' not found");
	});

	it('changes by pulling and removing', async () => {
		const { ollama, client } = await start({ models: [] });
		const states = [];
		for await (const { status } of await client.pull({ model: 'demo', stream: true })) states.push(status);
		expect([states[0], states.at(-1)]).toEqual(['pulling manifest', 'success']);
		expect((await client.list()).models).toHaveLength(1);
		ollama.removeModel('demo');
		expect((await client.list()).models).toEqual([]);
	});

	it('is kept from those without the token', async () => {
		const { ollama } = await start({ bearer: 't0ken' });
		expect((await fetch(`${ollama.url}/api/tags`)).status).toBe(401);
		expect((await fetch(`${ollama.url}/api/tags`, { headers: { authorization: 'Bearer t0ken' } })).status).toBe(200);
	});
});

describe('embeddings', () => {
	const models = [{ name: 'embed', capabilities: ['embedding'], contextLength: 512, embeddingLength: 96 }];
	const embed = (client: Ollama, input: string[], rest: object = {}) => client.embed({ model: 'embed', input, ...rest });

	it('are deterministic, of unit length, and alike for shared words', async () => {
		const { client } = await start({ models });
		const texts = ['holidays left this year', 'how many holidays left', 'the printer is broken'];
		const { embeddings } = await embed(client, texts);
		expect(embeddings.map((vector) => vector.length)).toEqual([96, 96, 96]);
		for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
		expect(similarity(embeddings[0], embeddings[1])).toBeGreaterThan(similarity(embeddings[0], embeddings[2]) + 0.2);
		expect((await embed(client, texts)).embeddings).toEqual(embeddings);
	});

	it('are cut to fewer dimensions and made unit length again', async () => {
		const { client } = await start({ models });
		const [vector] = (await embed(client, ['text'], { dimensions: 10 })).embeddings;
		expect(vector).toHaveLength(10);
		expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 9);
		expect((await embed(client, ['text'], { dimensions: 1000 })).embeddings[0]).toHaveLength(96);
	});

	it('of an over-long text fail with the whole batch, unless truncated', async () => {
		const { client } = await start({ models });
		const texts = ['fine', 'word '.repeat(1000)];
		await expect(embed(client, texts, { truncate: false })).rejects.toThrow('the input length exceeds the context length');
		expect((await embed(client, texts)).embeddings).toHaveLength(2);
		expect((await embed(client, [])).embeddings).toEqual([]);
	});

	it('of a text that the model cannot cope with fail with the whole batch', async () => {
		const { client } = await start({ models: [{ name: 'embed', capabilities: ['embedding'], unableOf: 'Bitcoin' }] });
		await expect(embed(client, ['fine', 'Bitcoin: A Peer-to-Peer System'])).rejects.toThrow('unsupported value: NaN');
		expect((await embed(client, ['fine'])).embeddings).toHaveLength(1);
	});
});
