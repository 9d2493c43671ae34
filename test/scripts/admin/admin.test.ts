/** `npm run admin` as a process, on both databases, beside the running program. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openCache } from '#src/cache/open-cache.ts';
import { openDatabase } from '#src/database/database.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { silentLogger } from '#src/log.ts';
import { idOf } from '#test/administration/company.ts';
import { createServerDatabase } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { nodeArguments } from '#test/setup/node-arguments.ts';
import { typedCommand } from '../../../scripts/admin/typed-command.ts';

const { done, refused, console: consoleWords } = english.administration;
const reference = 'slack:T0123:U0123';
const granted = `${done.granted(`U0123 (${reference})`, 'admin')}\n${done.entered(reference)}`;

async function runAdmin(environment: Record<string, string>, ...words: string[]) {
	const child = spawn(process.execPath, [...nodeArguments, 'scripts/admin/main.ts', ...words], {
		env: { ...bareEnvironment(), ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, output: output.trimEnd(), errors: errors.trimEnd() };
}

async function newFolder(): Promise<string> {
	const folder = await makeDatabaseFolder();
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

async function newServer(): Promise<string> {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	return url;
}

const selectRole = 'select role from users where id = $1';

test('makes the first administrator in an embedded database that it makes itself', async () => {
	const dataFolder = await newFolder();
	const environment = { OPENCCB_DATA: dataFolder };

	expect(await runAdmin(environment, 'grant', reference, 'admin')).toEqual({ code: 0, output: granted, errors: '' });
	expect(await runAdmin(environment, 'revoke', reference)).toEqual({ code: 1, output: '', errors: refused.lastAdmin });

	await using database = await closing(openDatabase({ url: null, dataFolder, audit: true, logger: silentLogger }));
	const rows = await database.asRegistrar(({ query }) => query(selectRole, [idOf(reference)]));
	expect(rows).toEqual([{ role: 'ccb_admin' }]);
	// The program has the database now.
	expect(await runAdmin(environment, 'roles')).toEqual({ code: 1, output: '', errors: consoleWords.inUse });
	expect((await runAdmin({ ...environment, OPENCCB_LANGUAGE: 'es' }, 'roles')).errors).toBe(spanish.administration.console.inUse);
});

test('makes the first administrator on a server that has never been migrated', async () => {
	const url = await newServer();
	const result = await runAdmin({ DATABASE_URL: url }, 'grant', reference, 'admin');
	expect(result).toEqual({ code: 0, output: granted, errors: '' });
	const web = { OPENCCB_PUBLIC_URL: 'https://bot.example.com', OPENCCB_SIGN_IN_PASSWORDS: 'on' };
	const added = await runAdmin({ DATABASE_URL: url, ...web }, 'account', 'add', 'lucia', 'Lucía Gil');
	expect(added).toMatchObject({ code: 0, output: expect.stringMatching(/https:\/\/bot\.example\.com\/enter#password\.[\w-]{43}$/) });
	const { output } = await runAdmin({ DATABASE_URL: url }, 'log');
	expect(output).toContain(`${english.administration.log.console}: grant (U0123; role admin; account ${reference})`);
});

test('stops what processes that share a Redis still do for somebody who was shut out', async () => {
	const environment = { DATABASE_URL: await newServer(), REDIS_URL: inject('redisUrl') };
	const cache = openCache({ url: environment.REDIS_URL, logger: silentLogger });
	onTestFinished(() => cache.close());
	const heard: string[] = [];
	await cache.subscribe('stop-turns', (message) => heard.push(message));

	expect(await runAdmin(environment, 'grant', reference, 'employee')).toMatchObject({ code: 0, errors: '' });
	expect(await runAdmin(environment, 'deactivate', reference)).toMatchObject({ code: 0, errors: '' });

	await expect.poll(() => heard.some((message) => message.includes(idOf(reference)))).toBe(true);
});

test('says so when what is configured cannot be reached or read', async () => {
	const nowhere = await runAdmin({ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' }, 'roles');
	expect(nowhere).toMatchObject({ code: 1, output: '', errors: expect.stringContaining(consoleWords.failed('')) });
	const wrong = await runAdmin({ DATABASE_URL: 'mysql://x' }, 'roles');
	expect(wrong).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('DATABASE_URL') });
});

test('explains itself without any database', async () => {
	for (const words of [[], ['help'], ['--help']]) {
		const { code, output } = await runAdmin({ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' }, ...words);
		expect(code).toBe(0);
		for (const usage of Object.values(english.administration.usage)) expect(output).toContain(usage);
	}
	expect(await runAdmin({}, '--force')).toMatchObject({ code: 1 });
	expect((await runAdmin({ OPENCCB_LANGUAGE: 'es' }, '--help')).output).toContain(spanish.administration.console.usage);
});

test.each([
	[[], ''],
	[['grant', 'Ana Pérez', 'admin'], 'grant "Ana Pérez" admin'],
	[['grant "Ana Pérez" admin'], 'grant "Ana Pérez" admin'],
	[['role', 'create', 'data team'], 'role create "data team"'],
	[['limit', 'x', 'models', 'a,', 'b'], 'limit x models a, b'],
	[['roles', '--all'], null],
])('reads the command line %j as %j', (words, command) => expect(typedCommand(words)).toBe(command));

/** Closed at the end of the block. */
async function closing<Closable extends { close(): Promise<void> }>(opening: Promise<Closable>): Promise<Closable & AsyncDisposable> {
	const opened = await opening;
	return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() });
}
