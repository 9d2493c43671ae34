/** Several processes on one server, at the same time: an event has one holder, and a conversation one event at a time. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#src/database/database.ts';
import { type ClaimedEvent, createInbox, type Inbox } from '#src/inbox/inbox.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { messageEvent } from './message-event.ts';

const processCount = 4;
const conversationCount = 15;
const eventsPerConversation = 12;

let store: TestDatabase;
let others: Database[];
let inboxes: Inbox[];

beforeAll(async () => {
	store = await openServerDatabase();
	others = await Promise.all(Array.from({ length: processCount - 1 }, () => openDatabase(store.settings)));
	inboxes = [store.database, ...others].map((database, index) => createInbox({ database, processId: `process ${index}`, leaseMs: 15_000 }));
});
afterAll(async () => {
	await Promise.all(others.map((database) => database.close()));
	await store.close();
});
beforeEach(async () => {
	await store.database.query('delete from inbox');
});

/** What all processes together hold and have done, as the tests see it. */
function createRecord() {
	const heldConversations = new Set<string>();
	const handled: string[] = [];
	const violations: string[] = [];
	return {
		handled,
		violations,
		begin({ key, conversationKey }: ClaimedEvent) {
			if (handled.includes(key)) violations.push(`${key} twice`);
			if (conversationKey !== null && heldConversations.has(conversationKey)) violations.push(`${key} beside another of its conversation`);
			if (conversationKey !== null) heldConversations.add(conversationKey);
			handled.push(key);
		},
		end({ conversationKey }: ClaimedEvent) {
			if (conversationKey !== null) heldConversations.delete(conversationKey);
		},
	};
}

/** Claims and finishes until everything is handled, several claims at a time. */
async function workAlong(inbox: Inbox, record: ReturnType<typeof createRecord>, total: number): Promise<void> {
	while (record.handled.length < total) {
		const claimed = (await Promise.all([inbox.claim(3), inbox.claim(3)])).flat();
		for (const event of claimed) record.begin(event);
		await Promise.all(
			claimed.map(async (event) => {
				await inbox.renew([event.key]);
				record.end(event);
				await inbox.finish(event.key, 'answered');
			}),
		);
	}
}

test('many processes handle every event once, and each conversation in order', async () => {
	const total = conversationCount * eventsPerConversation;
	for (let turn = 0; turn < eventsPerConversation; turn++) {
		const accepted = Array.from({ length: conversationCount }, (_, conversation) => {
			const inbox = inboxes[(turn + conversation) % processCount] as Inbox;
			return inbox.accept(messageEvent(`${conversation}/${turn}`), `c${conversation}`);
		});
		await Promise.all(accepted);
	}
	const record = createRecord();
	await Promise.all(inboxes.map((inbox) => workAlong(inbox, record, total)));

	expect(record.violations).toEqual([]);
	expect(record.handled).toHaveLength(total);
	for (let conversation = 0; conversation < conversationCount; conversation++) {
		const turns = record.handled.filter((key) => key.startsWith(`${conversation}/`)).map((key) => Number(key.split('/')[1]));
		expect(turns).toEqual(Array.from({ length: eventsPerConversation }, (_, turn) => turn));
	}
});

test('events that arrive while others are handled keep to one at a time', async () => {
	const total = 150;
	const record = createRecord();
	const arriving = Promise.all(
		Array.from({ length: total }, (_, index) =>
			(inboxes[index % processCount] as Inbox).accept(messageEvent(`e${index}`), `c${index % 3}`),
		),
	);
	await Promise.all([arriving, ...inboxes.map((inbox) => workAlong(inbox, record, total))]);
	expect(record.violations).toEqual([]);
	expect(new Set(record.handled).size).toBe(total);
});

test('an event delivered to several processes at once is new to one of them', async () => {
	for (let round = 0; round < 20; round++) {
		const answers = await Promise.all(inboxes.map((inbox) => inbox.accept(messageEvent(`r${round}`), 'c')));
		expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
	}
});

test('a lease that ran out is taken over by one process only', async () => {
	const [first] = inboxes;
	for (let index = 0; index < 30; index++) await first?.accept(messageEvent(`e${index}`), `c${index}`);
	expect(await first?.claim(30)).toHaveLength(30);
	await store.database.query(`update inbox set lease_until = now() - interval '1 ms'`);
	const takenOver = (await Promise.all([...inboxes, ...inboxes].map((inbox) => inbox.claim(30)))).flat();
	expect(takenOver.map((event) => event.key).sort()).toEqual(Array.from({ length: 30 }, (_, index) => `e${index}`).sort());
	expect(takenOver.every((event) => event.attempts === 2)).toBe(true);
});
