/** A server on which the program's roles are there already: a second installation, and what somebody with more rights had made. */

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '#src/database/database.ts';
import { inspectServer } from '#src/database/inspect.ts';
import { isUserRole, type UserRole } from '#src/database/roles.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { silentLogger } from '#src/log.ts';
import { asSuperuser, createServerDatabase, createUser, ownedBy, testServers } from '#test/fakes/database.ts';

async function start(url: string): Promise<Database> {
	const database = await openDatabase({ url, dataFolder: tmpdir(), audit: true, logger: silentLogger });
	onTestFinished(() => database.close());
	return database;
}

async function emptyDatabase(server: string): Promise<string> {
	const { url, drop } = await createServerDatabase(server);
	onTestFinished(drop);
	return url;
}

/** The error of a start that fails, or null for one that does not. */
async function refusalOf(url: string): Promise<{ code: string; message: string } | null> {
	return await start(url).then(
		() => null,
		(error) => error,
	);
}

/** What the start says that somebody else has to run. */
const helpIn = (message: string) => /runs: (.*)$/.exec(message)?.[1] ?? 'nothing';

async function query(url: string, sql: string): Promise<unknown[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}

const errand = {
	name: 'errand',
	data: z.object({ userId: z.string() }),
	userId: (data: { userId: string }) => data.userId,
	run: async () => {},
};

/** An installation that works: people act and leave jobs, admins make roles, and the key is out of the login's reach. */
async function expectToWork(url: string): Promise<void> {
	const database = await start(url);
	const admin = await createUser(database, 'ccb_admin');
	const role: UserRole = `ccb_r${randomUUID().replaceAll('-', '').slice(0, 20)}`;
	expect(isUserRole(role)).toBe(true);
	await database.asUser(admin, async (transaction) => {
		await transaction.query('insert into roles (name, rank) values ($1, 200)', [role]);
		await transaction.query('select ccb_create_role($1)', [role]);
	});
	const { jobs, close } = await openJobs(database);
	onTestFinished(close);
	const left = database.asUser({ ...admin, role }, (transaction) => jobs.enqueue(transaction, errand, { userId: admin.userId }));
	expect(await jobs.look((await left) ?? '')).toMatchObject({ state: 'waiting', userId: admin.userId });
	await database.asUser(admin, (transaction) => transaction.query('select ccb_drop_role($1)', [role]));
	await expect(query(url, 'set role ccb_keeper')).rejects.toMatchObject({ code: '42501' });
	await expect(query(url, 'select key from ccb_private.proof_key')).rejects.toMatchObject({ code: '42501' });
}

describe.each(testServers())('on $name', ({ url: server }) => {
	test('a second installation starts, or is told the one statement after which it does', async () => {
		await start(await emptyDatabase(server));
		const second = await ownedBy(await emptyDatabase(server), 'createrole');
		const refusal = await refusalOf(second);
		const [{ major }] = (await query(server, `select current_setting('server_version_num')::int / 10000 as major`)) as [{ major: number }];
		expect(refusal === null).toBe(major < 16);
		if (refusal !== null) {
			expect(refusal.code).toBe('CONFIG_INVALID');
			await asSuperuser(helpIn(refusal.message), server);
		}
		await expectToWork(second);
		await expectToWork(second);
	});

	test('the login of the first installation can give the roles to the second one', async () => {
		const first = await ownedBy(await emptyDatabase(server), 'createrole');
		const helpForFirst = await refusalOf(first);
		if (helpForFirst !== null) await asSuperuser(helpIn(helpForFirst.message), server);
		await start(first);
		const second = await ownedBy(await emptyDatabase(server), 'createrole');
		const refusal = await refusalOf(second);
		if (refusal !== null) await query(first, helpIn(refusal.message));
		await expectToWork(second);
		await expectToWork(first);
	});

	test('a login without any right is told of each that it lacks', async () => {
		await start(await emptyDatabase(server));
		const poor = await ownedBy(await emptyDatabase(server), '');
		const refusal = await refusalOf(poor);
		expect(refusal?.code).toBe('CONFIG_INVALID');
		await asSuperuser(helpIn(refusal?.message ?? ''), server);
		await start(poor);
	});

	test('what a superuser began goes to a login of its own, by the statements that the doctor gives', async () => {
		const url = await emptyDatabase(server);
		await start(url);
		const owned = await ownedBy(url, 'createrole');
		expect(await refusalOf(owned)).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('npm run doctor') });
		const { help, pendingMigrations } = await inspectServer(owned, new AbortController().signal);
		expect(pendingMigrations).toBeNull();
		for (const statement of [help.tables, help.start]) if (statement !== null) await asSuperuser(statement, url);
		const ownerOfJobs = `select nspowner::regrole::text as owner from pg_namespace where nspname = 'ccb_jobs'`;
		expect(await query(owned, ownerOfJobs)).toEqual([{ owner: new URL(owned).username }]);
		await expectToWork(owned);
		const after = await inspectServer(owned, new AbortController().signal);
		expect(after).toMatchObject({ help: { start: null, madeRoles: null }, pendingMigrations: [] });
	});

	test('a membership that the login may give itself is mended at the start', async () => {
		const url = await ownedBy(await emptyDatabase(server), 'createrole');
		const refusal = await refusalOf(url);
		if (refusal !== null) await asSuperuser(helpIn(refusal.message), server);
		await start(url);
		const login = new URL(url).username;
		// As the login itself, which gave it.
		await query(url, `revoke ccb_app from ${login}`);
		await expectToWork(url);
	});
});
