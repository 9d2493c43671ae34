/** A folder of its own for an embedded database, where the databases of the run lie. */

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Whoever makes one removes it. */
export async function makeDatabaseFolder(): Promise<string> {
	return await mkdtemp(join(inject('databaseFolder'), 'openccb-'));
}
