/** Whoever backs up and restores on one machine: its folder, its keys, and the scripts with what they are told. */

import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../https/running.ts';

export interface AdministratorOptions {
	/** Of this machine alone. */
	folder: string;
	/** As the program has it, null for the embedded database. */
	url: string | null;
	dataFolder: string;
	/** Beside the usual variables. */
	environment?: Record<string, string>;
}

export interface Administrator {
	readonly target: string;
	readonly identity: string;
	backup(words?: string[], more?: Record<string, string>): Promise<{ code: number; output: string }>;
	restore(words: string[], more?: Record<string, string>): Promise<{ code: number; output: string }>;
	/** Whatever is left of work, where nothing should be. */
	leftovers(): Promise<string[]>;
	/** The signs for monitoring, by name. */
	signs(): Promise<Map<string, number>>;
}

export async function createAdministrator({ folder, url, dataFolder, environment = {} }: AdministratorOptions): Promise<Administrator> {
	const [target, identity, recipients, root] = ['target', 'identity', 'recipients', 'root'].map((name) => join(folder, name)) as [
		string,
		string,
		string,
		string,
	];
	await mkdir(root, { recursive: true });
	await makeKey(identity, recipients);
	const variables = {
		OPENCCB_SETUP_ROOT: root,
		OPENCCB_BACKUP_WAY: 'checkout',
		OPENCCB_BACKUP_TARGET: target,
		OPENCCB_BACKUP_RECIPIENTS: recipients,
		OPENCCB_NODE: process.execPath,
		OPENCCB_DATA: dataFolder,
		LANG: 'C',
		...(url === null ? {} : { DATABASE_URL: url, PGHOST: new URL(url).hostname, PGPORT: new URL(url).port, PGUSER: 'postgres' }),
		...environment,
	};
	return {
		target,
		identity,
		backup: (words = [], more = {}) => runToEnd('scripts/backup.sh', words, { ...variables, ...more }),
		restore: (words, more = {}) => runToEnd('scripts/restore.sh', words, { ...variables, OPENCCB_BACKUP_IDENTITY: identity, ...more }),
		leftovers: () => readdir(join(root, 'var/tmp')).catch(() => []),
		async signs() {
			const text = await readFile(join(root, 'var/lib/openccb-backup/openccb_backup.prom'), 'utf8');
			const lines = text.split('\n').filter((line) => /^[a-z]/.test(line));
			return new Map(lines.map((line) => line.split(' ') as [string, string]).map(([name, value]) => [name, Number(value)]));
		},
	};
}

/** @param identity where the private key comes to lie. @param recipients where its public part does, if anybody asks. */
export async function makeKey(identity: string, recipients?: string): Promise<void> {
	execFileSync('age-keygen', ['-o', identity], { stdio: 'ignore' });
	if (recipients !== undefined) await writeFile(recipients, execFileSync('age-keygen', ['-y', identity]));
}
