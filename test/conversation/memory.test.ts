import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemories, type Memories, type MemoryRequest } from '#src/conversation/memory.ts';
import { type ConversationStore, createConversationStore } from '#src/conversation/store.ts';
import type { AnswerRow, Question } from '#src/conversation/stored.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import type { ThreadMessage } from '#src/platform/chat-platform.ts';
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

let opened: TestDatabase;
let store: ConversationStore;
let person: Person;
let memories: Memories;
let clock: ManualClock;
let platform: FakePlatform;
let place: Place;
let threadReads: { before: string; limit: number }[];

beforeAll(async () => {
	opened = await openServerDatabase();
	store = createConversationStore(opened.database);
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());
beforeEach(() => {
	clock = createManualClock();
	memories = createMemories({ store, clock });
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
		await store.editQuestion(person, place, '0510', 'Two?');
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

describe('what was said before the bot was called', () => {
	it('is read from the thread, up to the first question', async () => {
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory.earlierThread).toEqual([{ name: 'Luis', text: 'Who orders the chairs?' }]);
		expect(threadReads).toEqual([{ before: '0510', limit: 40 }]);
	});

	it('is read once in a quarter of an hour, and again when something in the conversation was taken back', async () => {
		await say(opened.database, person, questionIn(place, '0510', 'One?'), 'First.');
		await memories.read((await ask('0520', 'Two?')).request, signal);
		await memories.read((await ask('0530', 'Three?')).request, signal);
		expect(threadReads).toHaveLength(1);
		await store.eraseQuestion(person, place, '0505');
		await memories.read((await ask('0540', 'Four?')).request, signal);
		expect(threadReads).toHaveLength(2);
		await clock.advance(15 * 60_000 + 1);
		await memories.read((await ask('0550', 'Five?')).request, signal);
		expect(threadReads).toHaveLength(3);
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
		expect(memory.earlierThread).toEqual([]);
		expect(threadReads).toEqual([]);
	});

	it('is not asked for again when a summary holds it', async () => {
		const first = await say(opened.database, person, questionIn(place, '0510', 'One?'), 'First.');
		await summarise(first, 'All of it.');
		await memories.read((await ask('0520', 'Two?')).request, signal);
		expect(threadReads).toEqual([]);
	});

	it('is no reason not to answer when it cannot be read', async () => {
		platform.readThread = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		};
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory).toMatchObject({ summary: null, earlierThread: [], messages: [{ content: 'Bot?' }] });
	});
});

function withThread(messages: ThreadMessage[], readsThreads = true): FakePlatform {
	const fake = createFakePlatform({ ...roomyCapabilities, readsThreads });
	threadReads = [];
	fake.readThread = async (_place, range) => {
		threadReads.push(range);
		return messages;
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
	return { request: { asker: person, platform, place, answer, question: question.text } };
}

async function read({ request }: { request: MemoryRequest }) {
	return await memories.read(request, signal);
}

function contentsOf(memory: { messages: { content: string }[] }): string[] {
	return memory.messages.map(({ content }) => content);
}
