import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/database/database.ts';
import { readRecordedMessages } from '#src/delivery/reply-record.ts';
import { BotError } from '#src/errors.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type ModelStep, says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { dieDuring, openTurnWorld, type TurnWorld, waitFor } from './turn-fixture.ts';

const broken = new BotError('MODEL_UNAVAILABLE', 'no host', { retryable: true });
const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
const forEver = new Promise<never>(() => {});

let opened: TestDatabase;
let database: Database;
let person: Person;
let world: TurnWorld;

beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	database = opened.database;
	person = await newPerson(database);
});
afterAll(() => opened.close());
beforeEach(() => {
	world = openTurnWorld(database, person);
});

describe('a turn', () => {
	it('shows the answer with its buttons and stores it', async () => {
		world.models.script(says('Very ', 'well, thank you.'));
		const options = world.optionsFor();
		expect(await world.answer(options)).toBe('answered');
		expect(world.platform.visible()).toMatchObject([
			{ text: 'Very well, thank you.', buttons: ['feedback', 'feedback', 'retry'], replyId: options.answerId, isStreaming: false },
		]);
		expect(await world.stored(options.answerId)).toMatchObject({
			status: 'answered',
			content: 'Very well, thank you.',
			finishReason: 'answered',
			model: 'fake-model',
			outputTokens: 5,
			errorCode: null,
		});
		expect(world.ended).toEqual([{ ending: 'answered', code: null }]);
	});

	it('costs its person what the model counted, and nothing when no model was asked', async () => {
		world.models.script(says('Well.'));
		await world.answer(world.optionsFor());
		expect(world.limits.charged).toEqual([{ userId: person.userId, tokens: 15 }]);
		await world.answer(world.optionsFor({ sentence: 'No question.' }));
		expect(world.limits.charged).toHaveLength(1);
	});

	it('shows the sign of work first, and notes when people saw what', async () => {
		const gate = Promise.withResolvers<void>();
		world.models.script([gate.promise, ...says('Very well.')]);
		const options = world.optionsFor();
		const turn = world.turns.answer(options, new AbortController().signal);
		await world.clock.advanceUntil(() => world.models.requests.length === 1, 60_000);
		expect(world.platform.activities).toEqual([english.activity.thinking]);
		expect(world.shown()).toEqual([]);
		gate.resolve();
		await waitFor(world.clock, turn);
		expect(world.moments).toEqual(['sign', 'first-text', 'final-text']);
		const { signAt, firstTextAt, finalTextAt } = (await world.stored(options.answerId)) ?? {};
		const times = [signAt, firstTextAt, finalTextAt].map((time) => time?.getTime() ?? 0);
		expect(times[0]).toBeGreaterThan(0);
		expect(times).toEqual([...times].sort((left, right) => left - right));
	});

	it('asks the model for this person and conversation, with the question last', async () => {
		world.models.script(says('Fine.'));
		await world.answer(world.optionsFor());
		expect(world.models.requests).toMatchObject([{ userId: person.userId, priority: 'interactive' }]);
		expect(world.models.requests[0]?.messages.at(-1)).toEqual({ role: 'user', content: 'How are you?' });
	});

	it('remembers the conversation for the next turn, and gives it a title', async () => {
		const place = newPlace();
		world.models.script(says('Hello Ana.'), says('Chairs.'));
		await world.answer(world.optionsFor({ question: questionIn(place, '0500', 'Hello there.') }));
		await world.answer(world.optionsFor({ question: questionIn(place, '0510', 'What next?') }));
		expect(world.models.requests[1]?.messages.slice(1)).toEqual([
			{ role: 'user', content: expect.stringMatching(/^\{"from":"Ana",.*"text":"Hello there\."\}$/) },
			{ role: 'assistant', content: 'Hello Ana.' },
			{ role: 'user', content: expect.stringContaining('"asker":"Ana"') },
			{ role: 'user', content: 'What next?' },
		]);
		const [conversation] = await database.asUser(person, ({ query }) =>
			query('select title from conversations where channel_id = $1', [place.channelId]),
		);
		expect(conversation).toEqual({ title: 'Hello there.' });
	});

	it('sets a notice of the turn apart, before the one of its end', async () => {
		world.models.script([...saysWithoutEnd('Half an answer'), broken]);
		await world.answer(world.optionsFor({ notice: 'About your files.' }));
		expect(world.shown()).toEqual([`Half an answer\n\nAbout your files.\n\n${english.notice.interrupted}`]);
	});

	it.each<[string, ModelStep[], { status: string; errorCode: string | null; shown: string; buttons: string[] }]>([
		['failed', [broken], { status: 'failed', errorCode: 'MODEL_UNAVAILABLE', shown: english.failure.modelUnavailable, buttons: ['retry'] }],
		['failed', says(), { status: 'failed', errorCode: null, shown: english.failure.emptyAnswer, buttons: ['retry'] }],
		[
			'interrupted',
			[...saysWithoutEnd('Half'), broken],
			{ status: 'interrupted', errorCode: 'MODEL_UNAVAILABLE', shown: `Half\n\n${english.notice.interrupted}`, buttons: ['retry'] },
		],
	])('that %s says so, offers a retry and is stored as it ended', async (ending, steps, { status, errorCode, shown, buttons }) => {
		world.models.script(steps);
		const options = world.optionsFor();
		expect(await world.answer(options)).toBe(ending);
		expect(world.platform.visible()).toMatchObject([{ text: shown, buttons }]);
		expect(await world.stored(options.answerId)).toMatchObject({ status, errorCode, finishReason: ending });
		expect(world.ended[0]).toMatchObject({ ending });
	});

	it('says when a question is too long, and asks no model', async () => {
		const options = world.optionsFor({ question: questionIn(newPlace(), '0500', 'word '.repeat(10_000)) });
		expect(await world.answer(options)).toBe('told');
		expect(world.shown()[0]).toMatch(/50,000 characters.*about [\d,]+ of this kind at once/);
		expect(world.models.requests).toEqual([]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'refused' });
	});

	it('tells a sentence of ours without a model, a sign or a stream', async () => {
		const options = world.optionsFor({ sentence: 'Files come later.' });
		expect(await world.answer(options)).toBe('told');
		expect(world.platform.visible()).toMatchObject([{ text: 'Files come later.', buttons: [] }]);
		expect(world.platform.activities).toEqual([]);
		expect(world.platform.calls.map(({ operation }) => operation)).toEqual(['post']);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'refused', finishReason: 'told', content: 'Files come later.' });
	});
});

