/** What a manifest says of an embedded database that nobody else has open: the same lines as of a server (`parts/dump.sh`). */

import { readFile } from 'node:fs/promises';
import { startEmbeddedServer } from '#src/database/embedded-server.ts';
import { createEmbeddedPool } from '#src/database/pools.ts';
import { silentLogger } from '#src/log.ts';

/** @param folder its own folder, which holds `PG_VERSION`. Throws the driver's own errors. */
export async function readEmbeddedFacts(folder: string): Promise<string[]> {
	const server = await startEmbeddedServer(folder);
	const pool = createEmbeddedPool(server, silentLogger);
	try {
		const [counting = ''] = await lines(await statement('counts.sql'), 'statement');
		return [...(await lines(await statement('facts.sql'))), ...(await lines(counting))];
	} finally {
		await pool.end();
		await server.close();
	}

	async function lines(sql: string, column = 'line'): Promise<string[]> {
		const { rows } = await pool.query<Record<string, string>>(sql);
		return rows.map((row) => row[column] ?? '');
	}
}

async function statement(name: string): Promise<string> {
	return await readFile(new URL(name, import.meta.url), 'utf8');
}
