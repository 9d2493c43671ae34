import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CopyData, createDataCopy } from '#src/database/copy-data.ts';
import { BotError } from '#src/errors.ts';
import { addBackupRoute } from '#src/http/backup-route.ts';
import { createBoundedServer } from '#src/http/bounded-server.ts';

describe('the copy for whoever backs up', () => {
	it('lies in the data folder for the program alone, in the place of an older one', async () => {
		const dataFolder = await makeFolder();
		const copyData = createDataCopy({ database: () => ({ copyFiles: writeCopy }), dataFolder });
		const { post } = await open(copyData);
		const folder = join(dataFolder, 'backup-copy');
		expect(await post()).toEqual({ status: 200, body: { folder } });
		await writeFile(join(folder, 'postgres', 'stale'), '');
		expect(await post()).toMatchObject({ status: 200 });
		expect(await readdir(join(folder, 'postgres'))).toEqual(['PG_VERSION']);
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
	});

	it('leaves nothing half done, and says the code and what the disk says', async () => {
		const dataFolder = await makeFolder();
		const copyFiles = async (folder: string) => {
			await writeCopy(folder);
			throw new BotError('STORE_UNAVAILABLE', 'not copied', { reason: 'ENOSPC' });
		};
		const { post } = await open(createDataCopy({ database: () => ({ copyFiles }), dataFolder }));
		expect(await post()).toEqual({ status: 503, body: { code: 'STORE_UNAVAILABLE', reason: 'ENOSPC' } });
		expect(await readdir(dataFolder)).toEqual([]);
	});

	it('is not made of a server, nor twice at once', async () => {
		const none = createDataCopy({ database: () => ({ copyFiles: null }), dataFolder: '/nowhere' });
		expect(await (await open(none)).post()).toMatchObject({ status: 404 });
		const begun = Promise.withResolvers<void>();
		const ending = Promise.withResolvers<string>();
		const { post } = await open(async () => {
			begun.resolve();
			return await ending.promise;
		});
		const first = post();
		await begun.promise;
		expect(await post()).toEqual({ status: 409, body: { code: 'running' } });
		ending.resolve('/there');
		expect(await first).toEqual({ status: 200, body: { folder: '/there' } });
	});
});

async function writeCopy(folder: string): Promise<void> {
	await mkdir(folder);
	await writeFile(join(folder, 'PG_VERSION'), '18');
}

async function makeFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-copy-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

async function open(copyData: CopyData) {
	const server = createBoundedServer();
	addBackupRoute(server, copyData);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	onTestFinished(() => server.close());
	const post = async () => {
		const response = await fetch(`${address}/backup`, { method: 'POST' });
		return { status: response.status, body: await response.json() };
	};
	return { post };
}
