/** The objects of a bucket, as files. */

import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { FoundFile, ListingOptions, SkippedEntry } from '#src/knowledge/files/found-file.ts';
import { listBucket } from '#src/knowledge/files/list-bucket.ts';
import type { BucketPlace } from '#src/knowledge/files/s3/address.ts';
import type { S3Emulator } from '#test/emulators/s3/index.ts';
import { accessTo, createHurriedClock, startS3 } from './places.ts';

const { signal } = new AbortController();
const modifiedAt = new Date('2026-11-30T10:00:00Z');

async function bucketWith(...keys: string[]): Promise<S3Emulator> {
	const s3 = await startS3();
	for (const key of keys) plant(s3, key, `content of ${key}`);
	return s3;
}

function plant(s3: S3Emulator, key: string, content: string): void {
	s3.objects.set(key, { body: Buffer.from(content), etag: `"${createHash('md5').update(content).digest('hex')}"`, modifiedAt });
}

async function listingOf(s3: S3Emulator, options: Partial<ListingOptions & BucketPlace> = {}) {
	const skipped: SkippedEntry[] = [];
	const { prefix = '', bucket = s3.bucket, ...rest } = options;
	const listing = listBucket(
		{ bucket, prefix },
		{ access: accessTo(s3), clock: createHurriedClock(), signal, onSkipped: (entry) => skipped.push(entry), ...rest },
	);
	const files = await Array.fromAsync(listing);
	return { files, paths: files.map(({ path }) => path), skipped };
}

async function onlyFile(s3: S3Emulator): Promise<FoundFile> {
	const [file] = (await listingOf(s3)).files;
	if (file === undefined) throw new Error('there is no file');
	return file;
}

const awkward = ['a b+c%20d.md', 'ñandú & «más» <1>.md', "it's (1)!*.md", 'x=y?z#w;.md', '日本語/計画.md', 'a//b.md'];

test('finds objects with their size, time, version and bytes, however they are called', async () => {
	const s3 = await bucketWith(...awkward);
	const { files, paths, skipped } = await listingOf(s3);
	expect(paths.toSorted()).toEqual(awkward.map((key) => key.normalize('NFC')).toSorted());
	expect(skipped).toEqual([]);
	expect(files[0]).toMatchObject({ sizeBytes: s3.objects.get(files[0]?.path ?? '')?.body.length, modifiedAt });
	for (const file of files) expect((await buffer(file.open(signal))).toString()).toBe(`content of ${file.path}`);
	expect(new Set(files.map(({ version }) => version)).size).toBe(files.length);
});

test('finds what is below a prefix, without hidden files, those of Office, and what stands for folders', async () => {
	const s3 = await bucketWith(
		'plans/',
		'plans/one.md',
		'plans/.git/config',
		'plans/../one.md',
		'plans/a/~$two.docx',
		'plans/a/two.docx',
		'other/three.md',
	);
	expect((await listingOf(s3, { prefix: 'plans/' })).paths).toEqual(['a/two.docx', 'one.md']);
});

test('reports the second of two names that are one in composed form', async () => {
	const s3 = await bucketWith('a/Cafe\u0301.md', 'a/Caf\u00e9.md');
	const { paths, skipped } = await listingOf(s3);
	expect(paths).toEqual(['a/Caf\u00e9.md']);
	expect(skipped).toEqual([{ path: 'a/Caf\u00e9.md', reason: 'same-name' }]);
});

test('gives all pages, and none of a listing that is too long', async () => {
	const s3 = await bucketWith(...Array.from({ length: 1_001 }, (_, index) => `file ${index}`));
	expect((await listingOf(s3)).files).toHaveLength(1_001);
	await expect(listingOf(s3, { mostEntries: 1_000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('goes on after a busy moment between two pages', async () => {
	const s3 = await bucketWith(...Array.from({ length: 1_001 }, (_, index) => `file ${index}`));
	s3.faults.add({ operation: 'list', kind: 'slow-down' });
	expect((await listingOf(s3)).files).toHaveLength(1_001);
});

test.each<[string, (s3: S3Emulator) => void]>([
	['replaced', (s3) => plant(s3, 'plan.md', 'another plan')],
	['removed', (s3) => s3.objects.clear()],
])('tells a reader that the object was %s since it was listed', async (_, change) => {
	const s3 = await bucketWith('plan.md');
	const file = await onlyFile(s3);
	change(s3);
	await expect(buffer(file.open(signal))).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
});

test('gives no half file as a whole one', async () => {
	const s3 = await bucketWith('plan.md');
	const file = await onlyFile(s3);
	s3.faults.add({ operation: 'get', kind: 'cut' });
	await expect(buffer(file.open(signal))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
});

test('ends when it is cancelled', async () => {
	const s3 = await bucketWith('plan.md');
	await expect(listingOf(s3, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
	const file = await onlyFile(s3);
	await expect(buffer(file.open(AbortSignal.abort()))).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('says when there is no such bucket', async () => {
	const s3 = await startS3();
	await expect(listingOf(s3, { bucket: 'nobodys' })).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason: 'NoSuchBucket' });
});
