/** Connections that several people's transactions go through: each comes back as it began, whatever was done on it, or not at all. */

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import {
	asSuperuser,
	createUser,
	openEmbeddedDatabase,
	openOwnedDatabase,
	openServerDatabase,
	type TestDatabase,
} from '#test/fakes/database.ts';

/** The embedded database has one connection, our pool for a server at most so many. */
const databases = [
	{ name: 'pglite', connections: 1, open: openEmbeddedDatabase },
	{ name: 'a server, under the documented login', connections: 20, open: openOwnedDatabase },
	{ name: 'a server, under a superuser', connections: 20, open: openServerDatabase },
];

/** Everything about a session that a statement can change for the next one. */
const state = `select current_user::text as "user", session_user::text as "login", current_setting('role') as role,
	(select json_agg(json_build_array(name, setting) order by name) from pg_settings where source = 'session' and name <> 'role') as settings,
	current_setting('ccb.user_id', true) as "userId", current_setting('ccb.left', true) as "left",
	current_setting('search_path') as path, current_setting('statement_timeout') as timeout,
	(select count(*) from pg_cursors where is_holdable) as cursors, (select count(*) from pg_prepared_statements where name <> '') as prepared,
	(select count(*) from pg_listening_channels()) as channels, pg_my_temp_schema() as "hasTemporary",
	(select count(*) from pg_class where relnamespace = pg_my_temp_schema()) as temporary,
	(select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`;

const leftovers = [
	`select set_config('role', 'none', false)`,
	`select set_config('role', 'ccb_registrar', false)`,
	'set role none',
	'reset role',
	'set role ccb_admin',
	`select set_config('ccb.user_id', '00000000-0000-0000-0000-000000000000', false)`,
	`set ccb.proof = 'x'`,
	`set ccb.left = 'x'`,
	'set search_path = pg_temp, public',
	'set statement_timeout = 0',
	'set default_transaction_read_only = on',
	'set session characteristics as transaction isolation level serializable, read only',
	`set timezone = 'Asia/Tokyo'`,
	'declare kept cursor with hold for select 1',
	'prepare kept as select 1',
	'listen kept',
	'select pg_advisory_lock(1)',
	'select pg_try_advisory_lock_shared(2)',
	'create temporary table users (id int)',
	'reset session authorization',
	'set session authorization default',
	'set session authorization ccb_keeper',
];
/** What ends or begins a transaction, or makes it fail. */
const endings = ['commit', 'rollback', 'begin', 'savepoint kept', 'select 1 / 0'];

describe.each(databases)('a connection of $name', ({ connections, open }) => {
	let store: TestDatabase;
	let asker: Principal;
	let before: object[];

	/** Of as many connections as there are, each looked at. */
	const readStates = async () => (await Promise.all(Array.from({ length: connections }, () => store.database.query(state)))).flat();

	beforeAll(async () => {
		store = await open();
		asker = await createUser(store.database);
		before = await store.database.query(state);
	});
	afterAll(() => store.close());

	const unchanged = (found: object[]) =>
		found.filter((one) => JSON.stringify({ ...one, hasTemporary: 0 }) !== JSON.stringify({ ...before[0], hasTemporary: 0 }));

	test.each([...leftovers, ...endings])('keeps nothing of "%s"', async (statement) => {
		const attempts = [
			() => store.database.query(statement),
			() => store.database.asUser(asker, ({ query }) => query(statement)),
			() => store.database.asRegistrar(({ query }) => query(statement)),
			// Back as the login, whoever that is, and kept by a commit of its own.
			() =>
				store.database.asApp(async ({ query }) => {
					await query('reset role');
					await query(statement);
					await query('commit');
					await query(statement);
				}),
			() =>
				store.database.asUser(asker, async ({ query }) => {
					await query(statement);
					throw new Error('changed my mind');
				}),
		];
		for (const attempt of attempts) {
			await attempt().catch(() => {});
			expect(unchanged(await readStates())).toEqual([]);
		}
	});

	test('is used again when nothing is wrong with it', async () => {
		const pids = new Set<number>();
		for (let round = 0; round < 5; round++) {
			const [row] = await store.database.query<{ pid: number }>('select pg_backend_pid() as pid');
			pids.add(row?.pid ?? 0);
		}
		expect(pids.size).toBe(1);
	});
});

test('a connection that cannot be cleaned is closed', async () => {
	const store = await openOwnedDatabase();
	onTestFinished(() => store.close());
	const url = new URL(store.settings.url ?? '');
	const login = url.username;
	url.username = 'postgres';
	const [connection] = await store.database.query<{ pid: number }>('select pg_backend_pid() as pid');
	await asSuperuser(`revoke ccb_app from ${login}`, url.href);
	await store.database.query('select 1').catch(() => {});
	await asSuperuser(`grant ccb_app to ${login}`, url.href);
	const pid = async () => (await store.database.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid;
	await expect.poll(() => pid().catch(() => connection?.pid)).not.toBe(connection?.pid);
});
