/** Places for documents as the tests open them: a folder, and a bucket of the emulated S3. */

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '#src/clock.ts';
import { openFileStore } from '#src/knowledge/files/open-file-store.ts';
import type { BucketAccess } from '#src/knowledge/files/s3/address.ts';
import { silentLogger } from '#src/log.ts';
import type { FileStoreUnderTest } from '#test/contract/file-store.contract.ts';
import { type S3Emulator, type S3EmulatorOptions, startS3Emulator } from '#test/emulators/s3/index.ts';

export async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-files-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

/** All files below, as paths with forward slashes. */
export async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

export async function plantFile(path: string, content: string | Uint8Array): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, content);
}

export async function openFolderPlace(): Promise<FileStoreUnderTest & { dataFolder: string }> {
	const dataFolder = await newFolder();
	const open = () => openFileStore({ files: { bucket: null, access: null }, dataFolder, clock: systemClock, logger: silentLogger });
	const folder = join(dataFolder, 'documents');
	return {
		store: await open(),
		other: await open(),
		contents: () => filesBelow(folder),
		plant: (path, bytes) => plantFile(join(folder, path), bytes),
		dataFolder,
	};
}

/** Its pauses take no time, and are remembered. */
export function createHurriedClock(): Clock & { waitedMs: number[] } {
	const waitedMs: number[] = [];
	return {
		waitedMs,
		now: Date.now,
		wait: async (durationMs, signal) => {
			signal?.throwIfAborted();
			waitedMs.push(durationMs);
		},
	};
}

export function accessTo({ url, region, accessKeyId, secretAccessKey }: S3Emulator): BucketAccess {
	return { endpoint: url, region, keyId: accessKeyId, secret: secretAccessKey, pathStyle: true };
}

export async function startS3(options: S3EmulatorOptions = {}): Promise<S3Emulator> {
	const s3 = await startS3Emulator(options);
	onTestFinished(s3.close);
	return s3;
}

export async function openBucketPlace(options: S3EmulatorOptions & { access?: Partial<BucketAccess> } = {}) {
	const s3 = await startS3(options);
	const [dataFolder, clock] = [await newFolder(), createHurriedClock()];
	const files = { bucket: { bucket: s3.bucket, prefix: 'of the company/' }, access: { ...accessTo(s3), ...options.access } };
	const open = () => openFileStore({ files, dataFolder, clock, logger: silentLogger });
	const place: FileStoreUnderTest = {
		store: await open(),
		other: await open(),
		contents: async () => [...[...s3.objects.keys()].map((key) => key.replace('of the company/', '')), ...(await filesBelow(dataFolder))],
		plant: async (path, bytes) => {
			const key = path === 'readme.txt' ? path : `of the company/${path}`;
			s3.objects.set(key, { body: Buffer.from(bytes), etag: '"planted"', modifiedAt: new Date() });
		},
	};
	return { ...place, s3, clock, dataFolder };
}
