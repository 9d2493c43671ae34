/** Answers that draw on documents: looked up before the model is asked, under the asker's rights and those of whoever reads along. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { english } from '#src/locales/english.ts';
import type { Place } from '#src/platform/place.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { says } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

let opened: TestDatabase;
let person: Person;
let place: Place;
let elsewhere: Place;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	const { database } = opened;
	person = await newPerson(database);
	place = newPlace();
	elsewhere = newPlace();
	const url = 'https://chat.example/manual';
	const texts = ['El par de apriete de la tapa de la BL-300 es de 40 Nm.', 'La bomba se ceba con agua limpia.'];
	await enterDocument(database, { name: 'Manual BL-300.pdf', texts, channelId: await createChannel(database, [], place), place, url });
	const secret = ['The secret price of the BL-300 is 900 euros.'];
	await enterDocument(database, {
		name: 'Prices.xlsx',
		texts: secret,
		channelId: await createChannel(database, [], elsewhere),
		place: elsewhere,
	});
});
afterAll(() => opened.close());

let asking = 600;

function ask(text: string, where: Place = place, answer: string | BotError = 'Son 40 Nm [1].') {
	const world = openTurnWorld(opened.database, person);
	world.models.script(typeof answer === 'string' ? says(answer) : [answer], says('Otra vez 40 Nm [1].'));
	return { world, options: world.optionsFor({ question: questionIn(where, `0${asking++}`, text) }) };
}

/** Something happens while the model writes. */
function askWhile(happening: () => unknown, text: string, where: Place, answer: string) {
	const world = openTurnWorld(opened.database, person);
	const steps = says(answer);
	world.models.script([...steps.slice(0, -1), happening, ...steps.slice(-1)]);
	return { world, options: world.optionsFor({ question: questionIn(where, `0${asking++}`, text) }) };
}

const asked = ({ models }: ReturnType<typeof openTurnWorld>) => models.requests[0]?.messages ?? [];

describe('a question that documents answer', () => {
	it('is answered from them, and cites them', async () => {
		const { world, options } = ask('¿Con qué par se aprieta la tapa de la BL-300?');
		expect(await world.answer(options)).toBe('answered');
		const told = asked(world)
			.at(-2)
			?.content.split('\n')
			.map((line) => JSON.parse(line));
		expect(told?.[0]).toMatchObject({ cite_as: '[1]', file: 'Manual BL-300.pdf', text: expect.stringContaining('40 Nm') });
		expect(asked(world)[0]?.content).toContain('passages of the company');
		expect(world.platform.visible()).toMatchObject([{ text: 'Son 40 Nm [1].', sources: [1] }]);
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query<{ sources: unknown[] }>('select sources from messages where id = $1', [options.answerId]),
		);
		expect(row?.sources).toMatchObject([
			{ title: 'Manual BL-300.pdf', url: 'https://chat.example/manual', canShow: true, chunkId: expect.any(Number) },
		]);
	});

	it('is not answered in a channel from what lies in another one', async () => {
		const { world, options } = ask('What is the secret price of the BL-300?', place, 'I do not know.');
		await world.answer(options);
		expect(JSON.stringify(asked(world))).not.toContain('900');
	});

	it('is answered in a personal chat from every channel that the person can read', async () => {
		const direct = newPlace({ kind: 'direct', threadId: '' });
		const { world, options } = ask('What is the secret price of the BL-300?', direct, 'It is 900 euros [1].');
		await world.answer(options);
		expect(world.platform.visible()).toMatchObject([{ text: 'It is 900 euros [1].', sources: [1] }]);
	});

	it('leans on the question before it', async () => {
		const { world, options } = ask('¿Con qué par se aprieta la tapa de la BL-300?', { ...place, threadId: '0700' });
		await world.answer(options);
		await world.answer(world.optionsFor({ question: questionIn({ ...place, threadId: '0700' }, '0799', '¿Y cada cuánto?') }));
		expect(world.models.requests.at(-1)?.messages.at(-2)?.content).toContain('40 Nm');
	});

	it('is answered with what they say where the model cannot be reached', async () => {
		const { world, options } = ask(
			'¿Con qué par se aprieta la tapa de la BL-300?',
			{ ...place, threadId: '0701' },
			new BotError('MODEL_UNAVAILABLE', 'no host'),
		);
		await world.answer(options);
		const [shown] = world.platform.visible();
		expect(shown?.text).toContain(english.documents.withoutModel);
		expect(shown?.text).toContain('40 Nm');
	});
});

