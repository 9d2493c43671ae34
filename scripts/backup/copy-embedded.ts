/**
 * Copies the embedded database into `backup-copy` of the data folder, whether or not the program runs, and writes what the manifest says of it.
 * Ends with 0, or with 1 and the reason in a line.
 */

import { cp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyFolderOf } from '#src/database/copy-data.ts';
import { lockFolder } from '#src/database/folder-lock.ts';
import { inspectFolder } from '#src/database/inspect.ts';
import { inspectSettings } from '#src/settings/settings.ts';
import { readEmbeddedFacts } from './embedded-facts.ts';

const { settings, problems } = inspectSettings(process.env);
try {
	if (settings === null) throw new Error(problems.join('; '));
	const { dataFolder } = settings.database;
	const { exists, holder } = await inspectFolder(dataFolder);
	if (!exists) throw new Error(`there is no database in ${resolve(dataFolder)}`);
	if (holder === null) await copyStopped(dataFolder);
	else await askProgram(settings.operations.port);
	process.stdout.write(`${(await readEmbeddedFacts(join(copyFolderOf(dataFolder), 'postgres'))).join('\n')}\n`);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}

/** Only the process that has it open can. */
async function askProgram(port: number): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${port}/backup`, { method: 'POST' });
	if (!response.ok) throw new Error(`the program did not copy its database: ${response.status} ${await response.text()}`);
}

/** Nobody may begin meanwhile. */
async function copyStopped(dataFolder: string): Promise<void> {
	const folder = resolve(dataFolder, 'postgres');
	const copy = copyFolderOf(dataFolder);
	const lock = await lockFolder(`${folder}.lock`, folder);
	try {
		await rm(copy, { recursive: true, force: true });
		await mkdir(copy, { mode: 0o700 });
		await cp(folder, join(copy, 'postgres'), { recursive: true });
	} finally {
		await lock.release();
	}
}