describe('a turn that its reader stops', () => {
	it.each([
		[
			'while the text grows',
			saysWithoutEnd('Half an answer, and rather long.'),
			`Half an answer, and rather long.\n\n${english.notice.stopped}`,
		],
		['before any text', [], english.notice.stopped],
	])('%s ends at once with what there is', async (_name, steps, shown) => {
		world.models.script([...steps, forEver]);
		const options = world.optionsFor();
		const turn = world.turns.answer(options, new AbortController().signal);
		await world.clock.advanceUntil(() => world.models.requests.length === 1, 60_000);
		await world.clock.advance(1_000);
		expect(await world.running.stop({ userId: person.userId, answerId: options.answerId })).toBe(1);
		await waitFor(world.clock, turn);
		expect(await turn).toBe('stopped');
		expect(world.platform.visible()).toMatchObject([{ text: shown, buttons: ['retry'] }]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'stopped', finishReason: 'stopped' });
		expect(world.running.count()).toBe(0);
	});
});

describe('a turn whose process died', () => {
	const half = [...saysWithoutEnd('Half of an answer that was never finished.'), forEver];

	it('while the model wrote is asked again, in the message that is there', async () => {
		world.models.script(half, says('The whole answer.'));
		const options = world.optionsFor();
		await dieDuring(world, options, world.platform, () => world.shown().length === 1);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'generating' });
		expect(await world.answer({ ...options, attempt: 2 })).toBe('answered');
		expect(world.platform.visible()).toMatchObject([{ text: 'The whole answer.', isStreaming: false }]);
		expect(world.platform.messages).toHaveLength(1);
		expect(world.platform.activities).toContain(english.activity.resuming);
	});

	it('after the whole text was stored shows it without asking the model', async () => {
		world.models.script(says('The whole answer.'));
		const options = world.optionsFor();
		await world.answer(options);
		await world.store.update(person, options.answerId, { status: 'delivering' });
		await world.platform.edit(
			{ place: options.question.place, messageId: '1000' },
			{ text: 'The wh', buttons: [] },
			AbortSignal.timeout(1_000),
		);
		expect(await world.answer({ ...options, attempt: 2 })).toBe('answered');
		expect(world.models.requests).toHaveLength(1);
		expect(world.platform.visible()).toMatchObject([{ text: 'The whole answer.', buttons: ['feedback', 'feedback', 'retry'] }]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'answered', content: 'The whole answer.' });
	});

	it.each(['stopped', 'interrupted', 'failed', 'cut'] as const)('at the end of one that was %s ends it so', async (ending) => {
		const options = world.optionsFor();
		await beginAnswer(options.question, options.answerId);
		await world.store.update(person, options.answerId, { status: 'delivering', content: 'What there was.', finishReason: ending });
		expect(await world.answer({ ...options, attempt: 2 })).toBe(ending);
		expect(world.models.requests).toEqual([]);
		expect(world.shown()[0]).toMatch(/^What there was\./);
		expect(await world.stored(options.answerId)).toMatchObject({ finishReason: ending });
	});

	it('after it was over is not shown or asked again', async () => {
		world.models.script(says('The whole answer.'));
		const options = world.optionsFor();
		await world.answer(options);
		const posts = world.platform.messages.length;
		expect(await world.answer({ ...options, attempt: 2 })).toBe('answered');
		expect(world.platform.messages).toHaveLength(posts);
		expect(world.models.requests).toHaveLength(1);
		await world.clock.advance(600_000);
		expect(world.platform.activities.at(-1)).toBeNull();
	});

	it('leaves no orphan when nobody knows whether its message was sent', async () => {
		world.models.script(half, says('The whole answer.'));
		const options = world.optionsFor();
		await dieDuring(world, options, world.platform, () => world.shown().length === 1);
		await database.query("update reply_parts set state = 'intended', message_id = null where reply_id = $1", [options.answerId]);
		await world.answer({ ...options, attempt: 2 });
		expect(world.platform.visible()).toMatchObject([{ text: 'The whole answer.', isStreaming: false }]);
	});

	it('is handed over without a word when it is told to go', async () => {
		world.models.script(half);
		const options = world.optionsFor();
		const process = new AbortController();
		const turn = world.turns.answer(options, process.signal);
		const end = turn.catch((error: BotError) => error.code);
		await world.clock.advanceUntil(() => world.shown().length === 1, 60_000);
		process.abort(new BotError('CANCELLED', 'handed over', { reason: 'handover' }));
		await waitFor(world.clock, turn);
		expect(await end).toBe('CANCELLED');
		expect(world.shown()[0]).not.toContain(english.notice.stopped);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'generating' });
		expect(world.running.count()).toBe(0);
	});
});

