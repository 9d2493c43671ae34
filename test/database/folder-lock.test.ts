/** The data folder belongs to one process at a time, and a dead process does not keep it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#src/database/database.ts';
import { lockFolder } from '#src/database/folder-lock.ts';
import { silentLogger } from '#src/log.ts';
import { openEmbeddedDatabase } from '#test/fakes/database.ts';

describe('the lock of a data folder', () => {
	let folder: string;
	let path: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'openccb-lock-'));
		path = join(folder, 'postgres.lock');
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** A process that lives until the test ends, and what a lock of it says. */
	async function startHolder() {
		const holder = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)']);
		onTestFinished(() => void holder.kill());
		await once(holder.stdout, 'data');
		const pid = holder.pid ?? 0;
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		return { holder, lock: { pid, startedAt: stat.split(') ').at(-1)?.split(' ')[19] ?? null, host: hostname() } };
	}

	test('a second taker is told the folder and the pid of the first', async () => {
		await lockFolder(path, folder);
		await expect(lockFolder(path, folder)).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringMatching(new RegExp(`${folder}.*process ${process.pid} `)),
		});
	});

	test('a released lock can be taken again, and leaves no file behind', async () => {
		const first = await lockFolder(path, folder);
		await first.release();
		expect(await readdir(folder)).toEqual([]);
		const second = await lockFolder(path, folder);
		await first.release();
		await expect(lockFolder(path, folder)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
		await second.release();
	});

	test('the lock of a living process is respected, and taken over once it is dead', async () => {
		const { holder, lock } = await startHolder();
		await writeFile(path, JSON.stringify(lock));
		await expect(lockFolder(path, folder)).rejects.toMatchObject({ message: expect.stringContaining(`process ${lock.pid} `) });
		const exited = once(holder, 'exit');
		holder.kill('SIGKILL');
		await exited;
		await lockFolder(path, folder);
		expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
		expect(await readdir(folder)).toEqual(['postgres.lock']);
	});

	test('a pid that another process has been given since does not keep the folder', async () => {
		const { lock } = await startHolder();
		await writeFile(path, JSON.stringify({ ...lock, startedAt: '1' }));
		await lockFolder(path, folder);
		expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
	});

	test.each([
		['of another host', JSON.stringify({ pid: process.pid, startedAt: null, host: 'elsewhere' })],
		['that is half written', '{"pid"'],
	])('a lock %s is respected while it is fresh, and taken over when it is old', async (_name, content) => {
		await writeFile(path, content);
		await expect(lockFolder(path, folder)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
		const longAgo = new Date(Date.now() - 60_000);
		await utimes(path, longAgo, longAgo);
		await lockFolder(path, folder);
	});

	test('of many that take over at once, one wins', async () => {
		await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null, host: hostname() }));
		const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(path, folder)));
		expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
	});
});

test('an embedded database is closed to others while it is open, keeps what was written, and opens again', async () => {
	const store = await openEmbeddedDatabase();
	onTestFinished(() => rm(store.settings.dataFolder, { recursive: true, force: true }));
	await store.database.asRegistrar(({ query }) => query(`insert into users (display_name) values ('somebody')`));
	await expect(openDatabase(store.settings)).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		message: expect.stringContaining(store.settings.dataFolder),
	});
	await store.database.close();
	const again = await openDatabase(store.settings);
	onTestFinished(() => again.close());
	expect(await again.asRegistrar(({ query }) => query('select display_name from users'))).toEqual([{ display_name: 'somebody' }]);
});

test('a folder with something else in it is refused, and not kept locked', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-other-'));
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	await writeFile(join(dataFolder, 'postgres'), 'a file');
	await expect(openDatabase({ url: null, dataFolder, audit: true, logger: silentLogger })).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
	});
	expect(await readdir(dataFolder)).toEqual(['postgres']);
});
