/** A copy of the embedded database for a backup, made by the process that has it open: another one may not open it, nor copy files that change. */

import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BotError } from '../errors.ts';
import type { Database } from './database.ts';

export interface CopyDataDependencies {
	/** @throws BotError `STORE_UNAVAILABLE` while there is none. */
	database: () => Pick<Database, 'copyFiles'>;
	dataFolder: string;
}

/**
 * Puts the copy in the place of an older one, for the program's account alone to read. @returns its folder, which holds `postgres` as a data folder does.
 * @throws BotError `NOT_FOUND` where the database is a server's; `STORE_UNAVAILABLE` with what the disk says.
 */
export type CopyData = () => Promise<string>;

/** Within the data folder: whoever may read the one may read the other. */
export function copyFolderOf(dataFolder: string): string {
	return resolve(dataFolder, 'backup-copy');
}

export function createDataCopy({ database, dataFolder }: CopyDataDependencies): CopyData {
	const folder = copyFolderOf(dataFolder);
	return async () => {
		const { copyFiles } = database();
		if (copyFiles === null) throw new BotError('NOT_FOUND', 'the database is a server’s, which is dumped and not copied');
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true, mode: 0o700 });
		try {
			await copyFiles(join(folder, 'postgres'));
		} catch (error) {
			// On a disk that is full, what is half done would keep the program from writing, too.
			await rm(folder, { recursive: true, force: true });
			throw error;
		}
		return folder;
	};
}
