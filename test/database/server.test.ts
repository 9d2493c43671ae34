/** What only a real server shows: processes that start together, logins with few rights, and a server that comes and goes. */

import { randomUUID } from 'node:crypto';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '#src/database/database.ts';
import { silentLogger } from '#src/log.ts';
import {
	asSuperuser,
	createConversation,
	createServerDatabase,
	createUser,
	openOwnedDatabase,
	openServerDatabase,
	testServers,
} from '#test/fakes/database.ts';

const settingsFor = (url: string) => ({ url, dataFolder: tmpdir(), audit: true, logger: silentLogger });

async function open(url: string): Promise<Database> {
	const database = await openDatabase(settingsFor(url));
	onTestFinished(() => database.close());
	return database;
}

async function createEmpty(server?: string): Promise<string> {
	const { url, drop } = await createServerDatabase(server);
	onTestFinished(drop);
	return url;
}

describe.each(testServers())('on $name', ({ url: server }) => {
	test('processes that start at once on one empty database all come up', async () => {
		const url = await createEmpty(server);
		const databases = await Promise.all(Array.from({ length: 4 }, () => open(url)));
		for (const database of databases) expect(await database.query('select key from inbox')).toEqual([]);
	});

	test('two databases of one cluster can be made at once, roles and all', async () => {
		// A cluster-wide role can be made only once: without them there is something to collide on.
		const urls = await Promise.all(Array.from({ length: 4 }, () => createEmpty(server)));
		const databases = await Promise.all(urls.map(open));
		for (const database of databases) expect(await database.health()).toEqual({ state: 'up' });
	});

	test('a statement that no transaction may hold runs as the librarian, and nobody has to wait for it', async () => {
		const store = await openOwnedDatabase(server);
		onTestFinished(() => store.close());
		const { database } = store;
		const { maintain } = database;
		if (maintain === null) throw new Error('a server can be maintained');
		const signal = new AbortController().signal;
		await maintain('create index concurrently found_later on ccb_knowledge.lexeme_counts (chunks)', signal);
		await expect(maintain('create index concurrently found_later on ccb_knowledge.lexeme_counts (chunks)', signal)).rejects.toThrow();
		await expect(maintain('select content from messages', signal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		const stop = new AbortController();
		const waiting = maintain('select pg_sleep(600)', stop.signal);
		stop.abort();
		await expect(waiting).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
	});

	test('a login that is no superuser migrates and is lowered as well', async () => {
		const store = await openOwnedDatabase(server);
		onTestFinished(() => store.close());
		const { database } = store;
		const asker = await createUser(database);
		expect(await database.query('select current_user::text as role')).toEqual([{ role: 'ccb_app' }]);
		expect(await database.asUser(asker, (transaction) => transaction.query('select id from users'))).toEqual([{ id: asker.userId }]);
		await expect(database.query('select content from messages')).rejects.toMatchObject({ code: 'FORBIDDEN' });
		// Even back as the owner of the tables there is nothing to read: row-level security is forced on owners too.
		const conversation = await createConversation(database, [asker]);
		const write = `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'secret', 'received')`;
		await database.asUser(asker, (transaction) => transaction.query(write, [conversation, asker.userId]));
		await database.asApp(async (transaction) => {
			await transaction.query('reset role');
			expect(await transaction.query('select content from messages')).toEqual([]);
		});
		// And no other login than its own can be had from it.
		await expect(database.asApp((transaction) => transaction.query('set local session authorization postgres'))).rejects.toMatchObject({
			code: 'FORBIDDEN',
		});
	});
});

test('a login without the right to make tables is told what it lacks', async () => {
	const url = new URL(await createEmpty());
	const name = `poor_${randomUUID().replaceAll('-', '')}`;
	await asSuperuser(`create role ${name} login`);
	url.username = name;
	await expect(openDatabase(settingsFor(url.href))).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		message: expect.stringContaining(`alter role "${name}" createrole`),
	});
});

