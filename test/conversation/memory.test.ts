import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createMemories, type Memories, type MemoryRequest } from '#src/conversation/memory.ts';
import { type ConversationStore, createConversationStore } from '#src/conversation/store.ts';
import type { AnswerRow, Question } from '#src/conversation/stored.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import type { ThreadMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { newPerson, newPlace, questionIn, say } from './conversation-fixture.ts';

const { signal } = new AbortController();
const said: ThreadMessage = { messageId: '0501', author: 'person', authorName: 'Luis', text: 'Who orders the chairs?' };

let opened: TestDatabase;
let store: ConversationStore;
let person: Person;
let cache: Cache;
let memories: Memories;
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
	cache = createMemoryCache();
	memories = createMemories({ store, cache });
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

	it('comes from the cache when it is there', async () => {
		const first = await ask('0500', 'One?');
		await memories.keep(first, await memories.read(first.request, signal), 'Kept in the cache alone.');
		expect(contentsOf(await read(await ask('0510', 'Two?')))).toEqual(['One?', 'Kept in the cache alone.', 'Two?']);
		expect(platform.calls).toEqual([]);
	});

	it('goes on growing in the cache, up to sixty messages', async () => {
		for (let turn = 0; turn < 40; turn++) {
			const asked = await ask(String(1_000 + turn), `q${turn}`);
			await memories.keep(asked, await memories.read(asked.request, signal), `a${turn}`);
		}
		const contents = contentsOf(await read(await ask('2000', 'last')));
		expect(contents).toHaveLength(61);
		expect(contents.slice(-3)).toEqual(['q39', 'a39', 'last']);
	});

	it('is read again from the database after it was forgotten', async () => {
		const first = await ask('0500', 'One?');
		await memories.keep(first, await memories.read(first.request, signal), 'Not in the database.');
		await memories.forget(first.conversationId);
		expect(contentsOf(await read(await ask('0510', 'Two?')))).toEqual(['One?', 'Two?']);
	});

	it('of a question that is asked again ends with that question, whatever was said since', async () => {
		const first = await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		const second = await ask('0510', 'Two?');
		await memories.keep(second, await memories.read(second.request, signal), 'Second.');
		const again = await store.beginAgain(person, first.conversationId, crypto.randomUUID(), first.questionId);
		expect(contentsOf(await read(requestFor(again, questionIn(place, '0500', 'One?'), true)))).toEqual(['One?']);
	});

	it('begins after what the summary holds', async () => {
		const first = await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		await say(opened.database, person, questionIn(place, '0510', 'Two?'), 'Second.');
		await store.saveSummary(person, first.conversationId, 'They counted to one.', first.sequence);
		const memory = await memories.read((await ask('0520', 'Three?')).request, signal);
		expect(memory.summary).toBe('They counted to one.');
		expect(contentsOf(memory)).toEqual(['Two?', 'Second.', 'Three?']);
	});

	it('is not brought back by an answer that was being written when it was forgotten', async () => {
		const asked = await ask('0500', 'One?');
		const memory = await memories.read(asked.request, signal);
		await memories.forget(asked.conversationId);
		await memories.keep(asked, memory, 'Not in the database.');
		expect(contentsOf(await read(await ask('0510', 'Two?')))).not.toContain('Not in the database.');
	});

	it('is empty again after a fresh start', async () => {
		await say(opened.database, person, questionIn(place, '0500', 'One?'), 'First.');
		for (const id of await store.forgetChannel(person, { ...place, threadId: '' })) await memories.forget(id);
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

describe('what was said before the bot was called', () => {
	it('is read from the thread, up to the first question', async () => {
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory.earlierThread).toEqual([{ name: 'Luis', text: 'Who orders the chairs?' }]);
		expect(threadReads).toEqual([{ before: '0510', limit: 40 }]);
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
		await store.saveSummary(person, first.conversationId, 'All of it.', first.sequence);
		await memories.read((await ask('0520', 'Two?')).request, signal);
		expect(threadReads).toEqual([]);
	});

	it('is no reason not to answer when it cannot be read', async () => {
		platform.readThread = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		};
		const memory = await memories.read((await ask('0510', 'Bot?')).request, signal);
		expect(memory).toEqual({ summary: null, earlierThread: [], messages: [expect.objectContaining({ content: 'Bot?' })] });
	});
});

function withThread(messages: ThreadMessage[], readsThreads = true): FakePlatform {
	const fake = createFakePlatform({ ...roomyCapabilities, readsThreads });
	threadReads = [];
	fake.readThread = async (_place, before, limit) => {
		threadReads.push({ before, limit });
		return messages;
	};
	return fake;
}

async function ask(messageId: string, text: string) {
	const question = questionIn(place, messageId, text);
	const answer = await say(opened.database, person, question);
	return { ...answer, request: requestFor(answer, question, false).request };
}

function requestFor(answer: AnswerRow, question: Question, isRetry: boolean): { request: MemoryRequest } {
	const asked = { question: question.text, questionMessageId: question.messageId };
	return { request: { asker: person, platform, place, answer, ...asked, isRetry } };
}

async function read({ request }: { request: MemoryRequest }) {
	return await memories.read(request, signal);
}

function contentsOf(memory: { messages: { content: string }[] }): string[] {
	return memory.messages.map(({ content }) => content);
}
