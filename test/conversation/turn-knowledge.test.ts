/** Answers that draw on documents: looked up before the model is asked, under the asker's rights and those of whoever reads along. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createLastAnswers } from '#src/history/last-answer.ts';
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
			query<{ sources: { chunkId?: number }[]; found: number[] }>('select sources, found from messages where id = $1', [options.answerId]),
		);
		expect(row?.found).toContain(row?.sources[0]?.chunkId);
		expect(row?.sources).toMatchObject([
			{ title: 'Manual BL-300.pdf', url: 'https://chat.example/manual', canShow: true, chunkId: expect.any(Number) },
		]);
	});

	it('is not answered in a channel from what lies in another one', async () => {
		const { world, options } = ask('What is the secret price of the BL-300?', place, 'I do not know.');
		await world.answer(options);
		expect(JSON.stringify(asked(world))).not.toContain('900 euros');
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

	type Rights = Required<ReturnType<typeof openTurnWorld>['members']> & { readers: Record<string, string[]> };
	/** Changes what is so between the channel of a document and the place of the question. */
	type Change = (rights: Rights, from: string, to: string) => unknown;

	async function askAcross(change: Change, { before, kind = 'channel' }: { before?: Change; kind?: Place['kind'] } = {}) {
		const [from, to] = [newPlace(), newPlace({ kind })];
		const channelId = await createChannel(opened.database, [], from);
		await enterDocument(opened.database, { name: 'P-77.pdf', texts: ['The pump P-77 needs 12 litres of oil.'], channelId, place: from });
		const readers = { [from.channelId]: ['U', 'V'], [to.channelId]: ['U'] };
		const rights: Rights = { readers, audiences: {}, gone: [], others: false };
		const apply = (one?: Change) => one?.(rights, from.channelId, to.channelId);
		apply(before);
		const { world, options } = askWhile(() => void apply(change), 'How much oil does the pump P-77 need?', to, 'It needs 12 litres [1].');
		Object.assign(world.members, rights);
		await world.answer(options);
		return { shown: world.platform.visible(), sources: await sourcesOf(options.answerId) };
	}

	/** What is rare follows from all documents that there are. */
	afterEach(async () => {
		const added = "select document_id from document_placements where name in ('P-77.pdf', 'Rules.pdf')";
		await opened.database.queryAsLibrarian(`delete from documents where id in (${added})`);
	});

	const close: Change = ({ audiences }, from) => Object.assign(audiences, { [from]: { isOpen: false } });
	const open: Change = ({ readers, audiences }, from) => {
		readers[from] = ['V'];
		Object.assign(audiences, { [from]: { isOpen: true } });
	};
	const openPlace: Change = ({ audiences }, _from, to) => Object.assign(audiences, { [to]: { isOpen: true, accountIds: null } });
	const share: Change = ({ audiences }, _from, to) => Object.assign(audiences, { [to]: { hasOutsiders: true, accountIds: null } });
	const shutOut: Change = ({ gone }) => (gone as string[]).push('U');
	const leaveSource: Change = ({ readers }, from) => Object.assign(readers, { [from]: ['V'] });
	const leavePlace: Change = ({ readers }, _from, to) => Object.assign(readers, { [to]: ['V'] });

	it('and is shown where what changed concerns none of its readers', async () => {
		const { shown } = await askAcross(({ readers }, from) => readers[from]?.push('W'));
		expect(shown).toMatchObject([{ text: 'It needs 12 litres [1].', sources: [1] }]);
	});

	it.each<[string, Change, Parameters<typeof askAcross>[1]?]>([
		['somebody came in who may not read it', ({ readers }, _from, to) => readers[to]?.push('W')],
		['its channel was made private', close, { before: open }],
		['the place was opened to everybody', openPlace],
		['the place was shared with another company', share],
		['the asker left its channel', leaveSource, { kind: 'direct' }],
		['the asker left the place', leavePlace],
		['the asker was shut out of everything', shutOut],
		['the asker was shut out of everything, in their own chat', shutOut, { kind: 'direct' }],
	])('and is withheld where %s', async (_name, change, given) => {
		const { shown, sources } = await askAcross(change, given);
		expect(shown).toMatchObject([{ text: `It needs 12 litres [1].\n\n${english.sources.withheld('[1]', 1)}`, sources: [] }]);
		expect(sources).toEqual([{ sources: [] }]);
	});

	it('and is withheld with what is published to the company, from whoever was locked and therefore stopped', async () => {
		const to = newPlace({ kind: 'direct' });
		await enterDocument(opened.database, { name: 'Rules.pdf', texts: ['Visitors of the foundry sign the red book.'], channelId: null });
		const lock = async () => {
			world.members.gone = ['U'];
			await world.running.stop({ userId: person.userId });
		};
		const { world, options } = askWhile(lock, 'Which book do visitors of the foundry sign?', to, 'They sign the red book [1].');
		expect(await world.answer(options)).toBe('stopped');
		expect(world.platform.visible()).toMatchObject([{ sources: [] }]);
		expect(await sourcesOf(options.answerId)).toEqual([{ sources: [] }]);
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
		expect(JSON.stringify([asked(world), world.platform.visible()])).not.toMatch(/900 euros|Prices/);
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
		expect(await opened.database.queryAs(person, 'select found from messages where id = $1', [options.answerId])).toEqual([{ found: [] }]);
		expect(world.models.requests).toEqual([]);
	});

	it('is asked of the model alone where the asker leaves out what the company knows', async () => {
		const where = newPlace();
		const texts = ['La prensa pesa 900 kilos.'];
		await enterDocument(opened.database, {
			name: 'Prensa.pdf',
			texts,
			place: where,
			channelId: await createChannel(opened.database, [], where),
		});
		const { world, options } = ask('¿Cuánto pesa la prensa?', where, 'No lo sé.');
		expect(await world.answer({ ...options, withoutKnowledge: true })).toBe('answered');
		expect(asked(world)[0]?.content).not.toContain('passages of the company');
		expect(world.models.requests[0]?.tools?.map(({ name }) => name) ?? []).not.toContain('search_documents');
		expect(world.shown()).toEqual(['No lo sé.']);
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
		const [chunk] = await opened.database.queryAsLibrarian<{ id: number }>('select id from chunks where content = $1', [texts[0]]);
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query<{ sources: unknown[] }>('select sources from messages where id = $1', [options.answerId]),
		);
		// What stands there is kept by the document alone.
		expect(row?.sources).toMatchObject([{ excerpt: '', chunkId: chunk?.id }]);
	});
});

