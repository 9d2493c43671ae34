/** The files of a folder, as they are found and read. */

import { once } from 'node:events';
import { appendFile, mkdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { FoundFile, ListingOptions, SkippedEntry } from '#src/knowledge/files/found-file.ts';
import { listFolder } from '#src/knowledge/files/list-folder.ts';
import { newFolder, plantFile } from './places.ts';

const { signal } = new AbortController();

async function listingOf(folder: string, options: Partial<ListingOptions> = {}) {
	const skipped: SkippedEntry[] = [];
	const files = await Array.fromAsync(listFolder(folder, { signal, onSkipped: (entry) => skipped.push(entry), ...options }));
	return { files, paths: files.map(({ path }) => path).sort(), skipped };
}

async function folderWith(...paths: string[]): Promise<string> {
	const folder = await newFolder();
	for (const path of paths) await plantFile(join(folder, path), `content of ${path}`);
	return folder;
}

/** The only file of a folder. */
async function onlyFile(folder: string): Promise<FoundFile> {
	const { files } = await listingOf(folder);
	const [file] = files;
	if (file === undefined || files.length > 1) throw new Error('there is not one file');
	return file;
}

const read = async (file: FoundFile) => (await buffer(file.open(signal))).toString();

test('finds files in folders in folders, with their size, time and bytes', async () => {
	const folder = await folderWith('plan.md', 'a/b/deep plan.docx');
	await utimes(join(folder, 'plan.md'), 1_700_000_000, 1_700_000_000);
	const { files, paths, skipped } = await listingOf(`${folder}/./a/..`);
	expect(paths).toEqual(['a/b/deep plan.docx', 'plan.md']);
	expect(skipped).toEqual([]);
	const file = files.find(({ path }) => path === 'plan.md');
	expect(file).toMatchObject({ sizeBytes: 18, modifiedAt: new Date(1_700_000_000_000), version: '1700000000000000000-18' });
	expect(await Promise.all(files.map(read))).toEqual(files.map(({ path }) => `content of ${path}`));
});

test('leaves out hidden files and those that Office writes beside open ones', async () => {
	const folder = await folderWith('.env', '.git/config', '~$plan.docx', 'a/.~lock.plan.odt#', 'plan~$.docx');
	expect(await listingOf(folder)).toMatchObject({ paths: ['plan~$.docx'], skipped: [] });
});

test('follows no link, to a file, to a folder, or in a circle', async () => {
	const outside = await folderWith('secret.txt');
	const folder = await folderWith('a/plan.md');
	await symlink(join(outside, 'secret.txt'), join(folder, 'file'));
	await symlink(outside, join(folder, 'folder'));
	await symlink('..', join(folder, 'a', 'circle'));
	const { paths, skipped } = await listingOf(folder);
	expect(paths).toEqual(['a/plan.md']);
	expect(skipped.map(({ path, reason }) => `${path}: ${reason}`).sort()).toEqual(['a/circle: link', 'file: link', 'folder: link']);
});

test('takes a folder that is itself reached over a link', async () => {
	const folder = await folderWith('plan.md');
	const link = join(await newFolder(), 'documents');
	await symlink(folder, link);
	expect(await listingOf(link)).toMatchObject({ paths: ['plan.md'] });
});

test('reads nothing outside when a folder becomes a link after it was listed', async () => {
	const outside = await folderWith('plan.md');
	const folder = await folderWith('a/plan.md');
	const file = await onlyFile(folder);
	await rename(join(folder, 'a'), join(folder, 'b'));
	await symlink(outside, join(folder, 'a'));
	// The same size and time as what was listed.
	await writeFile(join(outside, 'plan.md'), 'content of a/plan.md'.replace(/./g, '?'));
	await utimes(join(outside, 'plan.md'), file.modifiedAt, file.modifiedAt);
	await expect(read(file)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('reads nothing when the file itself becomes a link after it was listed', async () => {
	const outside = await folderWith('secret.txt');
	const folder = await folderWith('plan.md');
	const file = await onlyFile(folder);
	await rm(join(folder, 'plan.md'));
	await symlink(join(outside, 'secret.txt'), join(folder, 'plan.md'));
	await expect(read(file)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('takes nothing for a file that is none, such as a socket', async () => {
	const folder = await folderWith('plan.md');
	const server = createServer().listen(join(folder, 'socket'));
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	expect(await listingOf(folder)).toMatchObject({ paths: ['plan.md'], skipped: [{ path: 'socket', reason: 'special' }] });
});

test('reports what is gone or broken before it is looked at, and goes on', async () => {
	const folder = await folderWith('a/one.md', 'b/two.md');
	const skipped: SkippedEntry[] = [];
	const paths: string[] = [];
	for await (const { path } of listFolder(folder, { signal, onSkipped: (entry) => skipped.push(entry) })) {
		paths.push(path);
		// Whichever comes first, the other folder is gone when it is its turn.
		await rm(join(folder, path.startsWith('a') ? 'b' : 'a'), { recursive: true });
	}
	expect(paths).toHaveLength(1);
	expect(skipped).toEqual([{ path: paths[0]?.startsWith('a') ? 'b' : 'a', reason: 'unreadable' }]);
});

test('gives names in composed form, and of two that are one then only the first', async () => {
	const decomposed = 'Cafe\u0301.txt';
	const folder = await folderWith(decomposed);
	const file = await onlyFile(folder);
	expect(file.path).toBe('Caf\u00e9.txt');
	expect(await read(file)).toBe(`content of ${decomposed}`);
	await plantFile(join(folder, 'Caf\u00e9.txt'), 'another one, or the same where the disk composes names itself');
	expect((await listingOf(folder)).paths).toEqual(['Caf\u00e9.txt']);
});

test('gives no part of a listing that is too long', async () => {
	const folder = await folderWith('a/one', 'a/two', 'three');
	await expect(listingOf(folder, { mostEntries: 3 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
	expect((await listingOf(folder, { mostEntries: 4 })).files).toHaveLength(3);
});

test('ends when it is cancelled', async () => {
	const folder = await folderWith('plan.md');
	await expect(listingOf(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
	const file = await onlyFile(folder);
	await expect(buffer(file.open(AbortSignal.abort()))).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('says when there is no such folder, or when it is none', async () => {
	const folder = await folderWith('plan.md');
	await expect(listingOf(join(folder, 'missing'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
	await expect(listingOf(join(folder, 'plan.md'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('gives a file that became another one another version', async () => {
	const folder = await folderWith('plan.md');
	const { version } = await onlyFile(folder);
	await appendFile(join(folder, 'plan.md'), ' and more');
	expect((await onlyFile(folder)).version).not.toBe(version);
});

test.each<[string, (path: string) => Promise<void>]>([
	['longer', (path) => appendFile(path, 'more')],
	['shorter', (path) => truncate(path, 3)],
	['removed', (path) => rm(path)],
	[
		'replaced by a folder',
		async (path) => {
			await rm(path);
			await mkdir(path);
		},
	],
])('tells a reader that the file was %s since it was listed', async (_, change) => {
	const folder = await folderWith('plan.md');
	const file = await onlyFile(folder);
	await change(join(folder, 'plan.md'));
	await expect(read(file)).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
});

test.each<[string, (path: string) => Promise<void>]>([
	['becomes longer', (path) => appendFile(path, 'more')],
	['becomes shorter', (path) => truncate(path, 100_000)],
	[
		'is written anew with the same size, and its time put back',
		async (path) => {
			await writeFile(path, Buffer.alloc(1_000_000, 'y'));
			await utimes(path, 1_700_000_000, 1_700_000_000);
		},
	],
])('tells a reader when the file %s while it is read', async (_, change) => {
	const folder = await newFolder();
	const path = join(folder, 'large.txt');
	await writeFile(path, Buffer.alloc(1_000_000, 'x'));
	await utimes(path, 1_700_000_000, 1_700_000_000);
	const file = await onlyFile(folder);
	async function readSlowly() {
		let isChanged = false;
		for await (const _ of file.open(signal)) {
			if (!isChanged) await change(path);
			isChanged = true;
		}
	}
	await expect(readSlowly()).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a reader that stops early leaves no file open', async () => {
	const folder = await newFolder();
	await writeFile(join(folder, 'large.txt'), Buffer.alloc(1_000_000));
	const file = await onlyFile(folder);
	for await (const part of file.open(signal)) {
		expect(part.length).toBeGreaterThan(0);
		break;
	}
	expect(await read(file)).toHaveLength(1_000_000);
});
