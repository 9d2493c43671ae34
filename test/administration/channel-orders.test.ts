/** Who may decide for a channel: the database says it, whatever the program does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelOrders, createChannelOrders } from '#src/administration/channel-orders.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { Place } from '#src/platform/place.ts';
import { newPlace } from '#test/conversation/conversation-fixture.ts';
import { createAdmin, createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('what is decided for a channel on $name', ({ open }) => {
	let opened: TestDatabase;
	let orders: ChannelOrders;
	let admin: Principal;
	let ana: Principal;

	beforeAll(async () => {
		opened = await open();
		const { database } = opened;
		orders = createChannelOrders({ database, store: createConversationStore(database) });
		admin = await createAdmin(database);
		ana = await createUser(database);
	});
	afterAll(() => opened.close());

	async function decided(place: Place): Promise<unknown> {
		const [row] = await opened.database.queryAsLibrarian('select ingest, knowledge from channels where id = $1', [channelIdOf(place)]);
		return row;
	}

	it('is what administrators said, written down, until they take it back', async () => {
		const place = newPlace();
		expect(await orders.decide(admin, place, { ingest: 'off' })).toBe(true);
		expect(await orders.decide(admin, place, { knowledge: 'only' })).toBe(true);
		expect(await decided(place)).toEqual({ ingest: 'off', knowledge: 'only' });
		await orders.decide(admin, place, { ingest: null });
		expect(await decided(place)).toEqual({ ingest: null, knowledge: 'only' });
		const entries = await opened.database.queryAs<{ details: object }>(admin, `select details from audit_log where action = 'channel'`);
		const channel = `${place.platform}:${place.tenantId}:${place.channelId}`;
		expect(entries.map(({ details }) => details)).toEqual([
			{ channel, ingest: 'off' },
			{ channel, knowledge: 'only' },
			{ channel, ingest: null },
		]);
	});

	it.each(['channel', 'group'] as const)('is in a %s nothing that others say who are there', async (kind) => {
		const place: Place = { ...newPlace(), kind };
		expect(await orders.decide(ana, place, { ingest: 'off' })).toBe(false);
		expect(await decided(place)).toEqual({ ingest: null, knowledge: null });
	});

	it('is in a personal chat what its person says, and nobody else', async () => {
		const place: Place = { ...newPlace(), kind: 'direct' };
		expect(await orders.decide(ana, place, { knowledge: 'off' })).toBe(true);
		expect(await decided(place)).toEqual({ ingest: null, knowledge: 'off' });
		const change = (as: Principal) =>
			opened.database.queryAs(as, `update channels set knowledge = 'only' where id = $1 returning id`, [channelIdOf(place)]);
		expect(await change(admin)).toEqual([]);
		expect(await change(await createUser(opened.database))).toEqual([]);
	});
});
