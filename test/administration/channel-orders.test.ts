/** Who may decide for a channel: the database says it, whatever the program does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelOrders, createChannelOrders } from '#src/administration/channel-orders.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { BackfillAnswer } from '#src/knowledge/ingest/backfills.ts';
import type { Place } from '#src/platform/place.ts';
import { standardRules } from '#src/rules/place-rules.ts';
import { createRuleBook, type RuleBook } from '#src/rules/rule-book.ts';
import { newPlace } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createAdmin, createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

describe.each(testDatabases())('what is decided for a channel on $name', ({ open }) => {
	let opened: TestDatabase;
	let orders: ChannelOrders;
	let admin: Principal;
	let ana: Principal;
	let answer: BackfillAnswer;
	let book: RuleBook;

	beforeAll(async () => {
		opened = await open();
		const { database } = opened;
		book = createRuleBook({ database, signals: createMemoryCache(), clock: createManualClock() });
		const backfills = { begin: async () => answer, stop: async () => true };
		orders = createChannelOrders({ database, store: createConversationStore(database), backfills, rules: book });
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

	it('is a rule of the channel, or of its tenant where the channel has none, and heard of at once', async () => {
		const place: Place = { ...newPlace(), tenantId: 'ruled' };
		expect(await book.of(place)).toEqual(standardRules);
		const quiet = { from: 1_320, to: 420, zone: 'Europe/Madrid' };
		expect(await orders.decide(admin, place, { rule: 'quiet', value: quiet, everywhere: true })).toBe(true);
		expect(await orders.decide(admin, place, { rule: 'mode', value: 'mention', everywhere: false })).toBe(true);
		expect(await book.of(place)).toEqual({ ...standardRules, mode: 'mention', quiet });
		expect(await book.of({ ...newPlace(), tenantId: 'ruled' })).toEqual({ ...standardRules, quiet });
		expect(await book.of({ ...newPlace(), tenantId: 'other' })).toEqual(standardRules);
		await orders.decide(admin, place, { rule: 'quiet', value: null, everywhere: false });
		expect(await book.of(place)).toEqual({ ...standardRules, mode: 'mention' });
		await orders.decide(admin, place, { rule: 'mode', everywhere: false });
		expect(await book.own(place)).toEqual({ quiet: null });
		const entries = await opened.database.queryAs<{ details: object }>(
			admin,
			`select details from audit_log where details ->> 'tenant' = $1 or details ->> 'channel' = $2 order by sequence`,
			[`${place.platform}:ruled`, `${place.platform}:ruled:${place.channelId}`],
		);
		expect(entries.flatMap(({ details }) => Object.entries(details).filter(([name]) => name === 'quiet' || name === 'mode'))).toEqual([
			['quiet', quiet],
			['mode', 'mention'],
			['quiet', 'off'],
			['mode', 'default'],
		]);
	});

	it('is no rule of somebody else', async () => {
		const place = newPlace();
		expect(await orders.decide(ana, place, { rule: 'mode', value: 'all', everywhere: false }).catch(({ code }) => code)).toBe('FORBIDDEN');
		expect(await orders.decide(ana, place, { rule: 'mode', value: 'off', everywhere: true }).catch(({ code }) => code)).toBe('FORBIDDEN');
		expect(await book.of(place)).toEqual(standardRules);
	});

	it('is, for a thread, that whoever takes part wants quiet', async () => {
		const store = createConversationStore(opened.database);
		const place: Place = { ...newPlace(), threadId: 't' };
		await store.setMuted(ana, place, true);
		await book.forget();
		expect([await book.isMuted(place), await book.isMuted({ ...place, threadId: 'other' })]).toEqual([true, false]);
		await store.setMuted(admin, place, false);
		await book.forget();
		expect(await book.isMuted(place)).toBe(false);
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
