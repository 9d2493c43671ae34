/** `npm run migrate` as a process, on databases of the run's server. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createOrm } from '#src/database/orm.ts';
import { createMigrationPool } from '#src/database/pools.ts';
import { knownMigrations } from '#src/database/schema-version.ts';
import { silentLogger } from '#src/log.ts';
import { asSuperuser, createMigratedDatabase, createServerDatabase } from '#test/fakes/database.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { readMigrationOrder } from '../../../scripts/migrate/options.ts';

const newest = (await knownMigrations()).at(-1) ?? '';

test('brings an empty database up, says what ran, and has nothing to do the next time', async () => {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	expect(await migrate({ DATABASE_URL: url }, '--dry-run')).toEqual({ code: 0, said: expect.stringContaining(`Would run: 0001-roles, `) });
	expect(await query(url, `select from pg_class where relname = 'migrations'`)).toEqual([]);
	const { code, said } = await migrate({ DATABASE_URL: url });
	expect([code, said]).toEqual([0, expect.stringContaining('Done: 0001-roles, ')]);
	expect(said).toContain(newest);
	expect(await migrate({ DATABASE_URL: url, OPENCCB_LANGUAGE: 'es' })).toEqual({
		code: 0,
		said: 'No hay nada que hacer: la base de datos está al día.\n',
	});
	expect(await migrate({ DATABASE_URL: url }, '--dry-run')).toMatchObject({ code: 0, said: 'Nothing to do: the database is current.\n' });
});

test('makes the roles alone where a backup is to be restored', async () => {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	expect(await migrate({ DATABASE_URL: url }, '--roles')).toEqual({ code: 0, said: expect.stringContaining('the roles are there') });
	expect(await query(url, `select from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
});

test('leaves nothing half done while others hold a table, ends with 2, and does it once they have gone', async () => {
	const url = await migratedUpTo('0028-stale-sources');
	const before = await query(url, 'select name from migrations');
	const holder = new Client({ connectionString: url });
	await holder.connect();
	// What has run can be read, and nothing can be added to it: the last statement of a migration waits for that.
	await holder.query('begin; lock table migrations in share mode');
	const { code, said } = await migrate({ DATABASE_URL: url }, '--wait', '0');
	expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/nothing is half done. Try again later: .*55P03/) });
	await holder.end();
	expect(await query(url, 'select name from migrations')).toEqual(before);
	expect(await query(url, `select from pg_class where relname = 'feedback_cases'`)).toEqual([]);
	const pending = (await knownMigrations()).slice(before.length).join(', ');
	expect(await migrate({ DATABASE_URL: url })).toEqual({ code: 0, said: `Done: ${pending}.\n` });
});

test('refuses with 1 what another try does not mend, and says what to do', async () => {
	const { url, drop } = await createMigratedDatabase();
	onTestFinished(drop);
	await asSuperuser(`update schema_compatibility set compatible_from = '99.0.0'`, url);
	const refusal = { code: 1, said: expect.stringContaining('needs OpenCCB 99.0.0 or newer') };
	expect(await migrate({ DATABASE_URL: url })).toEqual(refusal);
	expect(await migrate({ DATABASE_URL: url }, '--dry-run')).toEqual(refusal);
	await asSuperuser('alter table ccb_private.proof_key owner to postgres', url);
	const restored = { code: 1, said: expect.stringContaining('without its owners') };
	for (const words of [[], ['--dry-run']]) expect(await migrate({ DATABASE_URL: url }, ...words)).toEqual(restored);
	expect(await migrate({ DATABASE_URL: 'mysql://user:secret@host/db' })).toEqual({ code: 1, said: expect.not.stringContaining('secret') });
	expect(await migrate({ DATABASE_URL: url }, '--force')).toEqual({ code: 1, said: expect.stringContaining('--dry-run') });
});

test('has nothing to do for the embedded database, and ends with 2 where nobody answers', async () => {
	expect(await migrate({})).toMatchObject({ code: 0, said: expect.stringContaining('embedded') });
	const url = 'postgres://openccb:secret@127.0.0.1:1/openccb';
	for (const words of [['--wait', '0'], ['--dry-run']]) {
		expect(await migrate({ DATABASE_URL: url }, ...words)).toEqual({ code: 2, said: expect.not.stringContaining('secret') });
	}
});

test('reads its options', () => {
	expect(readMigrationOrder([])).toEqual({ isDry: false, isRolesAlone: false, waitMs: 60_000 });
	expect(readMigrationOrder(['--dry-run', '--wait', '5'])).toMatchObject({ isDry: true, waitMs: 5_000 });
	expect(readMigrationOrder(['--roles'])).toMatchObject({ isRolesAlone: true });
	for (const words of [['--wait', 'long'], ['--wait'], ['now'], ['--roles', '--dry-run']]) expect(readMigrationOrder(words)).toBeNull();
});

async function migrate(environment: Record<string, string>, ...words: string[]) {
	const child = spawn(process.execPath, ['scripts/migrate/main.ts', ...words], {
		env: { ...bareEnvironment(), ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, said: `${said}${errors}` };
}

async function migratedUpTo(name: string): Promise<string> {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	const pool = createMigrationPool(url, silentLogger);
	const orm = createOrm(pool, new URL(url).pathname.slice(1));
	await orm.migrator.up({ to: name });
	await orm.close(true);
	await pool.end();
	return url;
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
