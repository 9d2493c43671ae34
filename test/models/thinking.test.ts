/** How far a model thinks, over HTTP: in the words of each kind of model, and never where a reader sees it. */

import { describe, expect, it } from 'vitest';
import type { ThinkingLevel } from '#src/models/thinking.ts';
import type { EmulatedModel } from '#test/emulators/ollama/types.ts';
import { ask, bodiesOf, createPool, startOllama, until } from './pool-fixture.ts';

const thinker: EmulatedModel = { name: 'demo', capabilities: ['completion', 'thinking'] };
const gptOss: EmulatedModel = { ...thinker, family: 'gptoss' };
const plain: EmulatedModel = { name: 'demo', capabilities: ['completion'] };

async function sentTo(model: EmulatedModel, own: ThinkingLevel, asked?: ThinkingLevel): Promise<unknown> {
	const ollama = await startOllama({ models: [model] });
	const { pool } = createPool([ollama], { embeddingModel: null, think: own });
	pool.start();
	await until(() => pool.capabilities() !== null);
	const answer = ask(pool, asked === undefined ? {} : { think: asked });
	expect(await answer.ended).toBeNull();
	expect(answer.text()).toContain('demonstration');
	expect(answer.text()).not.toContain('serves best');
	return bodiesOf(ollama)[0]?.think;
}

describe('what is asked of a model', () => {
	it.each<[string, EmulatedModel, ThinkingLevel, ThinkingLevel | undefined, unknown]>([
		['off unless somebody wants it', thinker, 'off', undefined, false],
		['on for a level in the settings', thinker, 'medium', undefined, true],
		['on for a level in the request', thinker, 'off', 'low', true],
		['off for one request', thinker, 'high', 'off', false],
		['never on where the model cannot', plain, 'high', 'high', false],
		['a level for gpt-oss', gptOss, 'off', 'high', 'high'],
		['as little as it does for gpt-oss, which cannot leave off', gptOss, 'off', undefined, 'low'],
	])('is %s', async (_, model, own, asked, think) => {
		expect(await sentTo(model, own, asked)).toBe(think);
	});
});

it('is learned where the host does not say that the model cannot', async () => {
	const ollama = await startOllama({ models: [plain] });
	const { pool, logs } = createPool([ollama]);
	expect(await ask(pool, { think: 'high' }).ended).toBeNull();
	expect(await ask(pool, { think: 'high' }).ended).toBeNull();
	expect(bodiesOf(ollama).map(({ think }) => think)).toEqual([true, false, false]);
	expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

it('knows gpt-oss by its name where the host says nothing of it', async () => {
	const ollama = await startOllama({ models: [{ ...gptOss, name: 'gpt-oss:20b' }] });
	const asked = ask(createPool([ollama], { model: 'gpt-oss:20b' }).pool);
	expect(await asked.ended).toBeNull();
	expect(asked.text()).not.toContain('serves best');
	expect(bodiesOf(ollama)[0]?.think).toBe('low');
});