describe('a turn that is handed over while its first message is on the way', () => {
	it('waits until the message is there and written down', async () => {
		world.models.script([...saysWithoutEnd('Half of an answer that was never finished.'), forEver]);
		const options = world.optionsFor();
		const process = new AbortController();
		const arrived = Promise.withResolvers<void>();
		const { openStream } = world.platform;
		let isSent = false;
		world.platform.openStream = async (...values) => {
			isSent = true;
			await arrived.promise;
			return await openStream(...values);
		};
		let isOver = false;
		const turn = world.turns.answer(options, process.signal);
		turn.catch(() => {
			isOver = true;
		});
		await world.clock.advanceUntil(() => isSent, 60_000);
		process.abort();
		await world.clock.advance(1_000);
		expect(isOver).toBe(false);
		arrived.resolve();
		await waitFor(world.clock, turn);
		expect(await readRecordedMessages(database, options.answerId)).toMatchObject([{ reference: { messageId: '1000' } }]);
	});
});

describe('a conversation', () => {
	/** What was said, without the frames around it, between the instructions and who asks. */
	const asked = () => {
		const contents = world.models.requests.at(-1)?.messages.map(({ content }) => /"text":"(.*)"\}$/.exec(content)?.[1] ?? content) ?? [];
		return [...contents.slice(1, -2), ...contents.slice(-1)];
	};

	it('remembers an answer that another process brought to its end', async () => {
		const place = newPlace();
		world.models.script(says('First answer.'), says('Third answer.'));
		await world.answer(world.optionsFor({ question: questionIn(place, '0500', 'First question?') }));
		const second = world.optionsFor({ question: questionIn(place, '0510', 'Second question?') });
		await beginAnswer(second.question, second.answerId);
		await world.store.update(person, second.answerId, { status: 'delivering', content: 'Second answer.', finishReason: 'answered' });
		await world.answer({ ...second, attempt: 2 });
		await world.answer(world.optionsFor({ question: questionIn(place, '0520', 'Third question?') }));
		expect(asked()).toEqual(['First question?', 'First answer.', 'Second question?', 'Second answer.', 'Third question?']);
	});

	it('remembers what was said after a question that is asked again', async () => {
		const place = newPlace();
		world.models.script(says('First answer.'), says('Second answer.'), says('First answer, again.'), says('Third answer.'));
		const first = world.optionsFor({ question: questionIn(place, '0500', 'First question?') });
		await world.answer(first);
		await world.answer(world.optionsFor({ question: questionIn(place, '0510', 'Second question?') }));
		const retryOf = (await world.store.findAnswer(person, first.answerId)) ?? undefined;
		await world.answer(world.optionsFor({ question: first.question, ...(retryOf && { retryOf }) }));
		await world.answer(world.optionsFor({ question: questionIn(place, '0520', 'Third question?') }));
		expect(asked()).toEqual(expect.arrayContaining(['Second question?', 'Second answer.', 'First answer, again.', 'Third question?']));
	});
});