describe('what an answer cites is looked at once more before it is shown', () => {
	const question = '¿Con qué par se aprieta la tapa de la BL-300?';
	const sourcesOf = async (answerId: string) =>
		await opened.database.asUser(person, ({ query }) => query('select sources from messages where id = $1', [answerId]));

	it('and is withheld, with a note, where the document is gone by then', async () => {
		const away = (isAway: boolean) =>
			opened.database.queryAsLibrarian('update document_placements set superseded_at = $1 where name = $2', [
				isAway ? new Date() : null,
				'Manual BL-300.pdf',
			]);
		const { world, options } = askWhile(() => away(true), question, { ...place, threadId: '0710' }, 'Son 40 Nm [1].');
		expect(await world.answer(options)).toBe('answered');
		await away(false);
		expect(world.platform.visible()).toMatchObject([{ text: `Son 40 Nm [1].\n\n${english.sources.withheld('[1]', 1)}`, sources: [] }]);
		expect(await sourcesOf(options.answerId)).toEqual([{ sources: [] }]);
	});

	it('and is withheld where somebody came in meanwhile who may not read it', async () => {
		const [from, to] = [newPlace(), newPlace()];
		const text = ['The pump P-77 needs 12 litres of oil.'];
		await enterDocument(opened.database, {
			name: 'P-77.pdf',
			texts: text,
			channelId: await createChannel(opened.database, [], from),
			place: from,
		});
		const oneMore = () => void here.push('W');
		const { world, options } = askWhile(oneMore, 'How much oil does the pump P-77 need?', to, 'It needs 12 litres [1].');
		const here = ['U'];
		world.members.readers = { [from.channelId]: ['U', 'V'], [to.channelId]: here };
		await world.answer(options);
		expect(world.platform.visible()).toMatchObject([
			{ text: `It needs 12 litres [1].\n\n${english.sources.withheld('[1]', 1)}`, sources: [] },
		]);
	});
});

describe('what the asker alone may read', () => {
	const question = 'What is the secret price of the BL-300?';
	const mayRead = (accountId: string, ...others: string[]) => ({
		[elsewhere.channelId]: [accountId],
		[place.channelId]: [accountId, ...others],
	});

	it('is offered to them in private, below an answer in a channel that draws on nothing of it', async () => {
		const { world, options } = ask(question, { ...place, threadId: '0720' }, 'I do not know.');
		world.members.readers = mayRead('U', 'W');
		await world.answer(options);
		const action = { name: 'privately', replyId: options.answerId };
		expect(world.platform.offers).toEqual([{ accountId: 'U', text: english.documents.moreForYou(1), action }]);
		expect(JSON.stringify([asked(world), world.platform.visible()])).not.toMatch(/900|Prices/);
	});

	it('is not offered where the answer may draw on it, nor to whoever may not read it either', async () => {
		for (const readers of [mayRead('U'), mayRead('W', 'U')]) {
			const { world, options } = ask(question, { ...place, threadId: '0721' }, 'It is 900 euros [1].');
			world.members.readers = readers;
			await world.answer(options);
			expect(world.platform.offers).toEqual([]);
		}
	});

	it('is not offered when it is about something else, and a failure to offer it is none of the answer', async () => {
		const other = ask('Who painted the Sistine Chapel ceiling?', { ...place, threadId: '0722' }, 'Michelangelo.');
		other.world.members.readers = mayRead('U', 'W');
		await other.world.answer(other.options);
		expect(other.world.platform.offers).toEqual([]);
		const { world, options } = ask(question, { ...place, threadId: '0723' }, 'I do not know.');
		world.members.readers = mayRead('U', 'W');
		world.platform.failNext('send-privately', new BotError('PLATFORM_REJECTED', 'seen by all', { reason: 'not-alone' }));
		expect(await world.answer(options)).toBe('answered');
	});
});

describe('a question about something else', () => {
	it('is answered without them', async () => {
		const { world, options } = ask('Who painted the Sistine Chapel ceiling?', place, 'Michelangelo.');
		expect(await world.answer(options)).toBe('answered');
		expect(JSON.stringify(asked(world))).not.toContain('Manual BL-300');
	});

	it('is answered with a sentence of ours where answers draw on documents alone', async () => {
		await opened.database.queryAsLibrarian(`update channels set knowledge = 'only' where id = $1`, [channelIdOf(place)]);
		const { world, options } = ask('Who painted the Sistine Chapel ceiling?', place);
		expect(await world.answer(options)).toBe('told');
		expect(world.shown()).toEqual([english.documents.nothingFound]);
		expect(world.models.requests).toEqual([]);
	});

	it('is asked of the model as ever where documents are not used', async () => {
		await opened.database.queryAsLibrarian(`update channels set knowledge = 'off' where id = $1`, [channelIdOf(place)]);
		const { world, options } = ask('¿Con qué par se aprieta la tapa de la BL-300?', place, 'No lo sé.');
		expect(await world.answer(options)).toBe('answered');
		expect(asked(world)[0]?.content).not.toContain('passages of the company');
	});
});

describe('a question that a passage answers in part', () => {
	it('is answered from what stands around the passage, too, while people are shown the passage', async () => {
		const where = newPlace();
		const texts = ['La grúa puente levanta 5 toneladas.', 'Se revisa cada 12 meses.'];
		await enterDocument(opened.database, {
			...{ name: 'Taller.pdf', texts, place: where },
			channelId: await createChannel(opened.database, [], where),
		});
		const { world, options } = ask('¿Cuánto levanta la grúa puente?', where, 'Levanta 5 toneladas y se revisa cada 12 meses [1].');
		await world.answer(options);
		const [told] = asked(world).at(-2)?.content.split('\n') ?? [];
		expect(JSON.parse(told ?? '')).toMatchObject({ text: texts[0], after: texts[1] });
		expect(world.platform.visible()).toMatchObject([{ text: 'Levanta 5 toneladas y se revisa cada 12 meses [1].', sources: [1] }]);
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query<{ sources: unknown[] }>('select sources from messages where id = $1', [options.answerId]),
		);
		expect(row?.sources).toMatchObject([{ excerpt: texts[0] }]);
	});
});
