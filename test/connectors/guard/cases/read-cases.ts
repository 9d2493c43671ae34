/** Statements out of the files beside this one: one a line. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StatementCase {
	/** Name of its file. */
	group: string;
	sql: string;
}

export function readCases(folder: 'hostile' | 'legitimate'): StatementCase[] {
	const path = join(import.meta.dirname, folder);
	return readdirSync(path).flatMap((file) =>
		readFileSync(join(path, file), 'utf8')
			.split('\n')
			.filter((line) => line !== '')
			.map((sql) => ({ group: file.replace('.txt', ''), sql })),
	);
}
