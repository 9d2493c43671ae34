/** Documents in a folder. */

import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { openFileStore } from '#src/knowledge/files/open-file-store.ts';
import { storageError } from '#src/knowledge/files/storage-error.ts';
import { silentLogger } from '#src/log.ts';
import { describeFileStoreContract, partsOf } from '#test/contract/file-store.contract.ts';
import { filesBelow, newFolder, openFolderPlace, plantFile } from './places.ts';

describeFileStoreContract('a folder', openFolderPlace);

const limits = { maxBytes: 1_000 };
const { signal } = new AbortController();
const openIn = (dataFolder: string) =>
	openFileStore({ files: { bucket: null, access: null }, dataFolder, clock: systemClock, logger: silentLogger });

test('nobody else on the machine can enter the folder or read a file of it', async () => {
	const { store, dataFolder } = await openFolderPlace();
	await store.put(partsOf('hello'), limits, signal);
	const folder = join(dataFolder, 'documents');
	for (const path of ['.', ...(await readdir(folder, { recursive: true }))])
		expect({ path, open: (await stat(join(folder, path))).mode & 0o077 }).toEqual({ path, open: 0 });
});

test('what a dead process left a day ago is removed at the next start, and nothing that may still be written to', async () => {
	const dataFolder = await newFolder();
	const incoming = join(dataFolder, 'documents', 'incoming');
	await plantFile(join(incoming, 'dead'), 'half a fi');
	await plantFile(join(incoming, 'alive'), 'half a fi');
	const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1_000);
	await utimes(join(incoming, 'dead'), yesterday, yesterday);
	await openIn(dataFolder);
	expect(await filesBelow(incoming)).toEqual(['alive']);
});

test('what is half there is not listed and not found', async () => {
	const { store, dataFolder } = await openFolderPlace();
	await plantFile(join(dataFolder, 'documents', 'incoming', 'f'.repeat(62)), 'half a fi');
	expect(await Array.fromAsync(store.list(signal))).toEqual([]);
});

test('putting the same again renews when it was put', async () => {
	const { store, dataFolder } = await openFolderPlace();
	const { hash } = await store.put(partsOf('hello'), limits, signal);
	const path = join(dataFolder, 'documents', hash.slice(0, 2), hash.slice(2));
	await utimes(path, new Date(0), new Date(0));
	await store.put(partsOf('hello'), limits, signal);
	expect((await stat(path)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test('a folder that cannot be used is said at the start, and when it becomes so', async () => {
	const dataFolder = await newFolder();
	await plantFile(join(dataFolder, 'documents'), 'a file where the folder should be');
	await expect(openIn(dataFolder)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
	const place = await openFolderPlace();
	await plantFile(join(place.dataFolder, 'documents', '2c'), 'a file where the folder should be');
	await expect(place.store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason: 'EEXIST' });
	expect(await place.contents()).toEqual(['2c']);
});

test('a folder that is gone, as one whose disk was taken away, is neither made again nor taken for an empty one', async () => {
	const { store, dataFolder } = await openFolderPlace();
	await rm(join(dataFolder, 'documents'), { recursive: true });
	const gone = { code: 'STORE_UNAVAILABLE', reason: 'ENOENT', retryable: true };
	await expect(store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject(gone);
	await expect(Array.fromAsync(store.list(signal))).rejects.toMatchObject(gone);
	expect(await readdir(dataFolder)).toEqual([]);
});

test.each([
	['ENOSPC', { code: 'STORE_UNAVAILABLE', reason: 'ENOSPC', retryable: true, message: 'the disk for documents is full' }],
	['EDQUOT', { code: 'STORE_UNAVAILABLE', reason: 'EDQUOT', retryable: true, message: 'the disk for documents is full' }],
	['EIO', { code: 'STORE_UNAVAILABLE', reason: 'EIO', retryable: true }],
	['EACCES', { code: 'CONFIG_INVALID', reason: 'EACCES', retryable: false }],
	['EROFS', { code: 'CONFIG_INVALID', reason: 'EROFS', retryable: false }],
])('%s of the disk has a code of ours, and quotes no path', (code, expected) => {
	const error = storageError(Object.assign(new Error(`${code}: /srv/secret-plan.docx`), { code }));
	expect(error).toMatchObject(expected);
	expect(error.message).not.toContain('secret-plan');
});
