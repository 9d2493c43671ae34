import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemories, type Memories, type Memory, type MemoryRequest } from '#src/conversation/memory.ts';
import { BotError } from '#src/errors.ts';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import type { AnswerRow, Question } from '#src/history/stored.ts';
import type { Person } from '#src/identity/person.ts';
import type { ThreadMessage, ThreadRange } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { newPerson, newPlace, questionIn, say } from './conversation-fixture.ts';

const { signal } = new AbortController();
const said: ThreadMessage = {
	messageId: '0501',
	author: 'person',
	authorName: 'Luis',
	writtenAt: '2026-11-29T08:00:00.000Z',
	text: 'Who orders the chairs?',
};

const alert = { kind: 'shown' as const, author: null, writtenAt: null, text: 'Only 2 % free' };

let opened: TestDatabase;
let store: ConversationStore;
let person: Person;
let memories: Memories;
let clock: ManualClock;
let platform: FakePlatform;
let place: Place;
let threadReads: ThreadRange[];
/** What the platform has after the first question. */
let since: ThreadMessage[];

beforeAll(async () => {
	opened = await openServerDatabase();
	store = createConversationStore(opened.database);
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());
beforeEach(() => {
	clock = createManualClock();
	memories = createMemories({ store, clock, pacers: () => ({ run: (_call, _signal, send) => send() }) });
	platform = withThread([said]);
	place = newPlace();
});

describe('the memory of a conversation', () => {
	it('is what was said, oldest first, with the question last', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		await say(opened.database, person, questionIn(place, '0510', 'Two?'), 'Second.');
		expect(contentsOf(await read(await ask('0520', 'Three?')))).toEqual(['One?', 'First.', 'Two?', 'Second.', 'Three?']);
	});

	it('has nothing of other conversations', async () => {
		await say(opened.database, person, questionIn(newPlace(), '0500', 'Elsewhere?'), 'There.');
		expect(contentsOf(await read(await ask('0500', 'Here?')))).toEqual(['Here?']);
	});

	it('leaves out answers that failed or are still being written', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'One?'));
		const failed = await say(opened.database, person, questionIn(place, '0510', 'Two?'));
		await store.update(person, failed.id, { status: 'failed', content: 'Something went wrong.' });
		expect(contentsOf(await read(await ask('0520', 'Three?')))).toEqual(['One?', 'Two?', 'Three?']);
	});

	it('is the newest sixty messages of a long talk', async () => {
		for (let turn = 0; turn < 40; turn++)
			await say(opened.database, person, questionIn(place, String(1_000 + turn), `q${turn}`), `a${turn}`);
		const contents = contentsOf(await read(await ask('2000', 'last')));
		expect(contents).toHaveLength(60);
		expect(contents.slice(-3)).toEqual(['q39', 'a39', 'last']);
	});

	it('says who said what, as they were called then', async () => {
		const luis = await newPerson(opened.database, { displayName: 'Luis' });
		await say(opened.database, luis, questionIn(place, '0500', 'One?'), 'First.');
		const { messages, isShared } = await read(await ask('0510', 'Two?'));
		expect(isShared).toBe(true);
		expect(messages.map(({ speaker }) => speaker)).toEqual([
			{ name: 'Ana', mark: luis.userId.slice(0, 4) },
			null,
			{ name: 'Ana', mark: person.userId.slice(0, 4) },
		]);
	});

	it('ends with the question also when that was taken back meanwhile', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		const asked = await ask('0510', 'Two?');
		await store.eraseQuestion(person, place, '0510');
		expect(contentsOf(await read(asked))).toEqual(['One?', 'First.', 'Two?']);
	});

	it('of a question that is asked again ends with that question, whatever was said since', async () => {
		const first = await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		const second = await ask('0510', 'Two?');
		await store.update(person, second.id, { status: 'answered', content: 'Second.' });
		const again = await store.beginAgain(person, first.conversationId, crypto.randomUUID(), first.questionId);
		expect(contentsOf(await read(requestFor(again, questionIn(place, '0500', 'One?'))))).toEqual(['One?']);
	});

	it('begins after what the summary holds', async () => {
		const first = await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		await say(opened.database, person, questionIn(place, '0510', 'Two?'), 'Second.');
		await summarise(first, 'They counted to one.');
		const memory = await memories.read((await ask('0520', 'Three?')).request, signal);
		expect(memory.summary).toBe('They counted to one.');
		expect(contentsOf(memory)).toEqual(['Two?', 'Second.', 'Three?']);
	});

	it('is empty again after a fresh start', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		await store.forgetChannel(person, { ...place, threadId: '' });
		expect(contentsOf(await read(await ask('0510', 'Two?')))).toEqual(['Two?']);
	});

	it('has the new text of a message that was edited, and nothing of one that was taken back or of its answer', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'Secret?'), 'First.');
		await say(opened.database, person, questionIn(place, '0510', 'Tow?'), 'Second.');
		await store.eraseQuestion(person, place, '0500');
		await store.editQuestion(person, place, '0510', { text: 'Two?' });
		expect(contentsOf(await read(await ask('0520', 'Three?')))).toEqual(['Two?', 'Second.', 'Three?']);
	});
});

