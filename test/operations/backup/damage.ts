/** Backups as nobody wants them: each a copy of a good one, harmed in one way. */

import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A copy in a folder of its own, with what stands beside it if wanted. @returns its path. */
export async function copyBackup(file: string, folder: string, { hasSum }: { hasSum: boolean }): Promise<string> {
	const copy = join(await mkdtemp(join(folder, 'harmed-')), basename(file));
	await copyFile(file, copy);
	if (hasSum) await copyFile(`${file}.sha256`, `${copy}.sha256`);
	return copy;
}

export async function cutOff(file: string): Promise<void> {
	const { length } = await readFile(file);
	await truncate(file, Math.floor((length * 2) / 3));
}

/** As many, all over the file. */
export async function flipBytes(file: string, count = 50): Promise<void> {
	const bytes = await readFile(file);
	for (let index = 1; index <= count; index++) {
		const place = Math.floor((bytes.length * index) / (count + 1));
		bytes[place] = (bytes[place] ?? 0) ^ 0xff;
	}
	await writeFile(file, bytes);
}

/** Packs a plain backup anew, with another manifest or dump, and with hashes that are right. */
export async function repack(file: string, change: (parts: { folder: string; manifest: string }) => Promise<string>): Promise<void> {
	const folder = `${file}.parts`;
	await mkdir(folder);
	execFileSync('tar', ['-x', '-C', folder, '-f', file]);
	const changed = await change({ folder, manifest: await readFile(join(folder, 'manifest'), 'utf8') });
	const digest = execFileSync('sha256sum', [join(folder, 'database.dump')], { encoding: 'utf8' }).slice(0, 64);
	await writeFile(join(folder, 'manifest'), changed.replace(/^sha256\tdatabase\.dump\t.*$/m, `sha256\tdatabase.dump\t${digest}`));
	execFileSync('tar', ['-c', '-C', folder, '-f', file, 'manifest', 'database.dump', 'documents.tar', 'settings.tar']);
	await rm(folder, { recursive: true });
}
