/** Carries an embedded database that nobody has open into an empty one on a server, all or nothing. The embedded one stays as it was. */

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientBase, Pool } from 'pg';
import { openDatabase } from '../database.ts';
import { startEmbeddedServer } from '../embedded-server.ts';
import { lockFolder } from '../folder-lock.ts';
import type { MigrationOptions } from '../migrate.ts';
import { createEmbeddedPool, createMigrationPool } from '../pools.ts';
import { migrateServer } from '../server-store.ts';
import { readSigningKey } from '../signature.ts';
import { differenceOf } from './compare-rows.ts';
import { isTaken, type MovedRows, moveRows } from './move-rows.ts';

export interface MoveOptions extends MigrationOptions {
	/** Of the server's database, `postgres://…`. */
	url: string;
	/** Which holds `postgres`. */
	dataFolder: string;
	/** Only looks at the server. */
	isDry: boolean;
	/** Called before each step that takes a while. */
	onStep: (step: 'reading' | 'moving') => void;
}

export type MoveOutcome =
	| { kind: 'in-use'; connections: number }
	| { kind: 'taken' }
	| { kind: 'possible' }
	/** Carried, and yet not the same; nobody should go on with it. */
	| { kind: 'differs'; where: string }
	| ({ kind: 'moved' } & MovedRows);

/** @throws BotError as `openDatabase` and `lockFolder`; RangeError with the tables that the server lacks. */
export async function moveToServer(options: MoveOptions): Promise<MoveOutcome> {
	const folder = resolve(options.dataFolder, 'postgres');
	// Nobody begins to write there meanwhile.
	const lock = await lockFolder(`${folder}.lock`, folder);
	try {
		if (!options.isDry) await migrateServer(options.url, options);
		const refusal = await withPool(createMigrationPool(options.url, options.logger), (pool) => withClient(pool, refuseTarget));
		if (refusal !== null) return refusal;
		return options.isDry ? { kind: 'possible' } : await moveCopy(folder, options);
	} finally {
		await lock.release();
	}
}

async function refuseTarget(target: ClientBase): Promise<MoveOutcome | null> {
	const using = await target.query<{ connections: number }>(
		`select count(*) as connections from pg_stat_activity where datname = current_database() and application_name = 'openccb'`,
	);
	const { connections } = using.rows[0] ?? { connections: 0 };
	if (connections > 0) return { kind: 'in-use', connections };
	return (await isTaken(target)) ? { kind: 'taken' } : null;
}

/** What opens a database writes in its folder, and may have to migrate it first. */
async function moveCopy(folder: string, { dataFolder, url, audit, logger, onStep }: MoveOptions): Promise<MoveOutcome> {
	const copy = await mkdtemp(join(resolve(dataFolder), 'moving-'));
	try {
		onStep('reading');
		await cp(folder, join(copy, 'postgres'), { recursive: true });
		await (await openDatabase({ url: null, dataFolder: copy, audit, logger })).close();
		const server = await startEmbeddedServer(join(copy, 'postgres'));
		try {
			onStep('moving');
			return await withPool(createEmbeddedPool(server, logger), (source) =>
				withPool(createMigrationPool(url, logger), (target) => carry(source, target)),
			);
		} finally {
			await server.close();
		}
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
}

async function carry(source: Pool, target: Pool): Promise<MoveOutcome> {
	const key = await readSigningKey(source);
	return await withClient(source, (from) =>
		withClient(target, async (to) => {
			const moved = await moveRows(from, to, key);
			const where = await differenceOf(from, to);
			return where === null ? { kind: 'moved', ...moved } : { kind: 'differs', where };
		}),
	);
}

async function withPool<Result>(pool: Pool, use: (pool: Pool) => Promise<Result>): Promise<Result> {
	try {
		return await use(pool);
	} finally {
		await pool.end();
	}
}

async function withClient<Result>(pool: Pool, use: (client: ClientBase) => Promise<Result>): Promise<Result> {
	const client = await pool.connect();
	try {
		return await use(client);
	} finally {
		client.release();
	}
}