describe('in a group chat, whoever comes later', () => {
	beforeEach(() => {
		place = newPlace({ kind: 'group', threadId: '' });
	});

	it('is told of what was said since they spoke, and nothing from before', async () => {
		const luis = await newPerson(opened.database);
		await say(opened.database, luis, questionIn(place, '0500', 'Secret?'), 'The secret answer.');
		expect(contentsOf(await read(await ask('0510', 'One?')))).toEqual(['One?']);
		await say(opened.database, luis, questionIn(place, '0520', 'Two?'), 'Second.');
		expect(contentsOf(await read(await ask('0530', 'Three?')))).toEqual(['One?', 'Two?', 'Second.', 'Three?']);
	});

	it('reads no more than that by any other statement, and no title and no summary', async () => {
		const luis = await newPerson(opened.database);
		const first = await say(opened.database, luis, questionIn(place, '0500', 'Secret?'), 'The secret answer.');
		await say(opened.database, person, questionIn(place, '0510', 'One?'));
		await summarise(first, 'The secret.');
		const seen = `select content from messages where conversation_id = $1 and content <> '' union all
			select title from conversations where id = $1 and title is not null union all
			select summary from conversations where id = $1 and summary is not null`;
		const rows = await opened.database.asUser(person, ({ query }) => query(seen, [first.conversationId]));
		expect(rows).toEqual([{ content: 'One?' }]);
		const change = opened.database.asUser(person, ({ query }) =>
			query(`update messages set content = 'changed' where id = $1 returning id`, [first.questionId]),
		);
		expect(await change).toEqual([]);
	});

	it('sees an answer that the platform has shown them, and what followed', async () => {
		const luis = await newPerson(opened.database);
		await say(opened.database, luis, questionIn(place, '0500', 'Secret?'), 'The secret answer.');
		const shown = await say(opened.database, luis, questionIn(place, '0510', 'Shown?'), 'Shown.');
		await store.join(person, place, shown.id);
		expect(contentsOf(await read(await ask('0520', 'Three?')))).toEqual(['Shown?', 'Shown.', 'Three?']);
		const elsewhere = await say(opened.database, luis, questionIn(newPlace({ kind: 'group' }), '0100'), 'Elsewhere.');
		const later = await newPerson(opened.database);
		const conversationId = await store.join(later, place, elsewhere.id);
		expect((await store.readMemory(later, conversationId, Number.MAX_SAFE_INTEGER, 60)).messages).toEqual([]);
	});
});

it('everybody in a channel is told of all that was said there, as the platform shows it', async () => {
	const luis = await newPerson(opened.database);
	await say(opened.database, luis, questionIn(place, '0500', 'One?'), 'First.');
	expect(contentsOf(await read(await ask('0510', 'Two?')))).toEqual(['One?', 'First.', 'Two?']);
});

