import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TurnOptions } from '#src/conversation/turn.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { dieDuring, openTurnWorld, type TurnWorld, waitFor } from './turn-fixture.ts';

const { undelivered, notice } = english;
const refused = (refusal: string) => new BotError('PLATFORM_REJECTED', 'no', { reason: 'its_own_word', refusal });
const everything = ['open-stream', 'post', 'append-stream', 'close-stream', 'edit'] as const;
const forEver = new Promise<never>(() => {});
const half = [...saysWithoutEnd('Half of an answer that was never finished.'), forEver];

let opened: TestDatabase;
let person: Person;
let world: TurnWorld;
let told: string[];

beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());
beforeEach(() => {
	world = openTurnWorld(opened.database, person);
	told = [];
});

const optionsFor = (given: Partial<TurnOptions> = {}) => world.optionsFor({ tell: async (sentence) => void told.push(sentence), ...given });

async function begin(options: TurnOptions) {
	const turn = world.turns.answer(options, new AbortController().signal);
	turn.catch(() => {});
	await world.clock.advanceUntil(() => world.shown().some((text) => text.startsWith('Half')), 60_000);
	return { turn };
}

describe('a turn whose place takes no posts', () => {
	it('stops its model, tells its asker alone, and keeps the answer in the history', async () => {
		world.platform.refuse(everything, refused('may-not-post'));
		world.models.script(half);
		const options = optionsFor();
		expect(await world.answer(options)).toBe('undelivered');
		expect([told, world.shown()]).toEqual([[undelivered.mayNotPost], []]);
		expect(await world.stored(options.answerId)).toMatchObject({
			status: 'failed',
			finishReason: 'undelivered',
			content: 'Half of an answer that was never finished.',
		});
		expect(world.ended).toEqual([{ ending: 'undelivered', code: 'PLATFORM_REJECTED' }]);
		expect([world.moments, world.running.count()]).toEqual([['sign'], 0]);
		expect(world.platform.activities.at(-1)).toBeNull();
	});

	it('asks no model where that was so a moment ago, or where the sign was refused', async () => {
		world.platform.refuse(everything, refused('may-not-post'));
		world.models.script(half);
		const place = newPlace();
		await world.answer(optionsFor({ question: questionIn(place, '0500', 'First?') }));
		expect(await world.answer(optionsFor({ question: questionIn(place, '0510', 'Second?') }))).toBe('undelivered');
		world.platform.refuse(['show-activity'], refused('may-not-post'));
		expect(await world.answer(optionsFor())).toBe('undelivered');
		expect(world.models.requests).toHaveLength(1);
		expect(told).toHaveLength(3);
	});

	it('answers again as soon as it may', async () => {
		world.platform.refuse(everything, refused('may-not-post'));
		world.models.script(half, says('The whole answer.'), says('The next one.'));
		const place = newPlace();
		await world.answer(optionsFor({ question: questionIn(place, '0500', 'First?') }));
		world.platform.allow();
		for (const messageId of ['0510', '0520'])
			expect(await world.answer(optionsFor({ question: questionIn(place, messageId, 'Again?') }))).toBe('answered');
		expect(world.shown()).toEqual(['The whole answer.', 'The next one.']);
		expect(world.platform.messages.map(({ history }) => history[0])).toEqual([notice.thinking, 'The next one.']);
	});

	it('ends although its asker cannot be told either', async () => {
		world.platform.refuse(everything, refused('may-not-post'));
		world.models.script(half);
		const options = optionsFor({ tell: () => Promise.reject(refused('may-not-post')) });
		expect(await world.answer(options)).toBe('undelivered');
		expect(await world.stored(options.answerId)).toMatchObject({ finishReason: 'undelivered' });
	});

	it('says nothing to anybody where there is no place any more', async () => {
		world.platform.refuse(everything, refused('place-gone'));
		world.models.script(half);
		expect(await world.answer(optionsFor())).toBe('undelivered');
		expect([told, world.shown()]).toEqual([[], []]);
	});
});

describe('a turn whose text is refused', () => {
	it('in the middle is closed with what was shown, and says why there', async () => {
		world.platform.refuse(everything, refused('blocked-by-rules'), ({ text }) => text.includes('swearword'));
		const gate = Promise.withResolvers<void>();
		world.models.script([
			...saysWithoutEnd('Half of it is clean.\n\n'),
			gate.promise,
			...saysWithoutEnd('And a swearword, and more.\n\n'),
			forEver,
		]);
		const options = optionsFor();
		const { turn } = await begin(options);
		gate.resolve();
		await waitFor(world.clock, turn);
		expect(await turn).toBe('curtailed');
		expect(world.platform.visible()).toMatchObject([
			{ text: `Half of it is clean.\n\n${undelivered.restBlocked}`, buttons: ['retry'], isStreaming: false },
		]);
		expect(told).toEqual([]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'interrupted', finishReason: 'curtailed' });
	});

	it('at its end keeps all of it in the history', async () => {
		world.platform.refuse(everything, refused('blocked-by-rules'), ({ text }) => text.includes('swearword'));
		world.models.script(says('A clean beginning, long enough.', ' ', 'And a swearword.'));
		const options = optionsFor();
		expect(await world.answer(options)).toBe('undelivered');
		expect(world.platform.visible()).toMatchObject([{ text: undelivered.blocked, buttons: ['retry'] }]);
		expect(told).toEqual([]);
		expect(await world.stored(options.answerId)).toMatchObject({ content: 'A clean beginning, long enough. And a swearword.' });
	});
});

