/** How long sixty people would be without their bot: a year of theirs backed up, the server with all its roles gone, restored on an empty one until it gives the same answer. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdministrator } from '#test/operations/backup/administrator.ts';
import { makeDatabase, ownUrl, rowsOf } from '#test/operations/backup/server-databases.ts';
import { openWorkshop } from '#test/operations/backup/workshop.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';
import { fill } from './fill.ts';

/** Markdown. */
export async function measureRestore(): Promise<string> {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	const folder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const dataFolder = join(folder, 'data');
	const [first, workshop] = [await startPostgres(programs), await openWorkshop()];
	try {
		const url = await makeDatabase(first.url);
		await workshop.start({ url, dataFolder });
		await workshop.share();
		const answer = await workshop.ask('owner');
		await workshop.stop();
		const administratorsUrl = first.url.replace(/postgres$/, 'openccb');
		await fill(administratorsUrl, dataFolder);
		const [size] = await rowsOf(
			administratorsUrl,
			'select pg_database_size(current_database()) as bytes, (select count(*) from messages) as messages',
		);

		const administrator = await createAdministrator({ folder: join(folder, 'administrator'), url, dataFolder });
		const backupSeconds = await secondsOf(() => administrator.backup(['--no-verify']));
		const verifySeconds = await secondsOf(() => administrator.restore(['latest', '--verify']));
		const [name = ''] = (await readdir(administrator.target)).filter((each) => each.endsWith('.age'));
		const { size: backupBytes } = await stat(join(administrator.target, name));
		await first.stop();
		await rm(dataFolder, { recursive: true });

		const second = await startPostgres(programs);
		const elsewhere = await createAdministrator({ folder: join(folder, 'elsewhere'), url: ownUrl(second.url), dataFolder });
		const beganAtMs = performance.now();
		const restoreSeconds = await secondsOf(() =>
			elsewhere.restore([join(administrator.target, name), '--yes', '--identity', administrator.identity]),
		);
		await workshop.start({ url: ownUrl(second.url), dataFolder });
		assert.deepEqual(await workshop.ask('owner'), answer);
		assert.deepEqual((await workshop.ask('colleague')).sources, []);
		const wholeSeconds = (performance.now() - beganAtMs) / 1_000;
		await workshop.stop();
		await second.stop();
		const cells = [
			...[`${size?.['messages']}`, mebibytes(Number(size?.['bytes'])), mebibytes(backupBytes)],
			...[backupSeconds, verifySeconds, restoreSeconds, wholeSeconds].map((seconds) => seconds.toFixed(1)),
		];
		return [
			'| messages | database, MiB | backup with documents, MiB | backup, s | verification, s | restore, s | restore, start and the same answer, s |',
			'| --- | --- | --- | --- | --- | --- | --- |',
			`| ${cells.join(' | ')} |`,
		].join('\n');
	} finally {
		await workshop.close();
		await first.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** @throws AssertionError with what it wrote, when it fails. */
async function secondsOf(act: () => Promise<{ code: number; output: string }>): Promise<number> {
	const beganAtMs = performance.now();
	const { code, output } = await act();
	assert.equal(code, 0, output);
	return (performance.now() - beganAtMs) / 1_000;
}

function mebibytes(bytes: number): string {
	return (bytes / 1_024 ** 2).toFixed(0);
}