describe('what was said in the thread, but not to the bot', () => {
	it('is read up to the first question', async () => {
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory.overheard).toEqual([
			expect.objectContaining({ name: 'Luis', text: 'Who orders the chairs?', saidAt: new Date(said.writtenAt) }),
		]);
		expect(threadReads).toEqual([{ before: '0510', limit: 40 }]);
	});

	it('is read again at each question, and stands before the question that followed it', async () => {
		const first = await say(opened.database, person, questionIn(place, '0510', 'One?'), 'First.');
		const second = await say(opened.database, person, questionIn(place, '0540', 'Two?'), 'Second.');
		since = [
			{ ...said, messageId: '0515', author: 'self', text: 'First.' },
			{ ...said, messageId: '0520', authorName: 'Bea', text: 'Which day suits you?' },
			{ ...said, messageId: '0540', text: 'Two?' },
			{ ...said, messageId: '0550', authorName: 'Alertmanager', author: 'app', text: '', cited: [{ ...alert }] },
			{ ...said, messageId: '0560', text: '' },
		];
		const third = await ask('0570', 'Three?');
		const { overheard } = await memories.read(third.request, signal);
		expect(overheard.map(({ name, text, cited, before }) => [name, text || cited[0]?.text, before])).toEqual([
			['Luis', 'Who orders the chairs?', first.questionSequence],
			['Bea', 'Which day suits you?', second.questionSequence],
			['Alertmanager', 'Only 2 % free', third.questionSequence],
		]);
		expect(threadReads).toContainEqual({ after: '0510', before: '0570', limit: 40 });
	});

	it('from before the first question is read once in a quarter of an hour, and again when something was taken back', async () => {
		await say(opened.database, person, questionIn(place, '0510', 'One?'), 'First.');
		const beginnings = () => threadReads.filter(({ after }) => after === undefined).length;
		await memories.read((await ask('0520', 'Two?')).request, signal);
		await memories.read((await ask('0530', 'Three?')).request, signal);
		expect(beginnings()).toBe(1);
		await store.eraseQuestion(person, place, '0505');
		await memories.read((await ask('0540', 'Four?')).request, signal);
		expect(beginnings()).toBe(2);
		await clock.advance(15 * 60_000 + 1);
		await memories.read((await ask('0550', 'Five?')).request, signal);
		expect(beginnings()).toBe(3);
	});

	it('is known to be cut when there is as much of it as is asked for', async () => {
		platform = withThread(Array.from({ length: 40 }, () => said));
		expect(await memories.read((await ask('0510', 'Bot?')).request, signal)).toMatchObject({ isThreadCut: true });
		platform = withThread([said]);
		place = newPlace();
		expect(await memories.read((await ask('0510', 'Bot?')).request, signal)).toMatchObject({ isThreadCut: false });
	});

	it.each<[string, () => void, string]>([
		['the question began the thread', () => {}, '0500'],
		['it is a private conversation', () => (place = newPlace({ kind: 'direct' })), '0510'],
		['the platform cannot read threads', () => (platform = withThread([said], false)), '0510'],
	])('is not asked for when %s', async (_name, arrange, messageId) => {
		arrange();
		const memory = await memories.read((await ask(messageId, 'Bot?')).request, signal);
		expect(memory.overheard).toEqual([]);
		expect(threadReads).toEqual([]);
	});

	it('is read from the first remembered question on where a summary or a fresh start stands before it', async () => {
		const first = await say(opened.database, person, questionIn(place, '0510', 'One?'), 'First.');
		await summarise(first, 'All of it.');
		await say(opened.database, person, questionIn(place, '0520', 'Two?'), 'Second.');
		await memories.read((await ask('0530', 'Three?')).request, signal);
		expect(threadReads).toEqual([{ after: '0520', before: '0530', limit: 40 }]);
		await store.forgetChannel(person, { ...place, threadId: '' });
		await memories.read((await ask('0540', 'Four?')).request, signal);
		expect(threadReads).toHaveLength(1);
		await memories.read((await ask('0550', 'Five?')).request, signal);
		expect(threadReads.at(-1)).toEqual({ after: '0540', before: '0550', limit: 40 });
	});

	it('is not waited for longer than two seconds', async () => {
		const called = Promise.withResolvers<void>();
		platform.readThread = async (_place, _range, inTime) => {
			called.resolve();
			return await new Promise((_resolve, reject) => inTime.addEventListener('abort', () => reject(new BotError('CANCELLED', 'late'))));
		};
		const reading = memories.read((await ask('0510', 'Bot?')).request, signal);
		await called.promise;
		await clock.advance(2_000);
		expect(await reading).toMatchObject({ overheard: [], isThreadCut: true });
	});

	it('is no reason not to answer when it cannot be read, but the model is told that something is missing', async () => {
		platform.readThread = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		};
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory).toMatchObject({ summary: null, overheard: [], isThreadCut: true, messages: [{ content: 'Bot?' }] });
	});
});

