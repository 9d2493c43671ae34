/** A real PgBouncer in front of a real server: sessions are kept, or the program does not start and says why. */

import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '#src/database/database.ts';
import { silentLogger } from '#src/log.ts';
import { createUser, openOwnedDatabase } from '#test/fakes/database.ts';
import { startPooler } from './own-pooler.ts';

async function open(url: string): Promise<Database> {
	const database = await openDatabase({ url, dataFolder: tmpdir(), audit: true, logger: silentLogger });
	onTestFinished(() => database.close());
	return database;
}

/** Of a database that is migrated already. */
async function behindPooler(mode: Parameters<typeof startPooler>[0]): Promise<string> {
	const store = await openOwnedDatabase();
	onTestFinished(() => store.close());
	return await startPooler(mode, store.settings.url ?? '');
}

test('PgBouncer refuses limits that come with a connection', async () => {
	const client = new Client({ connectionString: await behindPooler('session'), statement_timeout: 4_000 });
	client.on('error', () => {});
	await expect(client.connect()).rejects.toMatchObject({ code: '08P01' });
});

describe('behind a pooler that keeps sessions', () => {
	test('people act, and nothing of theirs is left on a connection', async () => {
		const database = await open(await behindPooler('session'));
		const asker = await createUser(database);
		expect(await database.asUser(asker, (transaction) => transaction.query('select id from users'))).toEqual([{ id: asker.userId }]);
		await expect(database.query('select id from users')).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(await database.query('select current_user::text as role')).toEqual([{ role: 'ccb_app' }]);
	});

	test('a session has its limits at first, and still has them when it was used', async () => {
		const database = await open(await behindPooler('session'));
		const limits = `select current_setting('statement_timeout') as "statement", current_setting('idle_in_transaction_session_timeout') as "idle"`;
		for (let uses = 0; uses < 3; uses++) {
			expect(await database.asApp(({ query }) => query(limits))).toEqual([{ statement: '4s', idle: '10s' }]);
		}
	});
});

test.each(['transaction', 'statement'] as const)('behind a pooler that lends sessions for a %s the start says what to do', async (mode) => {
	const url = await behindPooler(mode);
	await expect(open(url)).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		retryable: false,
		message: expect.stringContaining('pool_mode = session'),
	});
});

test('behind a pooler whose server is away the program waits for it', async () => {
	const url = await startPooler('session', 'postgresql://openccb:secret@127.0.0.1:1/openccb');
	await expect(open(url)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
});
