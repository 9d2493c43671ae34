/** Looks for a word in all that a database keeps: every column of every table, below the policies. */

import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { DatabaseSettings } from '#src/database/database.ts';

type Ask = (sql: string, parameters?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

const findTables = `
select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`;

/**
 * Of the embedded database once it is closed. Rows that were deleted and wait to be vacuumed are kept by the files, and by no table.
 * @returns the rows that hold it, as `schema.table`, in whatever case it is written.
 */
export async function keptRowsWith(word: string, settings: Pick<DatabaseSettings, 'url' | 'dataFolder'>): Promise<string[]> {
	if (settings.url === null) {
		const embedded = await PGlite.create(join(settings.dataFolder, 'postgres'));
		return await lookThrough(word, (sql, parameters) => embedded.query(sql, parameters)).finally(() => embedded.close());
	}
	const server = new Client({ connectionString: settings.url });
	await server.connect();
	return await lookThrough(word, (sql, parameters) => server.query(sql, parameters)).finally(() => server.end());
}

async function lookThrough(word: string, ask: Ask): Promise<string[]> {
	const { rows: tables } = await ask(findTables);
	const found: string[] = [];
	for (const { name } of tables) {
		const { rows } = await ask(`select one::text as row from ${name} as one where one::text ilike '%' || $1 || '%'`, [word]);
		found.push(...rows.map(() => String(name)));
	}
	return found;
}
