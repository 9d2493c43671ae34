/** Attacks with plain SQL under each role: whatever the code above asks, the database neither shows nor changes what is somebody else's. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { type Attack, belongings, createWorld, everybody, reads, takeovers, untouched, type World, writes } from './attacks.ts';

describe.each(testDatabases())('row-level security on $name', ({ name, open }) => {
	let store: TestDatabase;
	let world: World;

	beforeAll(async () => {
		store = await open();
		world = await createWorld(store.database);
	});
	afterAll(() => store.close());

	const byAttacker = (attacks: Attack[]) =>
		attacks.flatMap((attack) => (attack.by ?? everybody).map((attacker) => ({ ...attack, attacker })));

	test.each(byAttacker([...reads, ...writes]))('a $attacker cannot $name', async ({ attacker, sql, parameters }) => {
		const asker = world[attacker];
		// An error is as good as no row.
		const rows = await store.database.asUser(asker, (transaction) => transaction.query(sql, parameters(world, asker))).catch(() => []);
		expect(rows).toEqual([]);
		expect(await belongings(store.database, world)).toEqual(untouched);
	});

	test.each(byAttacker(takeovers))('a $attacker is refused to $name', async ({ attacker, sql, parameters }) => {
		const asker = world[attacker];
		await expect(store.database.asUser(asker, (transaction) => transaction.query(sql, parameters(world, asker)))).rejects.toThrow();
	});

	const contentReads = [
		'select * from messages',
		'select count(*) from messages',
		'select content from messages',
		'select 1 from feedback',
		'select title from conversations',
		'select summary from conversations',
		'select * from conversations',
		'select 1 from conversation_participants',
	];

	test.each(contentReads)('without a role, "%s" shows nothing', async (sql) => {
		expect(await store.database.query(sql).catch(() => [])).toEqual([]);
		expect(await store.database.asApp((transaction) => transaction.query(sql)).catch(() => [])).toEqual([]);
	});

	const contentWrites = [
		`update messages set content = 'x' returning 1`,
		'delete from messages returning 1',
		`update conversations set title = 'x' returning 1`,
		'delete from conversations returning 1',
		'delete from conversation_participants returning 1',
		'delete from users returning 1',
		'truncate messages',
	];

	test.each(contentWrites)('without a role, "%s" changes nothing', async (sql) => {
		expect(await store.database.query(sql).catch(() => [])).toEqual([]);
		expect(await belongings(store.database, world)).toEqual(untouched);
	});

	// On a server whose login is a superuser the last two would give that login's rights back: such a login is warned of at the start.
	const escapes = ['reset role', 'set role none', 'set role postgres'];
	const embeddedEscapes = ['reset session authorization', 'discard all'];

	test.each(name === 'pglite' ? [...escapes, ...embeddedEscapes] : escapes)(
		'after "%s" the program reads no more than before',
		async (statement) => {
			await store.database.query(statement).catch(() => []);
			const read = () => store.database.query('select content from messages').catch(() => []);
			expect((await Promise.all(Array.from({ length: 20 }, read))).flat()).toEqual([]);
		},
	);

	test('a role without an id sees nothing', async () => {
		const rows = await store.database.asApp(async (transaction) => {
			await transaction.query('set local role ccb_admin');
			return await transaction.query('select content from messages');
		});
		expect(rows).toEqual([]);
	});

	test('participants read and write their own conversation', async () => {
		await store.database.asUser(world.victim, async (transaction) => {
			expect(await transaction.query('select id from messages')).toHaveLength(2);
			expect(await transaction.query('select id from conversations')).toEqual([{ id: world.conversationId }]);
			expect(await transaction.query(`update messages set status = 'stopped' where id = $1 returning 1`, [world.answerId])).toHaveLength(1);
			expect(await transaction.query('update conversations set memory_from = 1 returning 1')).toHaveLength(1);
			expect(await transaction.query('update feedback set rating = 1 returning 1')).toHaveLength(1);
		});
	});

	test('an admin sees who there is, and a guest only themselves', async () => {
		const count = 'select count(*) as users from users';
		const [everyone] = await store.database.asRegistrar(({ query }) => query(count));
		expect(await store.database.asUser(world.admin, (transaction) => transaction.query(count))).toEqual([everyone]);
		expect(await store.database.asUser(world.admin, (transaction) => transaction.query('select id from identities'))).toHaveLength(1);
		expect(await store.database.asUser(world.guest, (transaction) => transaction.query('select id from users'))).toEqual([
			{ id: world.guest.userId },
		]);
	});

	test('the registrar finds a conversation by its key, and creating it again changes nothing', async () => {
		const [found] = await store.database.asRegistrar(({ query }) =>
			query<{ key: string }>('select id, key from conversations where id = $1', [world.conversationId]),
		);
		const again = `insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind) values ($1, 'a', 'b', 'c', 'd', 'direct')
			on conflict (key) do nothing returning id`;
		expect(await store.database.asRegistrar(({ query }) => query(again, [found?.key]))).toEqual([]);
		const joined = 'insert into conversation_participants (conversation_id, user_id) values ($1, $2) on conflict do nothing';
		expect(await store.database.asRegistrar(({ query }) => query(joined, [world.conversationId, world.victim.userId]))).toEqual([]);
	});
});
