/** Rules about people that the database keeps by itself, and what becomes of the people who were there before it knew them. */

import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '#src/database/migrate.ts';
import { createOrm } from '#src/database/orm.ts';
import { createEmbeddedPool, createMigrationPool } from '#src/database/pools.ts';
import { nobodyId, type Principal } from '#src/database/transaction.ts';
import { silentLogger } from '#src/log.ts';
import {
	createAdmin,
	createServerDatabase,
	createUser,
	giveAccount,
	openEmptyEmbedded,
	openServerDatabase,
	ownedBy,
	testDatabases,
} from '#test/fakes/database.ts';

describe.each(testDatabases())('the last admin on $name', ({ open }) => {
	test.each([
		['role', `update users set role = null where id = $1`],
		['role, for another', `update users set role = 'ccb_employee' where id = $1`],
		['access', 'update users set deactivated_at = now() where id = $1'],
	])('keeps their %s', async (_name, sql) => {
		await using store = await open();
		const [first, last] = [await createAdmin(store.database), await createAdmin(store.database)];
		const remove = (asker: Principal, admin: Principal) => store.database.asUser(asker, ({ query }) => query(sql, [admin.userId]));
		await remove(last, first);
		await expect(remove(last, last)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'users_last_admin' });
		const byRegistrar = store.database.asRegistrar(({ query }) => query(sql, [last.userId]));
		await expect(byRegistrar).rejects.toMatchObject({ code: 'CONFLICT', reason: 'users_last_admin' });
	});

	test('is one of all whom a single statement would remove', async () => {
		await using store = await open();
		const admin = await createAdmin(store.database);
		await createAdmin(store.database);
		const removed = store.database.asUser(admin, ({ query }) => query('update users set role = null'));
		await expect(removed).rejects.toMatchObject({ code: 'CONFLICT', reason: 'users_last_admin' });
	});

	test('is not somebody who could not come in as one', async () => {
		await using store = await open();
		const admin = await createAdmin(store.database);
		const cases: [string, { isGuest?: boolean; isExternal?: boolean; isDeactivated?: boolean }[]][] = [
			['without an account', []],
			['with a closed account', [{ isDeactivated: true }]],
			['with an account that is closed, and another', [{}, { isDeactivated: true }]],
			['whose account is a guest', [{ isGuest: true }]],
			['whose account is from outside', [{ isExternal: true }]],
			['whose accounts are a guest and from outside', [{ isGuest: true }, { isExternal: true }]],
		];
		for (const [who, accounts] of cases) {
			const nobody = await createUser(store.database);
			for (const account of accounts) await giveAccount(store.database, nobody, account);
			const leave = store.database.asUser(admin, async ({ query }) => {
				await query(`update users set role = 'ccb_admin' where id = $1`, [nobody.userId]);
				await query('update users set role = null where id = $1', [admin.userId]);
			});
			await expect(leave, who).rejects.toMatchObject({ code: 'CONFLICT', reason: 'users_last_admin' });
		}
	});

	test('goes when the platform closes their account, and the console makes another', async () => {
		await using store = await open();
		const [admin, next] = [await createAdmin(store.database), await createUser(store.database)];
		await giveAccount(store.database, next);
		const close = 'update identities set is_deactivated = true where user_id = $1 returning 1';
		expect(await store.database.asRegistrar(({ query }) => query(close, [admin.userId]))).toHaveLength(1);
		const console: Principal = { userId: nobodyId, role: 'ccb_admin' };
		const grant = `update users set role = 'ccb_admin' where id = $1 returning 1`;
		expect(await store.database.asUser(console, ({ query }) => query(grant, [next.userId]))).toHaveLength(1);
		const revoke = 'update users set role = null where id = $1 returning 1';
		expect(await store.database.asUser({ ...next, role: 'ccb_admin' }, ({ query }) => query(revoke, [admin.userId]))).toHaveLength(1);
	});
});

test('of two admins who remove each other at once, one stays', async () => {
	await using store = await openServerDatabase();
	const remove = (asker: Principal, admin: Principal) =>
		store.database.asUser(asker, ({ query }) => query('update users set role = null where id = $1', [admin.userId]));
	let survivor = await createAdmin(store.database);
	for (let round = 0; round < 10; round++) {
		const rival = await createAdmin(store.database);
		const outcomes = await Promise.allSettled([remove(survivor, rival), remove(rival, survivor)]);
		expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		if (outcomes[0].status === 'rejected') survivor = rival;
	}
});

const beforePeople = '0005-adapters';
const [employee, admin, gone, conversation] = Array.from({ length: 4 }, () => randomUUID());

/** As the program left them before it knew roles: under policies that are forced on the owner too. */
const oldRows = `
set local role ccb_app;
insert into users (id, role, display_name) values
	('${employee}', 'ccb_employee', 'Ana'), ('${admin}', 'ccb_admin', 'Bea'), ('${gone}', 'ccb_guest', 'Leo');
update users set deactivated_at = now() where id = '${gone}';
insert into identities (user_id, platform, tenant_id, account_id, display_name) values
	('${employee}', 'slack', 'T1', 'U1', 'Ana'), ('${admin}', 'slack', 'T1', 'U2', 'Bea'), ('${gone}', 'slack', 'T1', 'U3', 'Leo');
insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind) values ('${conversation}', 'k', 'slack', 'T1', 'C1', '1', 'direct');
insert into conversation_participants (conversation_id, user_id) values ('${conversation}', '${employee}');
set local role ccb_employee;
set local ccb.user_id = '${employee}';
insert into messages (conversation_id, role, author_user_id, content, status) values ('${conversation}', 'user', '${employee}', 'hello', 'received')`;

async function openOldServer() {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	const owned = await ownedBy(url, 'createrole');
	return { pool: createMigrationPool(owned, silentLogger), alone: false, superuser: createMigrationPool(url, silentLogger) };
}

async function openOldEmbedded() {
	const server = await openEmptyEmbedded();
	onTestFinished(() => server.close());
	const pool = createEmbeddedPool(server, silentLogger);
	return { pool, alone: true, superuser: pool };
}

test.each([
	['the embedded database', openOldEmbedded],
	['a server, under the documented login', openOldServer],
])('people who are there already keep what they had on %s', async (_name, open) => {
	const { pool, alone, superuser } = await open();
	onTestFinished(async () => {
		await pool.end();
		if (superuser !== pool) await superuser.end();
	});
	const orm = createOrm(pool, 'postgres');
	await orm.migrator.up({ to: beforePeople });
	await orm.close(true);
	await pool.query(`begin; ${oldRows}; commit`);

	await migrate(pool, { audit: true, logger: silentLogger, alone });

	const { rows: people } = await superuser.query(
		`select u.display_name, u.role, u.deactivated_at, i.is_deactivated, i.home_user_id = u.id as "isHome"
		from users u join identities i on i.user_id = u.id order by account_id`,
	);
	expect(people).toEqual([
		{ display_name: 'Ana', role: null, deactivated_at: null, is_deactivated: false, isHome: true },
		{ display_name: 'Bea', role: 'ccb_admin', deactivated_at: null, is_deactivated: false, isHome: true },
		{ display_name: 'Leo', role: null, deactivated_at: null, is_deactivated: true, isHome: true },
	]);
	const { rows: messages } = await superuser.query(
		'select content, account_id from messages m join identities i on i.id = m.author_identity_id',
	);
	expect(messages).toEqual([{ content: 'hello', account_id: 'U1' }]);
});