describe('a turn whose question is taken back', () => {
	const takeBack = ({ question }: TurnOptions) =>
		world.running.stop({ userId: person.userId, place: question.place, questionMessageId: question.messageId });
	const erase = async ({ question }: TurnOptions) => await world.store.eraseQuestion(person, question.place, question.messageId);

	it('in the middle of the answer leaves nothing of it, neither in the place nor in the history', async () => {
		world.models.script(half);
		const options = optionsFor();
		const { turn } = await begin(options);
		await erase(options);
		await takeBack(options);
		await waitFor(world.clock, turn);
		expect([world.shown(), told]).toEqual([[], []]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'deleted', content: '', finishReason: 'withdrawn' });
		expect(world.running.count()).toBe(0);
	});

	it('before its first word posts nothing', async () => {
		world.models.script([forEver]);
		const options = optionsFor();
		const turn = world.turns.answer(options, new AbortController().signal);
		await world.clock.advanceUntil(() => world.models.requests.length === 1, 60_000);
		await erase(options);
		await takeBack(options);
		await waitFor(world.clock, turn);
		expect(world.platform.messages).toEqual([]);
		expect(world.platform.activities.at(-1)).toBeNull();
	});

	it('before it begins asks no model and posts nothing', async () => {
		const options = optionsFor();
		await erase(options);
		await world.answer(options);
		expect([world.models.requests, world.platform.messages]).toEqual([[], []]);
	});

	it('while it is written down as begun posts nothing', async () => {
		world = openTurnWorld(opened.database, person, (store) => ({
			...store,
			async begin(...values) {
				const row = await store.begin(...values);
				await erase(options);
				await takeBack(options);
				return row;
			},
		}));
		const options = optionsFor();
		await world.answer(options);
		expect([world.models.requests, world.platform.messages]).toEqual([[], []]);
	});

	it('while its last words are on the way leaves nothing of them', async () => {
		const away = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		world.models.script(says('The whole answer, long enough to be shown.'));
		world.platform.refuse(['close-stream', 'edit'], away);
		const options = optionsFor();
		const turn = world.turns.answer(options, new AbortController().signal);
		await world.clock.advance(10_000);
		expect(world.shown()).toHaveLength(1);
		world.platform.allow();
		await erase(options);
		await takeBack(options);
		await waitFor(world.clock, turn);
		expect(world.shown()).toEqual([]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'deleted', content: '' });
	});

	it('while no process runs is taken away by the next one', async () => {
		world.models.script(half);
		const options = optionsFor();
		await dieDuring(world, options, world.platform, () => world.shown().length === 1);
		await erase(options);
		await world.answer({ ...options, attempt: 2 });
		expect(world.shown()).toEqual([]);
		expect(world.models.requests).toHaveLength(1);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'deleted', content: '' });
	});
});

describe('a turn whose question was removed with its conversation', () => {
	const rows = async () => await opened.database.queryAs(person, 'select id from conversations where channel_id = $1', [place.channelId]);
	let place: ReturnType<typeof newPlace>;
	beforeEach(() => {
		place = newPlace({ kind: 'direct' });
		world.models.script(half);
	});

	it('answers nothing and makes no conversation', async () => {
		const options = optionsFor({ question: questionIn(place, '0500', 'How are you?') });
		await world.store.dropQuestions(person, place, ['0500']);
		expect(await world.answer(options)).toBe('stopped');
		expect([world.shown(), await rows(), told]).toEqual([[], [], []]);
	});

	it('does the same where that happens just before it is written down', async () => {
		const options = optionsFor({ question: questionIn(place, '0500', 'How are you?') });
		const { begin: write } = world.store;
		world.store.begin = async (...asked) => {
			await world.store.dropQuestions(person, place, ['0500']);
			await opened.database.queryAs(person, 'delete from conversations where channel_id = $1', [place.channelId]);
			return await write(...asked);
		};
		expect(await world.answer(options)).toBe('stopped');
		expect([world.shown(), await rows(), told]).toEqual([[], [], []]);
	});
});