describe('sources that say different things', () => {
	const question = 'What does the company pay for mileage of a private car?';
	let shop: Place;
	beforeAll(async () => {
		shop = newPlace();
		const channelId = await createChannel(opened.database, [], shop);
		const enter = (name: string, texts: string[], datedAt: string) =>
			enterDocument(opened.database, { name, texts, channelId, place: shop, datedAt: new Date(datedAt) });
		await enter(
			'Travel 2023.pdf',
			['Mileage of a private car is paid at 0.40 euros per km. Tolls and parking are included in that.'],
			'2023-03-14',
		);
		await enter('Travel 2026.pdf', ['Whoever drives keeps a log. Mileage of a private car is paid at 0.50 euros per km.'], '2026-02-01');
	});

	const numberOf = (world: ReturnType<typeof openTurnWorld>, name: string) => told(world).findIndex(({ file }) => file === name) + 1;
	const told = (world: ReturnType<typeof openTurnWorld>) =>
		(asked(world).at(-2)?.content ?? '').split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

	it('are told to the model, and to the reader of an answer from the older one alone', async () => {
		const [first, again] = ['0.40 euros per km [1].', '0.40 euros per km [2].'];
		const { world, options } = ask(
			question,
			{ ...shop, threadId: '0720' },
			`The mileage of a private car is paid at ${first} Or at ${again}`,
		);
		await world.answer(options);
		const [older, newer] = [numberOf(world, 'Travel 2023.pdf'), numberOf(world, 'Travel 2026.pdf')];
		expect(told(world)).toContainEqual({
			contradiction: {
				[`[${newer}]`]: 'Mileage of a private car is paid at 0.50 euros per km.',
				[`[${older}]`]: 'Mileage of a private car is paid at 0.40 euros per km.',
			},
			newer: `[${newer}]`,
			of: '2026-02-01',
		});
		const [shown] = world.platform.visible();
		expect(shown?.text).toContain(english.sources.superseded(`[${older}]`, `[${newer}]`));
		expect(shown?.sources).toEqual([1, 2]);
	});

	it('are told of to nobody who reads the newer one', async () => {
		const both = 'The mileage of a private car is paid at 0.50 euros per km [1][2].';
		const { world, options } = ask(question, { ...shop, threadId: '0721' }, both);
		await world.answer(options);
		expect(world.platform.visible()[0]?.text).not.toContain('⚠️');
	});

	it('are marked where they are older than what is cited there may be, or than was decided for them alone', async () => {
		const [place, thread] = [newPlace(), newPlace()];
		const channelId = await createChannel(opened.database, [], place);
		// The clock of these tests begins in 1970.
		const enter = (name: string, texts: string[], datedAt: string) =>
			enterDocument(opened.database, { name, texts, channelId, place, datedAt: new Date(datedAt) });
		await enter('Keys.pdf', ['The keys of the archive lie with Ana.'], '1968-01-01');
		await enter('Archive.pdf', ['The archive opens at nine, the keys of the archive fit.'], '1969-06-01');
		await opened.database.queryAsRegistrar('update channels set stale_after_days = 365 where id = $1', [channelId]);
		const ofOne = 'update document_placements set stale_after_days = 100 where name = $1';
		const oldOnes = async (threadId: string) => {
			const { world, options } = ask(
				'Where are the keys of the archive?',
				{ ...place, threadId },
				'The keys of the archive lie with Ana [1][2].',
			);
			await world.answer(options);
			return told(world)
				.filter(({ old }) => old === true)
				.map(({ file }) => file);
		};
		expect(await oldOnes(thread.threadId)).toEqual(['Keys.pdf']);
		await opened.database.queryAsLibrarian(ofOne, ['Archive.pdf']);
		expect((await oldOnes('0724')).sort()).toEqual(['Archive.pdf', 'Keys.pdf']);
	});
});

