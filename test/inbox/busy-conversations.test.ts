/** Which conversations something is being done in, asked of the database once for all. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/database/database.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { createBusyConversations } from '#src/inbox/busy-conversations.ts';
import { createInbox } from '#src/inbox/inbox.ts';
import { conversationKey } from '#src/platform/place.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { messageEvent } from './message-event.ts';

const place = (threadId: string) => ({ platform: 'web', tenantId: 'web', channelId: 'C', threadId });

describe.each(testDatabases())('a conversation is busy on $name', ({ open }) => {
	let store: TestDatabase;
	let nowMs = 0;
	let asked = 0;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		await store.database.query('delete from inbox');
		asked = 0;
	});

	function watch() {
		const query: Database['query'] = async (sql, parameters) => {
			asked += 1;
			return await store.database.query(sql, parameters);
		};
		return createBusyConversations({ database: { ...store.database, query }, clock: { now: () => nowMs } });
	}

	it('while what reached it waits, while it is done, and a moment longer', async () => {
		const inbox = createInbox({ database: store.database, processId: 'other', leaseMs: 15_000 });
		const busy = watch();
		const isBusy = async (threadId = '1') => {
			nowMs += 1_000;
			return await busy.has(conversationIdOf(place(threadId)));
		};
		expect(await isBusy()).toBe(false);
		await inbox.accept(messageEvent('a'), conversationKey(place('1')));
		expect(await isBusy()).toBe(true);
		expect(await isBusy('2')).toBe(false);
		await inbox.claim(1);
		expect(await isBusy()).toBe(true);
		await inbox.finish('a', 'answered');
		expect(await isBusy()).toBe(true);
		await store.database.query(`update inbox set finished_at = now() - interval '1 minute'`);
		expect(await isBusy()).toBe(false);
	});

	it('for a thousand who ask at once by one look', async () => {
		const busy = watch();
		const ids = Array.from({ length: 1_000 }, (_, number) => conversationIdOf(place(`${number}`)));
		expect((await Promise.all(ids.map((id) => busy.has(id)))).includes(true)).toBe(false);
		expect(asked).toBe(1);
		nowMs += 1_000;
		await Promise.all(ids.map((id) => busy.has(id)));
		expect(asked).toBe(2);
	});
});

it('is looked at again after the database was away', async () => {
	let isAway = true;
	const query = async () => {
		if (isAway) throw new Error('away');
		return [];
	};
	const busy = createBusyConversations({ database: { query, queryAsRegistrar: query }, clock: { now: () => 0 } });
	await expect(busy.has('a')).rejects.toThrow('away');
	isAway = false;
	expect(await busy.has('a')).toBe(false);
});
