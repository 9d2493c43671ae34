/** Who may decide for a channel: the database says it, whatever the program does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelOrders, createChannelOrders } from '#src/administration/channel-orders.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { BackfillAnswer } from '#src/knowledge/ingest/backfills.ts';
import type { Place } from '#src/platform/place.ts';
import { newPlace } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createAdmin, createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('what is decided for a channel on $name', ({ open }) => {
	let opened: TestDatabase;
	let orders: ChannelOrders;
	let admin: Principal;
	let ana: Principal;
	let answer: BackfillAnswer;

	beforeAll(async () => {
		opened = await open();
		const { database } = opened;
		const backfills = { begin: async () => answer, stop: async () => true };
		orders = createChannelOrders({ database, store: createConversationStore(database), backfills });
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

	it('is, of its past, what administrators said, written down with how it went', async () => {
		const place = newPlace();
		const platform = createFakePlatform();
		const order = (asker: Principal, since: string | null = null) =>
			orders.readPast({ platform, asker, account: { tenantId: 'T', accountId: 'a' }, place, since }, new AbortController().signal);
		answer = 'begun';
		expect(await order(admin, '2026-01-31T00:00:00.000Z')).toBe('begun');
		answer = 'running';
		expect(await order(admin)).toBe('running');
		expect(await orders.stopReading(admin, place)).toBe(true);
		await expect(order(ana)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await expect(orders.stopReading(ana, place)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		const channel = `${place.platform}:${place.tenantId}:${place.channelId}`;
		const entries = await opened.database.queryAs(
			admin,
			`select outcome, details ->> 'backfill' as backfill from audit_log where details ->> 'channel' = '${channel}' order by sequence`,
		);
		expect(entries).toEqual([
			{ outcome: 'done', backfill: '2026-01-31T00:00:00.000Z' },
			{ outcome: 'refused', backfill: 'all' },
			{ outcome: 'done', backfill: 'stop' },
		]);
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
