/** What is read to be summed up: under the rights of now, with links, bounded; where the bot sees nothing, what was said to it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecapReading, type RecapAsking } from '#src/conversation/recap.ts';
import { BotError } from '#src/errors.ts';
import { createSaidThere } from '#src/history/said-there.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import type { ThreadMessage, ThreadRange } from '#src/platform/chat-platform.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeMembers } from '#test/fakes/members.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { newPerson, newPlace, questionIn, say } from './conversation-fixture.ts';

const { signal } = new AbortController();
const now = Date.parse('2026-12-01T12:00:00Z');
const account = { tenantId: 'T', accountId: 'ana' };

/** One a minute, the last of them a minute ago. */
function messagesOf(count: number): ThreadMessage[] {
	return Array.from({ length: count }, (_, index) => ({
		messageId: String(index),
		author: index % 3 === 2 ? 'self' : 'person',
		authorName: 'Luis',
		text: `message ${index}`,
		writtenAt: new Date(now - (count - index) * 60_000).toISOString(),
	}));
}

let opened: TestDatabase;
let ana: Person;
beforeAll(async () => {
	opened = await openServerDatabase();
	ana = await newPerson(opened.database);
});
afterAll(() => opened.close());

function openReading(said: readonly ThreadMessage[], { others = true, capabilities = roomyCapabilities } = {}) {
	const ranges: ThreadRange[] = [];
	const platform = {
		...createFakePlatform(capabilities),
		readThread: async (_place: unknown, range: ThreadRange) => {
			ranges.push(range);
			return said.slice(-range.limit);
		},
	};
	const reading = createRecapReading({
		memberships: createFakeMembers({ others }),
		pacers: unpaced,
		said: createSaidThere(opened.database),
		timeZone: 'UTC',
		clock: { now: () => now },
	});
	const place = newPlace({ threadId: '' });
	const read = async (given: Partial<RecapAsking> = {}) =>
		await reading.read(
			{ person: ana, account, platform, words: english, place, since: null, isCommand: (text) => text === 'catchup', ...given },
			signal,
		);
	return { read, ranges, platform, place };
}

describe('where the bot sees what people say', () => {
	it('it is what they said since then, without the bot, each with its link', async () => {
		const { read, place } = openReading(messagesOf(6));
		const found = await read({ since: new Date(now - 3.5 * 60_000) });
		expect(found).toMatchObject({
			isCut: false,
			newest: { place, messageId: '4' },
			messages: [3, 4].map((number) => ({
				url: `https://chat.example.com/${number}`,
				excerpt: `message ${number}`,
				told: { said_by: 'Luis', at: `2026-12-01 11:5${number + 4}`, text: `message ${number}` },
			})),
		});
	});

	it('it is a hundred of 5,000 messages, and it is said that there are more', async () => {
		const { read, ranges } = openReading(messagesOf(5_000));
		const found = await read({ since: new Date(now - 24 * 3_600_000) });
		expect(found).toMatchObject({ isCut: true });
		expect(ranges).toEqual([{ limit: 100 }]);
		// As many, but all that was said since.
		expect(await read({ since: new Date(now - 60 * 60_000) })).toMatchObject({ isCut: false });
	});

	it('it is nothing for whoever is not there now, and nothing is asked of the platform', async () => {
		const { read, ranges } = openReading(messagesOf(3), { others: false });
		expect(await read()).toBe('not-there');
		expect(ranges).toEqual([]);
	});

	it('what only orders the bot about is nothing that anybody missed', async () => {
		const [message] = messagesOf(1) as [ThreadMessage];
		expect(await openReading([{ ...message, text: 'catchup' }]).read()).toBe('nothing');
	});

	it('it is nothing where nothing was said since, or only by the bot', async () => {
		expect(await openReading(messagesOf(5)).read({ since: new Date(now) })).toBe('nothing');
		expect(await openReading(messagesOf(3).slice(2)).read()).toBe('nothing');
	});

	it('a platform that refuses is no failure', async () => {
		const { read, platform } = openReading([]);
		platform.readThread = async () => {
			throw new BotError('PLATFORM_REJECTED', 'not in the channel', { reason: 'not_in_channel' });
		};
		expect(await read()).toBe('unreadable');
	});
});

describe('where the bot sees only what is said to it', () => {
	const capabilities = { ...roomyCapabilities, readsThreads: false };

	it('it is what the asker and the bot said there, and nothing of what others did', async () => {
		const luis = await newPerson(opened.database);
		const { read, place } = openReading([], { capabilities });
		await say(opened.database, ana, questionIn({ ...place, threadId: '0500' }, '0500', 'When is the fair?'), 'In May.');
		await say(opened.database, luis, questionIn({ ...place, threadId: '0600' }, '0600', 'What does Ana earn?'), 'Much.');
		const found = await read();
		expect(found).toMatchObject({ messages: [{ excerpt: 'When is the fair?' }, { excerpt: 'In May.' }] });
		// An answer is found below its question.
		expect(found).toMatchObject({ newest: { place: { threadId: '0500' }, messageId: '0500' } });
	});

	it('it is nothing of what was forgotten or taken back', async () => {
		const { read, place } = openReading([], { capabilities });
		const thread = { ...place, threadId: '0500' };
		await say(opened.database, ana, questionIn(thread, '0500', 'Secret?'), 'Very.');
		await createConversationStore(opened.database).forgetChannel(ana, place);
		expect(await read()).toBe('nothing');
		await say(opened.database, ana, questionIn(thread, '0501', 'And this?'));
		expect(await read()).toMatchObject({ messages: [{ excerpt: 'And this?' }] });
		await createConversationStore(opened.database).eraseQuestion(ana, thread, '0501');
		expect(await read()).toBe('nothing');
	});
});
