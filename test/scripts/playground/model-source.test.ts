/** Which model answers in the playground: a real one that can, the one that somebody set, or the emulated one. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { EmulatedModel } from '#test/emulators/ollama/types.ts';
import { chooseModelSource, tellChoice } from '../../../scripts/playground/model-source.ts';

const vectors: EmulatedModel = {
	name: 'all-minilm:latest',
	capabilities: ['embedding'],
	isImported: true,
	modifiedAt: '2026-11-29T00:00:00Z',
};
const older: EmulatedModel = { name: 'smollm2:135m', modifiedAt: '2026-11-01T00:00:00Z', size: 100 };
const newer: EmulatedModel = { name: 'gemma3:270m', modifiedAt: '2026-11-20T00:00:00Z', size: 200 };

async function choose(models: EmulatedModel[], environment: Record<string, string> = {}) {
	const ollama = await startOllamaEmulator({ models });
	onTestFinished(() => ollama.close());
	const source = await chooseModelSource({ OLLAMA_HOST: ollama.url, ...environment });
	onTestFinished(source.close);
	return { ...source.state(), told: tellChoice(source.state()), host: source.host, embeddingModel: source.embeddingModel, url: ollama.url };
}

describe('the model of the playground', () => {
	it('is the newest that writes answers, whatever the list calls the others, and that is said', async () => {
		const chosen = await choose([vectors, older, newer]);
		expect(chosen).toMatchObject({ kind: 'real', model: 'gemma3:270m', reason: 'newest', others: ['smollm2:135m'], host: chosen.url });
		expect(chosen.told).toContain('gemma3:270m answers, the newest');
		expect(chosen.told).toContain('OLLAMA_MODEL=smollm2:135m npm start');
	});

	it('is the bigger of two that are as old', async () => {
		expect(await choose([older, { ...newer, modifiedAt: '2026-11-01T00:00:00Z' }])).toMatchObject({ model: 'gemma3:270m' });
	});

	it('is the program’s own where that is installed', async () => {
		expect(await choose([vectors, newer, { ...older, name: 'gemma4:e4b' }])).toMatchObject({ model: 'gemma4:e4b', reason: 'default' });
	});

	it('is the one that somebody set', async () => {
		expect(await choose([newer, older], { OLLAMA_MODEL: 'SmolLM2:135M' })).toMatchObject({
			model: 'SmolLM2:135M',
			reason: 'set',
			told: null,
		});
	});

	it('is none of Ollama’s cloud', async () => {
		expect(await choose([{ ...newer, name: 'big:cloud' }, older])).toMatchObject({ model: 'smollm2:135m', others: [] });
	});

	it.each([[[vectors]], [[]]])('is emulated where none writes answers, and that is said: %j', async (models) => {
		const chosen = await choose(models);
		expect(chosen).toMatchObject({ kind: 'emulated', model: 'gemma4:e4b', reason: 'unfit', others: models.map(({ name }) => name) });
		expect(chosen.told).toContain('ollama pull gemma4:e4b');
		expect(chosen.host).not.toBe(chosen.url);
	});

	it('has the other models of the settings beside it where it is emulated', async () => {
		const OLLAMA_MODELS = 'qwen3:8b, library/GEMMA4:e4b think=low, gemma4:26b context=32768';
		const source = await chooseModelSource({ OLLAMA_HOST: 'http://127.0.0.1:1', OLLAMA_MODELS });
		onTestFinished(source.close);
		const listed = (await (await fetch(`${source.host}/api/tags`)).json()) as { models: { name: string }[] };
		expect(listed.models.map(({ name }) => name).sort()).toEqual(['demo-embed:latest', 'gemma4:26b', 'gemma4:e4b', 'qwen3:8b']);
	});

	it('has a model for vectors beside it where it is emulated, and leaves that to the settings where it is real', async () => {
		const away = { OLLAMA_HOST: 'http://127.0.0.1:1' };
		for (const [environment, embeddingModel] of [
			[away, 'demo-embed'],
			[{ ...away, OLLAMA_EMBEDDING_MODEL: 'bge-m3' }, 'bge-m3'],
		] as const) {
			const source = await chooseModelSource(environment);
			onTestFinished(source.close);
			expect(source.embeddingModel).toBe(embeddingModel);
			const embedded = await fetch(`${source.host}/api/embed`, {
				method: 'POST',
				body: JSON.stringify({ model: embeddingModel, input: 'a' }),
			});
			expect(embedded.status).toBe(200);
		}
		expect(await choose([older])).toMatchObject({ embeddingModel: null });
	});

	it('leaves complaints about the settings to the program', async () => {
		const source = await chooseModelSource({ OLLAMA_HOST: 'http://127.0.0.1:1', OLLAMA_MODELS: 'qwen3:8b think=perhaps' });
		onTestFinished(source.close);
		expect(source.state()).toMatchObject({ kind: 'emulated', model: 'gemma4:e4b' });
	});

	it('is emulated where no Ollama answers', async () => {
		const source = await chooseModelSource({ OLLAMA_HOST: 'http://127.0.0.1:1' });
		onTestFinished(source.close);
		expect(source.state()).toMatchObject({ kind: 'emulated', reason: 'away' });
		expect(tellChoice(source.state())).toBeNull();
	});
});