test.each([
	['not a URL', () => 'somewhere', 'CONFIG_INVALID'],
	['a database that does not exist', () => inject('postgresUrl').replace(/[^/]*$/, 'nowhere'), 'CONFIG_INVALID'],
	['a port where nobody listens', () => 'postgresql://postgres@127.0.0.1:1/postgres', 'STORE_UNAVAILABLE'],
])('opening %s fails with %3$s', async (_name, url, code) => {
	const beganAt = performance.now();
	await expect(openDatabase(settingsFor(url()))).rejects.toMatchObject({ code });
	expect(performance.now() - beganAt).toBeLessThan(5_000);
});

test('a server that accepts and never answers is unavailable after the connect timeout', async () => {
	const mute = createServer(() => {});
	await listen(mute);
	onTestFinished(() => void mute.close());
	const url = `postgresql://postgres@127.0.0.1:${portOf(mute)}/postgres`;
	await expect(openDatabase(settingsFor(url))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
});

test('connections cut in the middle of a transaction fail it, and the next one works', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const asker = await createUser(store.database);
	const cut = store.database.asUser(asker, async (transaction) => {
		await asSuperuser(
			'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
			store.settings.url ?? '',
		);
		return await transaction.query('select 1');
	});
	await expect(cut).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
	expect(await store.database.asUser(asker, (transaction) => transaction.query('select id from users'))).toEqual([{ id: asker.userId }]);
});

test('a server that goes away makes calls fail quickly, and is used again once it is back', async () => {
	const target = new URL(await createEmpty());
	const gate = await openGate(Number(target.port));
	const url = new URL(target);
	url.port = `${gate.port}`;
	const database = await open(url.href);
	expect(await database.health()).toEqual({ state: 'up' });

	await gate.shut();
	const beganAt = performance.now();
	await expect(database.query('select 1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
	await expect(database.asApp(async (transaction) => transaction.query('select 1'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
	expect(await database.health()).toMatchObject({ state: 'down' });
	expect(performance.now() - beganAt).toBeLessThan(3_000);

	await gate.reopen();
	await expect.poll(() => database.health()).toEqual({ state: 'up' });
	expect(await database.query('select current_user::text as role')).toEqual([{ role: 'ccb_app' }]);
});

test('a network that swallows everything ends a call after its time limit', async () => {
	const target = new URL(await createEmpty());
	const gate = await openGate(Number(target.port));
	const url = new URL(target);
	url.port = `${gate.port}`;
	const database = await open(url.href);
	await database.query('select 1');
	gate.swallow();
	const health = database.health();
	await expect(database.asApp((transaction) => transaction.query('select 1'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
	expect(await health).toMatchObject({ state: 'down' });
	gate.pass();
	await expect.poll(() => database.health()).toEqual({ state: 'up' });
});

test('a statement that takes too long is cut off by the server', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	await expect(store.database.query('select pg_sleep(60)')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'SQLSTATE 57014' });
});

interface Gate {
	port: number;
	/** Cuts every connection and refuses new ones. */
	shut(): Promise<void>;
	reopen(): Promise<void>;
	/** Keeps connections open and drops what they carry, until `pass`. */
	swallow(): void;
	pass(): void;
}

/** A way to the server that can be closed. */
async function openGate(targetPort: number): Promise<Gate> {
	const sockets = new Set<Socket>();
	let isSwallowing = false;
	const server = createServer((inner) => {
		const outer = connectTo(targetPort, '127.0.0.1');
		for (const [from, to] of [
			[inner, outer],
			[outer, inner],
		] as const) {
			sockets.add(from);
			from.on('data', (data) => void (isSwallowing || to.write(data)));
			from.on('error', () => {});
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
		}
	});
	await listen(server);
	const port = portOf(server);
	const shut = async () => {
		const closed = new Promise((resolve) => server.close(resolve));
		for (const socket of sockets) socket.destroy();
		await closed;
	};
	onTestFinished(shut);
	return {
		port,
		shut,
		reopen: () => listen(server, port),
		swallow: () => {
			isSwallowing = true;
		},
		pass: () => {
			isSwallowing = false;
		},
	};
}

async function listen(server: Server, port = 0): Promise<void> {
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}
