/** Migrations and entities describe the same tables, so that neither can be changed alone. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedServer } from '#src/database/embedded-server.ts';
import { createOrm } from '#src/database/orm.ts';
import { createEmbeddedPool, createMigrationPool } from '#src/database/pools.ts';
import { silentLogger } from '#src/log.ts';
import { openServerDatabase } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';

test('entities and migrations agree on a server', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const pool = createMigrationPool(store.settings.url ?? '', store.settings.logger);
	onTestFinished(() => pool.end());
	expect(await differs(pool, databaseOf(store.settings.url))).toBe(false);
});

test('entities and migrations agree on the embedded database', async () => {
	const folder = await makeDatabaseFolder();
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await copyTemplate(folder);
	const server = await startEmbeddedServer(join(folder, 'postgres'));
	onTestFinished(() => server.close());
	const pool = createEmbeddedPool(server, silentLogger);
	onTestFinished(() => pool.end());
	expect(await differs(pool, 'postgres')).toBe(false);
});

test('a column that only the database has counts as a difference', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const pool = createMigrationPool(store.settings.url ?? '', store.settings.logger);
	onTestFinished(() => pool.end());
	await pool.query('alter table messages add column forgotten text');
	expect(await differs(pool, databaseOf(store.settings.url))).toBe(true);
});

async function differs(pool: Pool, databaseName: string): Promise<boolean> {
	return await createOrm(pool, databaseName).migrator.checkSchema();
}

function databaseOf(url: string | null): string {
	return new URL(url ?? '').pathname.slice(1);
}
