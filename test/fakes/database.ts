/** Real databases for tests, empty and migrated: one inside this process, one on the run's Postgres server. */

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, type DatabaseSettings, openDatabase } from '#src/database/database.ts';
import { type EmbeddedServer, startEmbeddedServer } from '#src/database/embedded-server.ts';
import { helpNeeded, readLoginRights } from '#src/database/program-roles.ts';
import type { UserRole } from '#src/database/roles.ts';
import type { Principal } from '#src/database/transaction.ts';
import { silentLogger } from '#src/log.ts';
import { makeDatabaseFolder } from './database-folder.ts';
import { watchDatabaseWork } from './database-work.ts';
import { copyEmptyTemplate, copyTemplate } from './embedded-template.ts';
import { startServerInThread } from './server-in-thread.ts';
import { serverTemplate } from './server-template.ts';

export interface TestDatabase extends AsyncDisposable {
	database: Database;
	/** Opens the same database again: on the server as another process would, embedded once `database` is closed. */
	settings: DatabaseSettings;
	/** Closes the database and removes it. */
	close(): Promise<void>;
	/** Removes it; `database` is closed already. */
	remove(): Promise<void>;
}

export interface TestDatabaseKind {
	name: 'pglite' | 'server';
	open(): Promise<TestDatabase>;
}

/** The real servers of this run: the system's own, and the newest kind, on which other rules hold for who may give roles. */
export function testServers(): { name: string; url: string }[] {
	const newest = inject('newestPostgresUrl');
	const systems = { name: "the system's server", url: inject('postgresUrl') };
	return newest === null ? [systems] : [systems, { name: 'the newest server', url: newest }];
}

/** `describe.each(testDatabases())('… on $name', ({ open }) => …)`: the same suite on both. */
export function testDatabases(): TestDatabaseKind[] {
	return [
		{ name: 'pglite', open: openEmbeddedDatabase },
		{ name: 'server', open: openServerDatabase },
	];
}

/** An embedded database of its own, in the thread of the test: where time stands still, it answers before time goes on. */
export async function openEmbeddedDatabase(): Promise<TestDatabase> {
	const dataFolder = await makeDatabaseFolder();
	await copyTemplate(dataFolder);
	const settings = { url: null, dataFolder, startServer: startServerInThread, audit: true, logger: silentLogger };
	return await open(settings, () => rm(dataFolder, { recursive: true, force: true }));
}

/** The embedded server itself, as somebody makes it who knows nothing of this program. */
export async function openEmptyEmbedded(): Promise<EmbeddedServer> {
	const folder = await makeDatabaseFolder();
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await copyEmptyTemplate(folder);
	return await startEmbeddedServer(folder);
}

/** A database of its own on the run's server. */
export async function openServerDatabase(): Promise<TestDatabase> {
	const { url, drop } = await createMigratedDatabase();
	return await open({ url, dataFolder: tmpdir(), audit: true, logger: silentLogger }, drop);
}

/** As `openServerDatabase`, with the login that the documentation asks for: it owns the database, may make roles, and nothing else. */
export async function openOwnedDatabase(server?: string): Promise<TestDatabase> {
	const { url, drop } = await createServerDatabase(server);
	const owned = await ownedBy(url, 'createrole');
	await helpLogin(owned, url);
	return await open({ url: owned, dataFolder: tmpdir(), audit: true, logger: silentLogger }, drop);
}

/** Roles belong to the whole server, so another test's login has made them: this one is given what it would have if it had made them itself. */
async function helpLogin(url: string, superuserUrl: string): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	const help = await readLoginRights(client)
		.then(helpNeeded)
		.finally(() => client.end());
	if (help !== null) await asSuperuser(help, superuserUrl);
}

/** Gives the database a new owner with these rights. @returns its url with that login. */
export async function ownedBy(url: string, rights: string): Promise<string> {
	const owned = new URL(url);
	const owner = `owner_${randomUUID().replaceAll('-', '')}`;
	await asSuperuser(
		`create role ${owner} login ${rights} password 'secret'; alter database ${owned.pathname.slice(1)} owner to ${owner}`,
		url,
	);
	owned.username = owner;
	owned.password = 'secret';
	return owned.href;
}

/** An empty database on the run's server, or on another one, not migrated. `drop` ends whoever is still connected. */
export async function createServerDatabase(server = inject('postgresUrl')): Promise<{ url: string; drop: () => Promise<void> }> {
	return await createFrom('template1', server);
}

/** The same at its newest migration. */
export async function createMigratedDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
	return await createFrom(await serverTemplate(), inject('postgresUrl'));
}

async function createFrom(template: string, server: string): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	// Faster than writing every block of it into a log that nobody reads.
	await asSuperuser(`create database ${name} template ${template} strategy file_copy`, server);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => asSuperuser(`drop database if exists ${name} with (force)`, server) };
}

/** Runs statements on the run's server as its superuser, in the database of `url`. */
export async function asSuperuser(sql: string, url: string = inject('postgresUrl')): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

/** A new user of the given role. */
export async function createUser(database: Database, role: UserRole = 'ccb_employee'): Promise<Principal> {
	const userId = randomUUID();
	await database.asRegistrar(({ query }) =>
		query('insert into users (id, role, display_name) values ($1, $2, $3)', [userId, role, `user ${userId}`]),
	);
	return { userId, role };
}

/** An administrator who can come in: with an account of the company. */
export async function createAdmin(database: Database): Promise<Principal> {
	const admin = await createUser(database, 'ccb_admin');
	await giveAccount(database, admin);
	return admin;
}

/** Enters an account of this person; of the company, and open, unless said otherwise. Resolves with its id. */
export async function giveAccount(
	database: Database,
	{ userId }: Principal,
	{ isGuest = false, isExternal = false, isDeactivated = false } = {},
): Promise<string> {
	const insert = `insert into identities (user_id, home_user_id, platform, tenant_id, account_id, display_name, is_guest, is_external, is_deactivated)
		values ($1, $1, 'slack', 'T1', $2, 'x', $3, $4, $5) returning id`;
	const values = [userId, randomUUID(), isGuest, isExternal, isDeactivated];
	const [account] = await database.asRegistrar(({ query }) => query<{ id: string }>(insert, values));
	return account?.id ?? '';
}

/** A new conversation in which the given users take part. Resolves with its id. */
export async function createConversation(database: Database, participants: readonly Principal[]): Promise<string> {
	const id = randomUUID();
	await database.asRegistrar(async (transaction) => {
		await transaction.query(
			`insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by)
			values ($1, $2, 'slack', 'T1', 'C1', $2, 'channel', $3)`,
			[id, `slack:T1:C1:${id}`, participants[0]?.userId ?? null],
		);
		for (const { userId } of participants) {
			await transaction.query('insert into conversation_participants (conversation_id, user_id) values ($1, $2)', [id, userId]);
		}
	});
	return id;
}

async function open(settings: DatabaseSettings, remove: () => Promise<void>): Promise<TestDatabase> {
	const database = await openDatabase({ ...settings, observe: watchDatabaseWork() });
	const close = async () => {
		await database.close();
		await remove();
	};
	return { database, settings, close, remove, [Symbol.asyncDispose]: close };
}
