/** The folder of the embedded database: nobody else on the machine reads or changes what lies there, whatever it was like before. */

import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#src/database/database.ts';
import { closeFiles, closeFolder, findLooseHolder } from '#src/database/private-folder.ts';
import { silentLogger } from '#src/log.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';

const holds = 'the embedded database';
/** Group and everybody else. */
const others = 0o077;
const replaceable = expect.stringContaining('can put another folder in the place of that of the embedded database');
const cannotClose = expect.stringContaining('the program cannot change that');

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-private-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

function keepLog() {
	const warnings: string[] = [];
	return { warnings, logger: { ...silentLogger, warn: (_fields: object, message: string) => void warnings.push(message) } };
}

async function treeOf(folder: string): Promise<string[]> {
	return [folder, ...(await readdir(folder, { recursive: true })).map((name) => join(folder, name))];
}

/** Paths on which others have any right. */
async function openPaths(folder: string): Promise<string[]> {
	const found: string[] = [];
	for (const path of await treeOf(folder)) if (((await lstat(path)).mode & others) !== 0) found.push(path);
	return found;
}

async function openToAll(folder: string): Promise<void> {
	for (const path of await treeOf(folder)) await chmod(path, (await stat(path)).isDirectory() ? 0o777 : 0o666);
}

test('an old folder that everybody could enter is closed with all that is in it, and the log says so once', async () => {
	const dataFolder = await makeDatabaseFolder();
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	await copyTemplate(dataFolder);
	await openToAll(dataFolder);
	const { logger, warnings } = keepLog();
	const settings = { url: null, dataFolder, audit: true, logger };
	const database = await openDatabase(settings);
	expect(await openPaths(dataFolder)).toEqual([]);
	expect(await readdir(dataFolder)).toContain('postgres.lock');
	await database.asRegistrar(({ query }) => query(`insert into users (display_name) values ('somebody')`));
	await database.close();
	expect(await openPaths(dataFolder)).toEqual([]);
	await (await openDatabase(settings)).close();
	expect(warnings).toEqual([expect.stringContaining('could enter the folder')]);
});

test('a new folder is closed before anything is in it, whatever the umask', async () => {
	const { logger, warnings } = keepLog();
	const dataFolder = join(await newFolder(), 'a', 'b');
	await closeFolder(join(dataFolder, 'postgres'), { holds, logger });
	expect(await openPaths(join(dataFolder, '..'))).toEqual([]);
	expect(warnings).toEqual([]);
});

test('where others keep something too, only the folder of the database is closed', async () => {
	const shared = await newFolder();
	await chmod(shared, 0o755);
	await writeFile(join(shared, 'somebody-elses'), '', { mode: 0o644 });
	await mkdir(join(shared, 'postgres'), { mode: 0o755 });
	await closeFolder(join(shared, 'postgres'), { holds, logger: keepLog().logger });
	const modes = await Promise.all(['.', 'somebody-elses', 'postgres'].map(async (name) => (await stat(join(shared, name))).mode & 0o777));
	expect(modes).toEqual([0o755, 0o644, 0o700]);
});

test('where others can rename the folder away, the log says what to do', async () => {
	const shared = await newFolder();
	await writeFile(join(shared, 'somebody-elses'), '');
	await chmod(shared, 0o777);
	const { logger, warnings } = keepLog();
	await closeFolder(join(shared, 'postgres'), { holds, logger });
	expect((await stat(shared)).mode & 0o777).toBe(0o777);
	expect(warnings).toEqual([replaceable]);
});

test.each([
	['others may only read', 0o755, false],
	['everybody may write', 0o777, true],
	['everybody may write, but not enter', 0o702, false],
	['the group may write', 0o770, true],
	['everybody may write, and rename only what is theirs', 0o1777, false],
])('a folder above in which %s: others can put another one in its place: %s, %s', async (_which, mode, isLoose) => {
	const top = await newFolder();
	const folder = join(top, 'a', 'b', 'postgres');
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const group = 4_711;
	if (process.geteuid?.() === 0) await chown(join(top, 'a'), 0, group);
	await chmod(join(top, 'a'), mode);
	const isOwnGroup = (await stat(join(top, 'a'))).gid !== group && mode === 0o770;
	expect(await findLooseHolder(folder)).toBe(isLoose && !isOwnGroup ? join(top, 'a') : null);
	await symlink(join(top, 'a', 'b'), join(top, 'link'));
	expect(await findLooseHolder(join(top, 'link', 'postgres'))).toBe(isLoose && !isOwnGroup ? join(top, 'a') : null);
});

test('the owner of a folder above can put another one in its place', async () => {
	const folder = join(await newFolder(), 'postgres');
	const us = process.geteuid?.() ?? 0;
	if (us === 0) await chown(join(folder, '..'), 4_711, 4_711);
	expect(await findLooseHolder(folder, us + 1)).toBe(join(folder, '..'));
});

test('a folder such as /tmp stays as it is', async () => {
	const shared = await newFolder();
	await chmod(shared, 0o1777);
	await closeFolder(join(shared, 'postgres'), { holds, logger: keepLog().logger });
	expect((await stat(shared)).mode & 0o7777).toBe(0o1777);
	expect(await openPaths(join(shared, 'postgres'))).toEqual([]);
});

test('nothing behind a link is changed, and the log says that others can read there', async () => {
	const [dataFolder, elsewhere] = [await newFolder(), await newFolder()];
	await writeFile(join(elsewhere, 'file'), 'x', { mode: 0o644 });
	await chmod(elsewhere, 0o755);
	await symlink(elsewhere, join(dataFolder, 'postgres'));
	const { logger, warnings } = keepLog();
	await closeFolder(join(dataFolder, 'postgres'), { holds, logger });
	await closeFiles(join(dataFolder, 'postgres'));
	expect(await openPaths(elsewhere)).toHaveLength(2);
	expect(warnings).toEqual([cannotClose]);
});

test('a link inside the folder is not followed', async () => {
	const [dataFolder, elsewhere] = [await newFolder(), await newFolder()];
	await writeFile(join(elsewhere, 'file'), 'x', { mode: 0o644 });
	const folder = join(dataFolder, 'postgres');
	await closeFolder(folder, { holds, logger: keepLog().logger });
	await symlink(join(elsewhere, 'file'), join(folder, 'link'));
	await closeFiles(folder);
	expect((await stat(join(elsewhere, 'file'))).mode & 0o777).toBe(0o644);
});

test('the folder of another user is refused; root only warns of it', async () => {
	const folder = join(await newFolder(), 'postgres');
	await mkdir(folder, { mode: 0o700 });
	const us = process.geteuid?.() ?? 0;
	if (us === 0) await chown(folder, 4_711, 4_711);
	const { logger, warnings } = keepLog();
	const refused = { code: 'CONFIG_INVALID', message: expect.stringContaining('belongs to another user') };
	await expect(closeFolder(folder, { holds, logger, userId: us + 1 })).rejects.toMatchObject(refused);
	await closeFolder(folder, { holds, logger, userId: 0 });
	// Where we are not root, the folder above is not root's either.
	expect(warnings).toEqual(us === 0 ? [cannotClose] : [cannotClose, replaceable]);
});