describe('how an answer came about', () => {
	const last = (where: Place) => createLastAnswers(opened.database).of(person, where);

	it('is kept with it: what was found, the wait and the requests, and no words', async () => {
		const where = { ...place, threadId: '0730' };
		await opened.database.queryAsLibrarian(`update channels set knowledge = null where id = $1`, [channelIdOf(place)]);
		const { world, options } = ask('¿Con qué par se aprieta la tapa de la BL-300?', where);
		await world.answer(options);
		const kept = await last(where);
		expect(kept).toMatchObject({ status: 'answered', finishReason: 'answered', isDeleted: false, citedChunkIds: [expect.any(Number)] });
		const documents = { state: 'found', chunkIds: expect.arrayContaining(kept?.citedChunkIds.slice() ?? []) };
		expect(kept?.trace).toEqual({ rounds: 1, queueMs: expect.any(Number), documents });
		expect(await last({ ...place, threadId: '' })).toMatchObject({ askedAt: kept?.askedAt });
		await world.store.withdraw(person, options.answerId);
		expect(await last(where)).toMatchObject({ status: 'deleted', trace: null, citedChunkIds: [] });
	});

	it('tells that nothing found was about the question, and why no model was asked', async () => {
		const where = { ...place, threadId: '0731' };
		await opened.database.queryAsLibrarian(`update channels set knowledge = 'only' where id = $1`, [channelIdOf(place)]);
		const { world, options } = ask('Who painted the Sistine Chapel ceiling?', where);
		await world.answer(options);
		expect((await last(where))?.trace).toMatchObject({ reason: 'nothing-found', documents: { state: 'below' } });
	});
});
