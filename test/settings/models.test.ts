/** Which models the settings name, and with which options. */

import { describe, expect, it } from 'vitest';
import { inspectSettings, readSettings } from '#src/settings/settings.ts';

const usual = { contextTokens: 8_192, maxOutputTokens: 4_096, think: 'off', temperature: null, slots: 'auto' };

describe('the models', () => {
	it('are the default one alone unless others are named', () => {
		expect(readSettings({ OLLAMA_MODEL: 'qwen3:8b' }).models.models).toEqual([{ ...usual, name: 'qwen3:8b' }]);
	});

	it('have options of their own, and those of the default one where they have none', () => {
		const OLLAMA_MODELS = 'qwen3:8b,  gemma4:26b context=32768 answer=8192 think=low\n temperature=0.2 slots=1, tiny context=4096';
		expect(readSettings({ OLLAMA_MODEL: 'gemma4:e4b', OLLAMA_MODELS, OLLAMA_SLOTS: '2' }).models.models).toEqual([
			{ ...usual, name: 'gemma4:e4b', slots: 2 },
			{ ...usual, name: 'qwen3:8b', slots: 2 },
			{ name: 'gemma4:26b', contextTokens: 32_768, maxOutputTokens: 8_192, think: 'low', temperature: 0.2, slots: 1 },
			{ ...usual, name: 'tiny', contextTokens: 4_096, maxOutputTokens: 2_048, slots: 2 },
		]);
	});

	it('may name the default one, to give it options', () => {
		const settings = readSettings({ OLLAMA_MODEL: 'gpt-oss:20b', OLLAMA_MODELS: 'qwen3:8b, library/GPT-OSS:20b think=high' });
		expect(settings.models.models).toMatchObject([
			{ name: 'gpt-oss:20b', think: 'high' },
			{ name: 'qwen3:8b', think: 'off' },
		]);
	});

	it.each([
		['an empty name', 'qwen3:8b,,gemma4:26b'],
		['options without a name', 'think=low'],
		['an option that there is not', 'qwen3:8b seed=1'],
		['an option twice', 'qwen3:8b think=low think=high'],
		['a word that is no option', 'qwen3:8b vision'],
		['a level that there is not', 'qwen3:8b think=deeply'],
		['too little context', 'qwen3:8b context=100'],
		['a number that is none', 'qwen3:8b context=8k'],
		['too much temperature', 'qwen3:8b temperature=3'],
		['no slots', 'qwen3:8b slots=0'],
	])('are not %s', (_, OLLAMA_MODELS) => {
		expect(inspectSettings({ OLLAMA_MODELS }).problems).toEqual([expect.stringMatching(/^OLLAMA_MODELS must be models such as /)]);
	});

	it('are named once each', () => {
		expect(inspectSettings({ OLLAMA_MODELS: 'qwen3, library/Qwen3:latest' }).problems).toEqual(['OLLAMA_MODELS names a model twice']);
	});

	it.each(['qwen3:8b answer=5000', 'qwen3:8b context=4096 answer=2049'])('leave room for the question: %s', (OLLAMA_MODELS) => {
		const { problems } = inspectSettings({ OLLAMA_MODELS });
		expect(problems).toEqual(['OLLAMA_MODELS gives a model an answer of more than half of its context']);
	});
});
