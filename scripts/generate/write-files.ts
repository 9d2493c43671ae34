/** Writes generated files where they differ from what is there. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Content by path. */
export type Files = Record<string, string | Uint8Array>;

/** @returns the paths whose content was another; with `isCheck` nothing is written. */
export async function writeFiles(files: Files, { folder = '.', isCheck = false } = {}): Promise<string[]> {
	const stale: string[] = [];
	for (const [name, content] of Object.entries(files)) {
		const path = join(folder, name);
		const present = await readFile(path).catch(() => null);
		if (present?.equals(Buffer.from(content))) continue;
		stale.push(path);
		if (isCheck) continue;
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, content);
	}
	return stale;
}
