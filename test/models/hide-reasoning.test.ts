/** Reasoning in the text of a model, over HTTP: what a reader gets of it, now and in the model's next answers. */

import { describe, expect, it } from 'vitest';
import type { ModelEvent } from '#src/models/model-pool.ts';
import { cutIntoTokens } from '#test/emulators/ollama/tokens.ts';
import { ask, createPool, startOllama } from './pool-fixture.ts';

/** What is left for the reader. */
function shownBy(events: readonly ModelEvent[]): string {
	return events.reduce((shown, event) => {
		if (event.type === 'text-retracted') return '';
		return event.type === 'text-delta' ? shown + event.text : shown;
	}, '');
}

const hasRetraction = (events: readonly ModelEvent[]) => events.some(({ type }) => type === 'text-retracted');

describe('an answer with reasoning in it', () => {
	it.each([
		['between marks', '<think>\nSecret words.\n</think>\n\nYes.'],
		['in channels', '<|channel|>analysis<|message|>Secret words.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>'],
	])('%s is its last words alone, without any that are taken back', async (_, text) => {
		const ollama = await startOllama({ splitWrites: true });
		ollama.answer(text);
		const asked = ask(createPool([ollama]).pool);
		expect(await asked.ended).toBeNull();
		expect(asked.text().trim()).toBe('Yes.');
		expect(hasRetraction(asked.events)).toBe(false);
		expect(asked.events.at(-1)).toMatchObject({ type: 'end', usage: { outputTokens: cutIntoTokens(text).length } });
	});

	it('whose end alone is marked is taken back, and held back in the next answers until the model has left off', async () => {
		// Slow enough that the beginning is read before the rest is there.
		const ollama = await startOllama({ tokensPerSecond: 200 });
		const { pool } = createPool([ollama]);
		const answer = async (text: string) => {
			ollama.answer(text);
			const { events, ended } = ask(pool);
			await ended;
			return {
				shown: shownBy(events).trim(),
				isRetracted: hasRetraction(events),
				isHeld: events.filter(({ type }) => type === 'text-delta').length === 1,
			};
		};
		const unmarked = 'Secret words of the model.\n</think>\n\nYes.';
		const plain = 'Some words of an answer.';
		expect(await answer(unmarked)).toMatchObject({ shown: 'Yes.', isRetracted: true });
		expect(await answer(unmarked)).toMatchObject({ shown: 'Yes.', isRetracted: false });
		for (let count = 0; count < 5; count++) expect(await answer(plain)).toEqual({ shown: plain, isRetracted: false, isHeld: true });
		expect(await answer(plain)).toEqual({ shown: plain, isRetracted: false, isHeld: false });
	});

	it('that breaks off in it is given by another host', async () => {
		const [failing, other] = [await startOllama(), await startOllama()];
		failing.answer('<think>Secret words of the model.</think>Yes.');
		other.answer('Yes.');
		failing.fail({ kind: 'mid-stream-error', afterTokens: 3 });
		const { pool } = createPool([failing, other]);
		await Promise.all([ask(pool, { conversationId: 'a' }).ended, ask(pool, { conversationId: 'b' }).ended]);
		failing.fail({ kind: 'mid-stream-error', afterTokens: 3, times: 2 });
		const asked = [ask(pool, { conversationId: 'c' }), ask(pool, { conversationId: 'd' })];
		expect(await Promise.all(asked.map(({ ended }) => ended))).toEqual([null, null]);
		expect(asked.map(({ events }) => shownBy(events))).toEqual(['Yes.', 'Yes.']);
	});

	it('keeps what was on its way when it breaks off after words', async () => {
		const ollama = await startOllama();
		ollama.answer({ tokens: ['See <', 'thi', 'x'] });
		const { pool } = createPool([ollama]);
		ollama.fail({ kind: 'no-done', afterTokens: 2 });
		const asked = ask(pool);
		expect(await asked.ended).toMatchObject({ reason: 'stream-cut' });
		expect(asked.text()).toBe('See <thi');
	});
});