describe('words of others in a question', () => {
	it('are not told again as something that was said in the thread', async () => {
		const answered = { kind: 'quoted' as const, author: 'Luis', writtenAt: said.writtenAt, text: said.text };
		const question = { ...questionIn(place, '0510', 'who?'), cited: [answered] };
		const answer = await say(opened.database, person, question);
		platform = withThread([said, { ...said, messageId: '0502', text: 'And the tables?' }]);
		const { overheard } = await read(requestFor(answer, question));
		expect(overheard.map(({ text }) => text)).toEqual(['And the tables?']);
	});

	it('are remembered with it, replaced when it is edited, and gone when it is taken back', async () => {
		const question = { ...questionIn(place, '0510', ''), cited: [alert] };
		await say(opened.database, person, question, 'First.');
		const citedNow = async (messageId: string) => {
			const { messages } = await memories.read((await ask(messageId, 'And?')).request, signal);
			return messages[0]?.cited.map(({ text }) => text);
		};
		expect(await citedNow('0520')).toEqual(['Only 2 % free']);
		await store.editQuestion(person, place, '0510', { text: 'this', cited: [{ ...alert, text: 'Disk is full' }] });
		expect(await citedNow('0530')).toEqual(['Disk is full']);
		await store.eraseQuestion(person, place, '0510');
		const [row] = await opened.database.asUser(person, ({ query }) =>
			query<{ cited: unknown }>(
				"select cited from messages where platform_message_id = '0510' and status = 'deleted' order by sequence desc limit 1",
			),
		);
		expect(row?.cited).toEqual([]);
	});
});

function withThread(messages: ThreadMessage[], readsThreads = true): FakePlatform {
	const fake = createFakePlatform({ ...roomyCapabilities, readsThreads });
	threadReads = [];
	since = [];
	fake.readThread = async (_place, range) => {
		threadReads.push(range);
		return range.after === undefined ? messages : since;
	};
	return fake;
}

async function summarise(answer: AnswerRow, summary: string): Promise<void> {
	const { version } = await store.readMemory(person, answer.conversationId, answer.sequence, 1);
	await store.saveSummary(person, answer.conversationId, summary, { through: answer.sequence, version });
}

async function ask(messageId: string, text: string) {
	const question = questionIn(place, messageId, text);
	const answer = await say(opened.database, person, question);
	return { ...answer, request: requestFor(answer, question).request };
}

function requestFor(answer: AnswerRow, question: Question): { request: MemoryRequest } {
	return { request: { asker: person, platform, place, answer, question: { ...question, askedAt: question.receivedAt } } };
}

async function read({ request }: { request: MemoryRequest }) {
	return await memories.read(request, signal);
}

function contentsOf(memory: Pick<Memory, 'messages'>): string[] {
	return memory.messages.map(({ content }) => content);
}
