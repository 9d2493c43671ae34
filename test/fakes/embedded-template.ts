/** Embedded databases, migrated and empty, made once and copied from then on: making one takes seconds, copying one does not. */

import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase } from '#src/database/database.ts';
import { silentLogger } from '#src/log.ts';

const cacheFolder = fileURLToPath(new URL('../../.cache/test-databases', import.meta.url));
const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
const lockfile = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

/**
 * Postgres empties its shared memory at each start, and initdb gives it 128 MB: half of the processor time of a start and 110 MB. What tests keep is smaller
 * than this.
 */
const settings = '\nshared_buffers = 16MB\n';

/** Whoever makes a template for longer than this has died over it. */
const MAKING_LIMIT_MS = 60_000;
const POLL_MS = 100;

/** Fills `dataFolder` with the embedded database at its newest migration. */
export async function copyTemplate(dataFolder: string): Promise<void> {
	copyFolder(await template('migrated', makeMigrated), dataFolder);
}

/** Fills `folder` with what `PGlite.create` makes of an empty one. */
export async function copyEmptyTemplate(folder: string): Promise<void> {
	copyFolder(await template('empty', makeEmpty), folder);
}

/** All at once: with a promise for each of its thousand files a copy takes six times the processor time. */
function copyFolder(from: string, to: string): void {
	cpSync(from, to, { recursive: true });
}

type Make = (draft: string) => Promise<void>;

async function template(name: string, make: Make): Promise<string> {
	const folder = join(cacheFolder, `${name}-${await versionOfSources()}`);
	const turn = `${folder}.making`;
	await mkdir(cacheFolder, { recursive: true });
	while (!(await exists(folder))) {
		if (!(await takeTurn(turn))) {
			await wait(POLL_MS);
			continue;
		}
		try {
			await makeTemplate(folder, make);
		} finally {
			await rm(turn, { recursive: true, force: true });
		}
	}
	return folder;
}

/** Changes with the migrations, with the packages and with this file. */
async function versionOfSources(): Promise<string> {
	const hash = createHash('sha256');
	for (const path of [lockfile, import.meta.filename]) hash.update(await readFile(path));
	for (const name of (await readdir(migrationsFolder)).sort()) hash.update(await readFile(join(migrationsFolder, name)));
	return hash.digest('hex').slice(0, 16);
}

/** One of the test processes makes the template, the others wait for it. */
async function takeTurn(turn: string): Promise<boolean> {
	try {
		await mkdir(turn);
		return true;
	} catch {
		// Somebody else has it, or had it and died.
		const since = await stat(turn).then(
			({ mtimeMs }) => mtimeMs,
			() => Date.now(),
		);
		if (Date.now() - since > MAKING_LIMIT_MS) await rm(turn, { recursive: true, force: true });
		return false;
	}
}

async function makeTemplate(folder: string, make: Make): Promise<void> {
	if (await exists(folder)) return;
	const draft = await mkdtemp(join(cacheFolder, 'draft-'));
	await make(draft);
	await rename(draft, folder);
}

async function makeMigrated(dataFolder: string): Promise<void> {
	const database = await openDatabase({ url: null, dataFolder, audit: true, logger: silentLogger });
	await database.close();
	await appendFile(join(dataFolder, 'postgres', 'postgresql.conf'), settings);
}

async function makeEmpty(folder: string): Promise<void> {
	const pglite = await PGlite.create(folder);
	await pglite.close();
	await appendFile(join(folder, 'postgresql.conf'), settings);
}

async function exists(path: string): Promise<boolean> {
	return await stat(path).then(
		() => true,
		() => false,
	);
}
