/** From the embedded database to a server: all of it, under the same rights and with the same key, or nothing. */

import { Client } from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '#src/database/database.ts';
import { type MoveOutcome, moveToServer } from '#src/database/moving/move-to-server.ts';
import type { Person } from '#src/identity/person.ts';
import { silentLogger } from '#src/log.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openEmbeddedDatabase, openOwnedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createHeldWorld, type HeldWorld } from '#test/own-data/held-world.ts';

describe('the embedded database', () => {
	let source: TestDatabase;
	let world: HeldWorld;
	let key: Buffer;
	beforeAll(async () => {
		source = await openEmbeddedDatabase();
		world = await createHeldWorld(source.database, createFakeFileStore());
		key = source.database.keyFor('a test');
		await source.database.close();
		return () => source.remove();
	});

	it('is carried to a server with its rows, rights, numbers and key, and stays as it was', async () => {
		const { url, settings } = await emptyTarget();
		const before = await standing(url);
		const steps: string[] = [];
		const outcome = await move(settings.url, steps);
		expect(outcome).toMatchObject({ kind: 'moved', keepsVectors: false });
		expect(steps).toEqual(['reading', 'moving']);
		expect(await standing(url)).toEqual(before);

		const [old, moved] = [await openDatabase(source.settings), await openDatabase(settings)];
		onTestFinished(async () => void (await Promise.all([old.close(), moved.close()])));
		expect(moved.keyFor('a test')).toEqual(key);
		for (const person of [world.ana, world.luis]) {
			const own = await messagesOf(old, person);
			expect(own.length).toBeGreaterThan(0);
			expect(await messagesOf(moved, person)).toEqual(own);
		}
		const place = newPlace({ kind: 'direct', threadId: '' });
		for (const database of [old, moved]) await say(database, world.luis, questionIn(place, 'later'), 'goes on');
		expect(await numbersOf(moved, world.luis)).toEqual(await numbersOf(old, world.luis));
	});

	it('is not carried to where somebody has data, nor to where the bot runs, and nothing is changed', async () => {
		const { url, settings } = await emptyTarget();
		expect(await move(settings.url, [], true)).toEqual({ kind: 'possible' });
		const running = await openDatabase(settings);
		expect(await move(settings.url)).toEqual({ kind: 'in-use', connections: expect.any(Number) });
		await running.close();
		await query(url, `insert into users (id, role, display_name) values (gen_random_uuid(), 'ccb_guest', 'x')`);
		const steps: string[] = [];
		expect(await move(settings.url, steps)).toEqual({ kind: 'taken' });
		expect(steps).toEqual([]);
		expect(await query(url, 'select display_name from users')).toEqual([{ display_name: 'x' }]);
	});

	async function move(url: string | null, steps: string[] = [], isDry = false): Promise<MoveOutcome> {
		const { dataFolder } = source.settings;
		return await moveToServer({ url: url ?? '', dataFolder, audit: true, logger: silentLogger, isDry, onStep: (step) => steps.push(step) });
	}
});

interface Target {
	settings: TestDatabase['settings'];
	/** As the server's superuser. */
	url: string;
}

async function emptyTarget(): Promise<Target> {
	const { database, settings, remove } = await openOwnedDatabase();
	onTestFinished(remove);
	await database.close();
	const url = new URL(settings.url ?? '');
	Object.assign(url, { username: 'postgres', password: '' });
	return { settings, url: url.href };
}

/** What a person may read, with its numbers. */
async function messagesOf(database: Database, person: Person): Promise<{ sequence: number }[]> {
	return await database.queryAs(person, 'select id, sequence, role, content, sources, status from messages order by sequence');
}

async function numbersOf(database: Database, person: Person): Promise<number[]> {
	return (await messagesOf(database, person)).map(({ sequence }) => sequence);
}

/** What holds for tables, triggers and keys: nothing of it may stay open. */
async function standing(url: string): Promise<object[]> {
	return await query(
		url,
		`select relname::text as name, relforcerowsecurity::text as how from pg_class where relkind = 'r' and relnamespace::regnamespace::text ~ 'public|ccb'
		union all select tgname::text, tgenabled::text from pg_trigger where not tgisinternal
		union all select conname::text, condeferrable::text from pg_constraint where contype = 'f'
		union all select roleid::regrole || ' ' || member::regrole, '' from pg_auth_members where roleid = 'ccb_keeper'::regrole
			and member = (select datdba from pg_database where datname = current_database())
		order by 1, 2`,
	);
}

async function query(url: string, sql: string): Promise<object[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}
