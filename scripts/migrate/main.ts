/**
 * `npm run migrate`: brings the database of `DATABASE_URL` to the schema of this version, all of it or nothing. With `--dry-run` it only says what
 * would run; with `--roles` it makes the roles alone, before a backup is restored. Ends with 0 when the database is current or could be, with 2 when it is away or in use and another try may do, else with 1.
 */

import { inspectServer } from '#src/database/inspect.ts';
import { lostOwnersText } from '#src/database/restored.ts';
import { refusalText } from '#src/database/schema-version.ts';
import { makeServerRoles, migrateServer } from '#src/database/server-store.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { silentLogger } from '#src/log.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { type MigrationOrder, readMigrationOrder } from './options.ts';

const { migration: words } = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const order = readMigrationOrder(process.argv.slice(2));
// The settings of platforms and models may still be missing.
const { settings, problems } = inspectSettings(process.env);

if (order === null) end(1, words.usage);
else if (settings === null) end(1, words.failed(problems.join('; ')));
else if (settings.database.url === null) end(0, words.embedded);
else await carryOut(order, settings.database.url, settings).catch(explain);

async function carryOut({ isDry, isRolesAlone, waitMs }: MigrationOrder, url: string, known: Settings): Promise<void> {
	if (isDry) return await show(url);
	if (!isRolesAlone) return await run(url, known, waitMs);
	await makeServerRoles(url, silentLogger);
	end(0, words.roles);
}

async function show(url: string): Promise<void> {
	const { pendingMigrations, newerMigrations, wrongKeyOwner, refusal, help } = await inspectServer(url, new AbortController().signal);
	if (wrongKeyOwner !== null) return end(1, words.failed(lostOwnersText(wrongKeyOwner)));
	if (refusal !== null) return end(1, words.failed(refusalText(refusal)));
	if (pendingMigrations === null) return end(1, words.needs(help.tables));
	if (help.start !== null) return end(1, words.needs(help.start));
	if (newerMigrations.length > 0) say(words.newer(list(newerMigrations)));
	end(0, pendingMigrations.length > 0 ? words.pending(list(pendingMigrations)) : words.current);
}

async function run(url: string, { administration: { audit } }: Settings, withinMs: number): Promise<void> {
	let isTold = false;
	const isWorthwhile = ({ retryable, message }: BotError) => {
		if (retryable && !isTold && withinMs > 0) say(words.waiting(message));
		isTold = true;
		return retryable;
	};
	const { applied } = await migrateServer(url, { audit, logger: silentLogger }, { withinMs, isWorthwhile });
	end(0, applied.length > 0 ? words.applied(list(applied)) : words.current);
}

function explain(thrown: unknown): void {
	const { message, retryable } = toBotError(thrown);
	if (retryable) end(2, words.notNow(message));
	else end(1, words.failed(message));
}

function list(names: readonly string[]): string {
	return names.join(', ');
}

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

function end(exitCode: number, sentence: string): void {
	process[exitCode === 0 ? 'stdout' : 'stderr'].write(`${sentence}\n`);
	process.exitCode = exitCode;
}
