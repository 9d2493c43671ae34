/** The sources of an answer: found by tools, shown with its last message, kept with its text. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type ModelStep, says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { newPerson } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

const usage = { promptTokens: 10, outputTokens: 5, loadMs: null, generateMs: 1_000 };
const calls: ModelStep[] = [
	...saysWithoutEnd(),
	{ type: 'tool-calls', calls: [{ id: '1', name: 'current_time', arguments: { place: 'Lima' } }] },
	{ type: 'end', reason: 'stop', usage },
];
const found = (title: string) => ({ title, url: `https://chat.example/${title}`, excerpt: 'The pump is in Lima.' });

let opened: TestDatabase;
let person: Person;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());

function open(...said: string[]) {
	const world = openTurnWorld(opened.database, person);
	world.tools.finds({ data: {}, sources: [found('one'), found('two')] });
	world.models.script(calls, says(...(said.length === 0 ? ['In Lima [2].'] : said)));
	return world;
}

describe('an answer that cites', () => {
	it('shows what it cites, and nothing else that was found', async () => {
		const world = open();
		expect(await world.answer(world.optionsFor())).toBe('answered');
		expect(world.platform.visible()).toMatchObject([{ text: 'In Lima [2].', sources: [2] }]);
	});

	it('says of what is not in its sources that it is not, and keeps what was shown', async () => {
		const world = open('In Lima [', '1', '], or in Cusco [2]', '. Not in Quito [9].');
		const options = world.optionsFor();
		await world.answer(options);
		const text = `In Lima [1], or in Cusco ${english.citation.unsupported}. Not in Quito.`;
		expect(world.platform.visible()).toMatchObject([{ text, sources: [1] }]);
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query('select content, supported_marks, unsupported_marks, unknown_marks from messages where id = $1', [options.answerId]),
		);
		expect(row).toEqual({ content: text, supported_marks: 1, unsupported_marks: 1, unknown_marks: 1 });
	});

	it('shows the same when another process ends it', async () => {
		const world = open();
		const options = world.optionsFor();
		await world.answer(options);
		await world.store.update(person, options.answerId, { status: 'delivering' });
		const reference = { place: options.question.place, messageId: '1000' };
		await world.platform.edit(reference, { text: 'In', buttons: [] }, AbortSignal.timeout(1_000));
		await world.answer({ ...options, attempt: 2 });
		expect(world.models.requests).toHaveLength(2);
		expect(world.platform.visible()).toMatchObject([{ text: 'In Lima [2].', sources: [2] }]);
	});

	it('is read as it was kept before sources told more of themselves', async () => {
		const world = open();
		const options = world.optionsFor();
		await world.answer(options);
		const kept = { position: 2, ...found('two') };
		await opened.database.asUser(person, ({ query }) =>
			query('update messages set sources = $2 where id = $1', [options.answerId, JSON.stringify([kept])]),
		);
		const answer = await world.store.findAnswer(person, options.answerId);
		expect(answer?.sources).toEqual([{ ...kept, place: null, date: null, canShow: false }]);
	});

	it('leaves nothing of them behind when its question is taken back', async () => {
		const world = open();
		const options = world.optionsFor();
		await world.answer(options);
		await world.store.withdraw(person, options.answerId);
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query('select content, sources from messages where id = $1', [options.answerId]),
		);
		expect(row).toEqual({ content: '', sources: [] });
	});

	it('is read no further when a tool is stopped with it', async () => {
		const world = openTurnWorld(opened.database, person);
		world.tools.finds(new Promise(() => {}));
		world.models.script(calls);
		const options = world.optionsFor();
		const turn = world.turns.answer(options, new AbortController().signal);
		await world.clock.advanceUntil(() => world.tools.asked.length === 1, 60_000);
		await world.running.stop({ userId: person.userId, answerId: options.answerId });
		await world.clock.advanceUntil(() => world.ended.length === 1, 60_000);
		expect(await turn).toBe('stopped');
		expect(world.tools.asked[0]?.signal.aborted).toBe(true);
	});
});
