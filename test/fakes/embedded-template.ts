/** A migrated embedded database, made once and copied from then on: making one takes seconds, copying one does not. */

import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '#src/database/database.ts';

const cacheFolder = fileURLToPath(new URL('../../.cache/test-databases', import.meta.url));
const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
const lockfile = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

/** Whoever makes a template for longer than this has died over it. */
const MAKING_LIMIT_MS = 60_000;
const POLL_MS = 100;

/** Fills `dataFolder` with the embedded database at its newest migration. */
export async function copyTemplate(dataFolder: string): Promise<void> {
	await cp(await template(), dataFolder, { recursive: true });
}

async function template(): Promise<string> {
	const folder = join(cacheFolder, await versionOfSources());
	const turn = `${folder}.making`;
	await mkdir(cacheFolder, { recursive: true });
	while (!(await exists(folder))) {
		if (!(await takeTurn(turn))) {
			await wait(POLL_MS);
			continue;
		}
		try {
			await makeTemplate(folder);
		} finally {
			await rm(turn, { recursive: true, force: true });
		}
	}
	return folder;
}

/** Changes with the migrations and with the packages. */
async function versionOfSources(): Promise<string> {
	const hash = createHash('sha256').update(await readFile(lockfile));
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

async function makeTemplate(folder: string): Promise<void> {
	if (await exists(folder)) return;
	const draft = await mkdtemp(join(cacheFolder, 'draft-'));
	const database = await openDatabase({ url: null, dataFolder: draft, audit: true, logger: { info: () => {}, warn: () => {} } });
	await database.close();
	await rename(draft, folder);
}

async function exists(path: string): Promise<boolean> {
	return await stat(path).then(
		() => true,
		() => false,
	);
}
