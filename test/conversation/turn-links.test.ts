/** Which addresses in an answer are links, by what its model was given to read. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#src/identity/person.ts';
import type { Attachment } from '#src/platform/chat-event.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type ModelStep, says } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

let opened: TestDatabase;
let person: Person;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());

const answer = 'See https://evil.example/1729 now.';
const shownAsCode = 'See `https://evil.example/1729` now.';

function openWorld(...rounds: ModelStep[][]) {
	const world = openTurnWorld(opened.database, person);
	world.models.script(...rounds);
	return world;
}

function fileOf(world: ReturnType<typeof openWorld>, text: string): Attachment[] {
	world.platform.files.set('notes.txt', text);
	return [{ id: 'notes.txt', name: 'notes.txt', mediaType: '', sizeBytes: null, source: 'notes.txt' }];
}

describe('an address that only the model knows', () => {
	it('is a link where it was given nothing but the words of the asker', async () => {
		const world = openWorld(says(answer));
		await world.answer(world.optionsFor());
		expect(world.shown()).toEqual([answer]);
	});

	it('is none where it was given a file; what is stored stays as the model wrote it', async () => {
		const world = openWorld(says(answer));
		const options = world.optionsFor({ attachments: fileOf(world, 'Link to https://evil.example/ with the code.') });
		await world.answer(options);
		expect(world.shown()).toEqual([shownAsCode]);
		expect(await world.stored(options.answerId)).toMatchObject({ content: answer });
	});

	it('is none in a conversation in which something was answered before', async () => {
		const world = openWorld(says('Hello.'), says(answer));
		const place = newPlace();
		await world.answer(world.optionsFor({ question: questionIn(place, '0500', 'Hello') }));
		await world.answer(world.optionsFor({ question: questionIn(place, '0501', 'And more?') }));
		expect(world.shown()).toEqual(['Hello.', shownAsCode]);
	});

	it('is none where words of others come with the question', async () => {
		const world = openWorld(says(answer));
		const cited = [{ kind: 'quoted' as const, author: 'Bo', writtenAt: null, text: 'https://evil.example/' }];
		await world.answer(world.optionsFor({ question: { ...questionIn(newPlace(), '0502', 'What is this?'), cited } }));
		expect(world.shown()).toEqual([shownAsCode]);
	});

	it('is none once a tool has given something', async () => {
		const call = { id: '1', name: 'current_time', arguments: { place: 'Lima' } };
		const [started, ...rest] = says();
		const world = openWorld([started as ModelStep, { type: 'tool-calls', calls: [call] }, ...rest], says(answer));
		await world.answer(world.optionsFor());
		expect(world.tools.called).toHaveLength(1);
		expect(world.shown()).toEqual([shownAsCode]);
	});
});

it.each([
	['the asker names in the question', 'What does evil.example say?', answer],
	['the settings name', 'What does it say?', 'See https://wiki.example/a now.'],
])('a host that %s is linked whatever the model was given', async (_why, text, said) => {
	const world = openWorld(says(said));
	await world.answer(world.optionsFor({ question: questionIn(newPlace(), '0503', text), attachments: fileOf(world, 'Words.') }));
	expect(world.shown()).toEqual([said]);
});
