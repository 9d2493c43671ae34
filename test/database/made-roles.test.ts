/** Roles that admins make: roles of the database that may what employees may, under names that cannot be anything else. */

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#src/database/database.ts';
import { isUserRole, type UserRole } from '#src/database/roles.ts';
import type { Principal } from '#src/database/transaction.ts';
import {
	asSuperuser,
	createUser,
	openEmbeddedDatabase,
	openOwnedDatabase,
	openServerDatabase,
	type TestDatabase,
	testServers,
} from '#test/fakes/database.ts';

/** Roles belong to the whole server, which other tests use too. */
const newName = (): UserRole => `ccb_r${randomUUID().replaceAll('-', '').slice(0, 20)}`;

const databases = [
	{ name: 'pglite', open: openEmbeddedDatabase },
	...testServers().map(({ name, url }) => ({ name: `${name}, under the documented login`, open: () => openOwnedDatabase(url) })),
];

const wrongNames = [
	...['', 'sales', 'CCB_sales', 'ccb_', 'ccb_1', 'ccb_Sales', 'ccb_sáles', 'ccb_ventas🙂', 'ccb_a b', ' ccb_a', 'ccb_a ', 'ccb_a\n'],
	...[
		'ccb_a"',
		`ccb_a'`,
		'ccb_a;reset role',
		'ccb_a-b',
		'ccb_a.b',
		'ccb_a\\',
		'pg_signal_backend',
		'pg_read_all_data',
		'postgres',
		'public',
	],
	...['none', 'ccb_app', 'ccb_registrar', 'ccb_keeper', `ccb_${'a'.repeat(60)}`],
];

test.each(wrongNames)('%j is no name for a role', async (name) => {
	expect(isUserRole(name)).toBe(false);
});

test('a name of 63 bytes is one', () => {
	expect(isUserRole(`ccb_${'a'.repeat(59)}`)).toBe(true);
});

describe.each(databases)('made roles on $name', ({ open }) => {
	let store: TestDatabase;
	let admin: Principal;

	beforeAll(async () => {
		store = await open();
		admin = await createUser(store.database, 'ccb_admin');
	});
	afterAll(() => store.close());

	const asAdmin = (sql: string, parameters: unknown[]) => store.database.asUser(admin, ({ query }) => query(sql, parameters));
	const make = async (name: string) => {
		await asAdmin('insert into roles (name, rank) values ($1, 200)', [name]);
		await asAdmin('select ccb_create_role($1)', [name]);
	};
	const actAs = async (role: UserRole) => {
		const { userId } = await createUser(store.database);
		return await store.database.asUser({ userId, role }, ({ query }) => query('select id from users'));
	};

	test('a role is made, acts as an employee does, and is dropped', async () => {
		const name = newName();
		await expect(actAs(name)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await make(name);
		expect(await actAs(name)).toHaveLength(1);
		await asAdmin('delete from roles where name = $1', [name]);
		await asAdmin('select ccb_drop_role($1)', [name]);
		await expect(actAs(name)).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	test('making it twice, and dropping what is not there, does nothing', async () => {
		const name = newName();
		await make(name);
		await asAdmin('select ccb_create_role($1)', [name]);
		expect(await actAs(name)).toHaveLength(1);
		await asAdmin('select ccb_drop_role($1)', [newName()]);
	});

	test('what is taken back with its transaction was never made', async () => {
		const name = newName();
		const failed = store.database.asUser(admin, async ({ query }) => {
			await query('select ccb_create_role($1)', [name]);
			throw new Error('changed my mind');
		});
		await expect(failed).rejects.toThrow('changed my mind');
		await expect(actAs(name)).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	test.each([...wrongNames, 'ccb_guest', 'ccb_employee', 'ccb_admin'])('the database makes and drops no role %j', async (name) => {
		await expect(asAdmin('select ccb_create_role($1)', [name])).rejects.toMatchObject({ reason: '22023' });
		await expect(asAdmin('select ccb_drop_role($1)', [name])).rejects.toMatchObject({ reason: '22023' });
		if (!name.startsWith('ccb_') || !isUserRole(name)) {
			await expect(asAdmin('insert into roles (name, rank) values ($1, 200)', [name])).rejects.toThrow();
		}
	});

	test('a role that somebody has is not deleted', async () => {
		const name = newName();
		await make(name);
		const { userId } = await createUser(store.database, name);
		await expect(asAdmin('delete from roles where name = $1', [name])).rejects.toMatchObject({ reason: 'users_role_foreign' });
		await asAdmin('update users set role = null where id = $1', [userId]);
		await asAdmin('delete from roles where name = $1', [name]);
	});
});

test.each([
	['can log in', 'login'],
	['may create roles', 'createrole'],
	['may create databases', 'createdb'],
	['is not held by policies', 'bypassrls'],
	['is a superuser', 'superuser'],
	['inherits nothing', 'noinherit'],
	['is an admin', 'in role ccb_admin'],
	['is the registrar', 'in role ccb_registrar'],
	['reads everything', 'in role pg_read_all_data'],
])('a role of the server that %s is not taken over', async (_name, rights) => {
	const store = await openOwnedDatabase();
	onTestFinished(() => store.close());
	const admin = await createUser(store.database, 'ccb_admin');
	const name = newName();
	await asSuperuser(`create role ${name} ${rights}`);
	onTestFinished(() => asSuperuser(`drop role ${name}`));
	const made = store.database.asUser(admin, ({ query }) => query('select ccb_create_role($1)', [name]));
	await expect(made).rejects.toMatchObject({ reason: '0P000' });
	await expect(store.database.asUser({ ...admin, role: name }, async () => 'acted')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a role of the server that was given a table is not taken over', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const admin = await createUser(store.database, 'ccb_admin');
	const name = newName();
	await asSuperuser(`create role ${name}; grant select on inbox to ${name}`, store.settings.url ?? '');
	const made = store.database.asUser(admin, ({ query }) => query('select ccb_create_role($1)', [name]));
	await expect(made).rejects.toMatchObject({ reason: '0P000' });
});

test('a role that the server has lost is made again at the next start', async () => {
	const store = await openOwnedDatabase();
	onTestFinished(() => store.close());
	const admin = await createUser(store.database, 'ccb_admin');
	const asker = { ...admin, role: newName() };
	await store.database.asUser(admin, async ({ query }) => {
		await query('insert into roles (name, rank) values ($1, 200)', [asker.role]);
		await query('select ccb_create_role($1)', [asker.role]);
	});
	await asSuperuser(`drop role ${asker.role}`);
	await expect(store.database.asUser(asker, async () => 'acted')).rejects.toMatchObject({ code: 'FORBIDDEN' });
	const again = await openDatabase(store.settings);
	onTestFinished(() => again.close());
	expect(await again.asUser(asker, async () => 'acted')).toBe('acted');
});

test('the login can make no role without an admin who asks for it', async () => {
	const store = await openOwnedDatabase();
	onTestFinished(() => store.close());
	const client = new Client({ connectionString: store.settings.url ?? '' });
	await client.connect();
	onTestFinished(() => client.end());
	await expect(client.query(`select ccb_create_role('${newName()}')`)).rejects.toMatchObject({ code: '42501' });
});
