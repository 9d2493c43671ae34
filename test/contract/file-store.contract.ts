/** What every place for documents does, whatever it is. */

import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { FileStore } from '#src/knowledge/files/file-store.ts';

export interface FileStoreUnderTest {
	store: FileStore;
	/** The same place, opened by another process. */
	other: FileStore;
	/** The paths of everything that is kept, and of everything that is on its way. */
	contents(): Promise<string[]>;
	/** Puts these bytes at a path, behind the store's back. */
	plant(path: string, bytes: Uint8Array): Promise<void>;
}

const limits = { maxBytes: 5_000_000 };
const never = new AbortController().signal;
const helloHash = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const helloPath = `${helloHash.slice(0, 2)}/${helloHash.slice(2)}`;

export async function* partsOf(...parts: (string | Uint8Array)[]): AsyncIterable<Uint8Array> {
	for (const part of parts) yield Buffer.from(part);
}

async function listed(store: FileStore) {
	const all = [];
	for await (const file of store.list(never)) all.push(file);
	return all;
}

/** @param open Makes an empty place. */
export function describeFileStoreContract(name: string, open: () => Promise<FileStoreUnderTest>): void {
	describe(`a place for documents in ${name}`, () => {
		let place: FileStoreUnderTest;
		beforeEach(async () => {
			place = await open();
		});

		it('keeps bytes under their hash, and finds them again', async () => {
			const { store, other } = place;
			expect(await store.put(partsOf('hel', 'lo'), limits, never)).toEqual({ hash: helloHash, sizeBytes: 5, isNew: true });
			expect(Buffer.from(await other.read(helloHash, never)).toString()).toBe('hello');
			expect(await other.has(helloHash, never)).toBe(true);
			expect(await listed(store)).toEqual([{ hash: helloHash, sizeBytes: 5, putAt: expect.any(Date) }]);
			expect(await place.contents()).toEqual([helloPath]);
		});

		it('says truly when a file was put', async () => {
			await place.store.put(partsOf('hello'), limits, never);
			const [file] = await listed(place.store);
			expect(Math.abs(Date.now() - (file?.putAt.getTime() ?? 0))).toBeLessThan(60_000);
		});

		it('keeps an empty file, and one of many parts', async () => {
			const large = Buffer.alloc(3_000_000, 'large file ');
			const { hash } = await place.store.put(
				partsOf(large.subarray(0, 1), large.subarray(1, 2_500_001), large.subarray(2_500_001)),
				limits,
				never,
			);
			expect(hash).toBe(createHash('sha256').update(large).digest('hex'));
			expect(large.equals(await place.store.read(hash, never))).toBe(true);
			const empty = await place.store.put(partsOf(), limits, never);
			expect(empty).toMatchObject({ sizeBytes: 0, isNew: true });
			expect(await place.store.read(empty.hash, never)).toHaveLength(0);
		});

		it('keeps the same bytes once', async () => {
			await place.store.put(partsOf('hello'), limits, never);
			expect(await place.other.put(partsOf('hello'), limits, never)).toEqual({ hash: helloHash, sizeBytes: 5, isNew: false });
			expect(await place.contents()).toEqual([helloPath]);
		});

		it('tells one alone of several who put the same at once that it is new', async () => {
			const { store, other } = place;
			const puts = await Promise.all([store, other, store, other].map((each) => each.put(partsOf('hel', 'lo'), limits, never)));
			expect(puts.filter(({ isNew }) => isNew)).toHaveLength(1);
			expect(await place.contents()).toEqual([helloPath]);
			expect(Buffer.from(await store.read(helloHash, never)).toString()).toBe('hello');
		});

		it('stops reading as soon as there is more than there may be', async () => {
			let parts = 0;
			async function* endless() {
				for (;;) {
					parts++;
					yield Buffer.alloc(1_000);
				}
			}
			await expect(place.store.put(endless(), { maxBytes: 3_000 }, never)).rejects.toMatchObject({ code: 'TOO_LARGE' });
			expect(parts).toBe(4);
			expect(await place.contents()).toEqual([]);
			expect(await place.store.put(partsOf(Buffer.alloc(3_000)), { maxBytes: 3_000 }, never)).toMatchObject({ sizeBytes: 3_000 });
		});

		it('leaves nothing of a file whose source fails, and passes its reason on', async () => {
			async function* broken() {
				yield Buffer.from('half');
				throw new BotError('NOT_FOUND', 'the platform has it no more');
			}
			await expect(place.store.put(broken(), limits, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
			expect(await place.contents()).toEqual([]);
		});

		it('does not take the disk of a source for its own', async () => {
			async function* full() {
				yield Buffer.from('half');
				throw Object.assign(new Error('write'), { code: 'ENOSPC' });
			}
			await expect(place.store.put(full(), limits, never)).rejects.toMatchObject({ code: 'INTERNAL' });
		});

		it('lets go of a source that hangs when it is cancelled, and leaves nothing', async () => {
			const ending = new AbortController();
			async function* stuck() {
				yield Buffer.from('half');
				ending.abort();
				await new Promise(() => {});
			}
			await expect(place.store.put(stuck(), limits, ending.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
			expect(await place.contents()).toEqual([]);
		});

		it('does nothing for whoever has cancelled already', async () => {
			const { store } = place;
			await store.put(partsOf('hello'), limits, never);
			const over = AbortSignal.abort();
			const calls = [
				store.put(partsOf('other'), limits, over),
				store.read(helloHash, over),
				store.has(helloHash, over),
				store.remove(helloHash, over),
				Array.fromAsync(store.list(over)),
			];
			for (const { status, reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[])
				expect({ status, code: reason?.code }).toEqual({ status: 'rejected', code: 'CANCELLED' });
			expect(await place.contents()).toEqual([helloPath]);
		});

		it('removes for good, as often as it is told to', async () => {
			const { store, other } = place;
			await store.put(partsOf('hello'), limits, never);
			await Promise.all([store.remove(helloHash, never), other.remove(helloHash, never)]);
			await store.remove(helloHash, never);
			expect(await store.has(helloHash, never)).toBe(false);
			await expect(store.read(helloHash, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
			expect(await place.contents()).toEqual([]);
			expect(await store.put(partsOf('hello'), limits, never)).toMatchObject({ isNew: true });
		});

		it('gives no bytes that are not those of the hash, until they are put again', async () => {
			await place.plant(helloPath, Buffer.from('hell'));
			await expect(place.store.read(helloHash, never)).rejects.toMatchObject({
				code: 'STORE_UNAVAILABLE',
				reason: 'damaged',
				retryable: false,
			});
			expect(await place.store.put(partsOf('hello'), limits, never)).toMatchObject({ isNew: false });
			expect(Buffer.from(await place.store.read(helloHash, never)).toString()).toBe('hello');
		});

		it('lists everything of its own and nothing else', async () => {
			const words = ['one', 'two', 'three', 'four', 'five'];
			const put = await Promise.all(words.map((word) => place.store.put(partsOf(word), limits, never)));
			for (const path of ['readme.txt', 'ab/other', 'ab/cd/ef', `${helloPath}.bak`]) await place.plant(path, Buffer.from('not ours'));
			const hashes = (await listed(place.other)).map(({ hash }) => hash);
			expect(hashes.sort()).toEqual(put.map(({ hash }) => hash).sort());
		});

		it.each(['', '../../../etc/passwd', helloHash.toUpperCase(), `${helloHash}0`])(
			'asks for nothing by %j, which is no hash',
			async (wrong) => {
				await expect(place.store.read(wrong, never)).rejects.toMatchObject({ code: 'INTERNAL' });
				await expect(place.store.has(wrong, never)).rejects.toMatchObject({ code: 'INTERNAL' });
				await expect(place.store.remove(wrong, never)).rejects.toMatchObject({ code: 'INTERNAL' });
			},
		);
	});
}