describe('a model that has nothing to show', () => {
	it.each([
		['gives only blanks', says(' ', '\n\n'), english.failure.emptyAnswer],
		['breaks off after blanks', [...saysWithoutEnd('\n\n'), broken], english.failure.modelUnavailable],
	])('and %s is told of in a sentence', async (_name, steps, sentence) => {
		world.models.script(steps);
		await world.answer(world.optionsFor());
		expect(world.shown()).toEqual([sentence]);
	});
});

describe('asking again', () => {
	it('uses the message of an answer that failed', async () => {
		world.models.script([broken], says('This time it works.'));
		const options = world.optionsFor();
		await world.answer(options);
		expect(await world.answer(await retryOf(options))).toBe('answered');
		expect(world.platform.messages).toHaveLength(1);
		expect(world.platform.visible()).toMatchObject([{ text: 'This time it works.', buttons: ['feedback', 'feedback', 'retry'] }]);
	});

	it('leaves an answer that was given, and gives another one below', async () => {
		world.models.script(says('First answer.'), says('Second answer.'));
		const options = world.optionsFor();
		await world.answer(options);
		expect(await world.answer(await retryOf(options))).toBe('answered');
		expect(world.shown()).toEqual(['First answer.', 'Second answer.']);
		expect(world.models.requests[1]?.messages.slice(2)).toEqual([{ role: 'user', content: 'How are you?' }]);
	});

	async function retryOf(options: ReturnType<TurnWorld['optionsFor']>) {
		const answer = await world.store.findAnswer(person, options.answerId);
		if (answer === null) throw new TypeError('nothing to ask again');
		return world.optionsFor({ question: options.question, retryOf: answer });
	}
});

describe('a turn while the database is away', () => {
	it('does not begin', async () => {
		world = openTurnWorld(database, person, (store) => ({ ...store, begin: () => Promise.reject(away) }));
		const turn = world.turns.answer(world.optionsFor(), new AbortController().signal);
		turn.catch(() => {});
		await waitFor(world.clock, turn);
		await expect(turn).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
		expect(world.shown()).toEqual([]);
		expect(world.models.requests).toEqual([]);
		const signs = world.platform.activities.length;
		await world.clock.advance(600_000);
		expect(world.platform.activities).toHaveLength(signs);
	});

	it('shows the whole text all the same, and stores it when the database is back', async () => {
		let failures = 4;
		world = openTurnWorld(database, person, (store) => ({
			...store,
			update: async (...values) => (failures-- > 0 ? Promise.reject(away) : await store.update(...values)),
		}));
		world.models.script(says('The whole answer.'));
		const options = world.optionsFor();
		expect(await world.answer(options)).toBe('answered');
		expect(world.shown()).toEqual(['The whole answer.']);
		expect(world.storeFailures).toEqual([away]);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'answered', content: 'The whole answer.' });
	});

	it('goes on trying to store the end, however long that takes', async () => {
		let tries = 0;
		world = openTurnWorld(database, person, (store) => ({
			...store,
			update: async (asker, id, facts) => (++tries <= 60 ? Promise.reject(away) : await store.update(asker, id, facts)),
		}));
		world.models.script(says('The whole answer.'));
		const options = world.optionsFor();
		expect(await world.answer(options)).toBe('answered');
		expect(tries).toBe(61);
		expect(await world.stored(options.answerId)).toMatchObject({ status: 'answered', content: 'The whole answer.' });
	});

	it('is handed over while it still tries', async () => {
		world = openTurnWorld(database, person, (store) => ({ ...store, update: () => Promise.reject(away) }));
		world.models.script(says('The whole answer.'));
		const process = new AbortController();
		const turn = world.turns.answer(world.optionsFor(), process.signal);
		const end = turn.catch((error: BotError) => error.code);
		await world.clock.advance(30_000);
		expect(world.shown()).toEqual(['The whole answer.']);
		process.abort();
		await waitFor(world.clock, turn);
		expect(await end).toBe('CANCELLED');
	});
});

async function beginAnswer(question: ReturnType<typeof questionIn>, answerId: string = randomUUID()): Promise<void> {
	const store = createConversationStore(database);
	await store.begin(person, await store.join(person, question.place), answerId, question);
}
