/** A database that was dumped and restored, on its own server and on a newer one, without the roles that belong to a server. */

import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '#src/database/database.ts';
import { makeServerRoles } from '#src/database/server-store.ts';
import { silentLogger } from '#src/log.ts';
import { asSuperuser, createServerDatabase, createUser, openOwnedDatabase, openServerDatabase, testServers } from '#test/fakes/database.ts';
import { findPostgresPrograms } from '../../scripts/toolchain/system-parts.mjs';

describe.each(testServers())('on $name', ({ url: server }) => {
	test('a backup works again once the roles have been made, for its people and with the key out of reach', async () => {
		const source = await openOwnedDatabase(inject('postgresUrl'));
		onTestFinished(() => source.close());
		const asker = await createUser(source.database);
		const owned = new URL(source.settings.url ?? '');
		const dump = postgres('pg_dump', ['--dbname', asPostgres(owned)]);

		const target = await emptyDatabaseOf(owned, server);
		await makeRoles(target, server);
		postgres('psql', ['--dbname', asPostgres(target), '--single-transaction', '--set', 'ON_ERROR_STOP=1', '--quiet'], dump);
		expect(await publicMay(target)).toBe(true);

		const database = await start(target);
		expect(await database.asUser(asker, ({ query }) => query('select id from users'))).toEqual([{ id: asker.userId }]);
		expect(await publicMay(target)).toBe(false);
		await expect(query(target.href, 'select key from ccb_private.proof_key')).rejects.toMatchObject({ code: '42501' });
	});
});

test('a backup that was restored without its owners is refused, and it is told how to restore it', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	await asSuperuser('alter table ccb_private.proof_key owner to postgres', store.settings.url ?? '');
	await expect(openDatabase(store.settings)).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		reason: 'restored',
		message: expect.stringMatching(/belongs to postgres.*npm run migrate -- --roles.*--no-owner/),
	});
});

async function start(url: URL): Promise<Database> {
	const database = await openDatabase({ url: url.href, dataFolder: tmpdir(), audit: true, logger: silentLogger });
	onTestFinished(() => database.close());
	return database;
}

/** With a login of the same name, as whoever moves to another server makes it. */
async function emptyDatabaseOf(owned: URL, server: string): Promise<URL> {
	const { url, drop } = await createServerDatabase(server);
	onTestFinished(drop);
	const target = new URL(url);
	const login = `do $$ begin create role ${owned.username} login createrole password 'secret'; exception when duplicate_object then null; end $$`;
	await asSuperuser(`${login}; alter database ${target.pathname.slice(1)} owner to ${owned.username}`, url);
	target.username = owned.username;
	target.password = owned.password;
	return target;
}

/** Other tests' logins may have made them on this server: then somebody with more rights helps, with the statement that is told. */
async function makeRoles(url: URL, server: string): Promise<void> {
	const help = await makeServerRoles(url.href, silentLogger).then(
		() => null,
		({ message }: Error) => /runs: (.*)$/.exec(message)?.[1] ?? message,
	);
	if (help === null) return;
	await asSuperuser(help, server);
	await makeServerRoles(url.href, silentLogger);
}

function asPostgres(url: URL): string {
	const superuser = new URL(url);
	superuser.username = 'postgres';
	superuser.password = '';
	return superuser.href;
}

function postgres(program: string, words: string[], input = ''): string {
	return execFileSync(join(findPostgresPrograms() ?? '', program), words, { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** Of whoever has no right of their own. */
async function publicMay(url: URL): Promise<boolean> {
	const held = `select from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) as given
		where datname = current_database() and given.grantee = 0 and given.privilege_type = 'TEMPORARY'`;
	return (await query(url.href, held)).length > 0;
}

async function query(url: string, sql: string): Promise<unknown[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}
