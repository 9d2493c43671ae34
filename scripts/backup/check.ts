/**
 * Whether a restored copy serves: every table has its rows, it is migrated, and whoever could read something when the backup was made reads the same in
 * it, by the program's own signed sessions, and strangers do not. The manifest comes on standard input. Ends with 0, or with 1 and the reason in a line.
 */

import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDatabase } from '#src/database/database.ts';
import { toBotError } from '#src/errors.ts';
import { silentLogger } from '#src/log.ts';
import { inspectSettings } from '#src/settings/settings.ts';
import { readEmbeddedFacts } from './embedded-facts.ts';
import { brokenPromises, differingCount, readPromises } from './promises.ts';

const { settings, problems } = inspectSettings(process.env);
const reason = settings === null ? problems.join('; ') : await check(settings.database, settings.administration.audit).catch(toReason);
if (reason !== '') process.stdout.write(`${reason}\n`);
process.exitCode = reason === '' ? 0 : 1;

/** @returns what is wrong; empty where nothing is. */
async function check({ url, dataFolder }: { url: string | null; dataFolder: string }, audit: boolean): Promise<string> {
	const manifest = await text(process.stdin);
	// Of a server whoever restored it has counted them, since the program's login may not.
	const different = url === null ? differingCount(manifest, await readEmbeddedFacts(join(dataFolder, 'postgres'))) : null;
	if (different !== null) return different;
	const database = await openDatabase({ url: url && checked(url), dataFolder, audit, logger: silentLogger });
	try {
		return (await brokenPromises(database, readPromises(manifest))).join('; ');
	} finally {
		await database.close();
	}
}

/** The same server and login, and the copy beside the real one. */
function checked(url: string): string {
	const name = process.env['CHECKED_DATABASE'] ?? '';
	const copy = new URL(url);
	if (name !== '') copy.pathname = `/${name}`;
	return copy.href;
}

function toReason(thrown: unknown): string {
	return toBotError(thrown).message;
}
