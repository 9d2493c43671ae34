/** Files that are given before they are asked about: their giver's alone, whole or not at all, and gone after a day. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import { BotError } from '#src/errors.ts';
import { createSweepFilesJob } from '#src/knowledge/ingest/sweep-files-job.ts';
import { createDropUploadsJob } from '#src/knowledge/uploads/drop-uploads-job.ts';
import { createUploadStore, type UploadedFile, type UploadStore } from '#src/knowledge/uploads/upload-store.ts';
import { createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createFakeFileStore, type FakeFileStore } from '#test/fakes/file-store.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';

const { signal } = new AbortController();
const png = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');

async function* pieces(...parts: (string | Uint8Array | BotError)[]): AsyncGenerator<Uint8Array> {
	for (const part of parts) {
		if (part instanceof BotError) throw part;
		yield typeof part === 'string' ? Buffer.from(part) : part;
	}
}

describe.each(testDatabases())('an upload on $name', ({ open }) => {
	let opened: TestDatabase;
	let files: FakeFileStore;
	let uploads: UploadStore;
	let ana: Principal & { limits: object };
	let luis: typeof ana;

	beforeAll(async () => {
		opened = await open();
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		const { database } = opened;
		files = createFakeFileStore();
		uploads = createUploadStore({ database, files, limits: { uploadBytes: () => 100 } });
		[ana, luis] = [
			{ ...(await createUser(database)), limits: {} },
			{ ...(await createUser(database)), limits: {} },
		];
	});

	async function give(person = ana, name = 'notes.txt', ...parts: Parameters<typeof pieces>): Promise<UploadedFile> {
		const taken = await uploads.take(person, name, pieces(...(parts.length === 0 ? ['some ', 'notes'] : parts)), signal);
		if (taken === 'full') throw new Error('there was no room');
		return taken;
	}

	const read = async (id: string) => Buffer.from(await uploads.read(id, signal)).toString();
	/** One of Ana's becomes a day old. @returns its id from then on: nobody can change when it was given. */
	async function age(id: string): Promise<string> {
		const { database } = opened;
		const columns = 'user_id, name, media_type, size_bytes, content_hash';
		const [old] = await database.queryAs<{ id: string }>(
			ana,
			`insert into uploads (${columns}, created_at) select ${columns}, now() - interval '25 hours' from uploads where id = $1 returning id`,
			[id],
		);
		await database.queryAsLibrarian('delete from uploads where id = $1', [id]);
		return old?.id ?? '';
	}

	it('is kept under a name that is no path, and read as it was given', async () => {
		const given = await give(ana, '../../etc/pass\u202ewd.txt');
		expect(given).toEqual({ id: given.id, name: 'passwd.txt', mediaType: 'application/octet-stream', sizeBytes: 10 });
		expect(await read(given.id)).toBe('some notes');
	});

	it('is a picture when its bytes say so, whatever it is called', async () => {
		expect((await give(ana, 'a.txt', png.subarray(0, 5), png.subarray(5))).mediaType).toBe('image/png');
		expect((await give(ana, 'a.png', 'words')).mediaType).toBe('application/octet-stream');
	});

	it('of another person is not there, and neither is what there never was', async () => {
		const [own, other] = [await give(), await give(luis)];
		expect(await uploads.find(ana, [own.id])).toEqual([own]);
		expect(await uploads.find(ana, [own.id, other.id])).toBeNull();
		expect(await uploads.find(ana, [randomUUID()])).toBeNull();
		await expect(read(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(read('no id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await uploads.remove(ana.userId, [other.id], signal);
		expect(await read(other.id)).toBe('some notes');
	});

	it('comes in the order that was asked for', async () => {
		const [one, two] = [await give(), await give(ana, 'two.txt')];
		expect(await uploads.find(ana, [two.id, one.id])).toEqual([two, one]);
	});

	it('that is too large, or breaks off, leaves nothing', async () => {
		await expect(give(ana, 'a', 'a'.repeat(60), 'b'.repeat(41))).rejects.toMatchObject({ code: 'TOO_LARGE' });
		await expect(give(ana, 'a', 'a', new BotError('CANCELLED', 'gone'))).rejects.toMatchObject({ code: 'CANCELLED' });
		expect((await give(ana, 'a', 'a'.repeat(100))).sizeBytes).toBe(100);
		expect(files.kept.size).toBe(1);
	});

	it('that is cancelled when all of it had come leaves nothing either', async () => {
		const cancelled = new AbortController();
		async function* late(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('all of it');
			cancelled.abort();
		}
		await expect(uploads.take(ana, 'a', late(), cancelled.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(files.kept.size).toBe(0);
		expect(await opened.database.queryAs(ana, 'select id from uploads')).toEqual([]);
	});

	it('shares its bytes with nobody who gives the same', async () => {
		const [own, other] = [await give(), await give(luis)];
		await uploads.remove(ana.userId, [own.id], signal);
		expect(await read(other.id)).toBe('some notes');
		expect(files.kept.size).toBe(1);
	});

	it('goes after a day, with its bytes, and is not there even before that job comes', async () => {
		const [given, young] = [await give(), await give()];
		const old = await age(given.id);
		expect(await uploads.find(ana, [old])).toBeNull();
		await expect(read(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await createDropUploadsJob(uploads).run({}, createFakeJobContext());
		expect(files.kept.size).toBe(1);
		expect(await read(young.id)).toBe('some notes');
	});

	it('is no more than a hundred a day', async () => {
		await opened.database.queryAs(
			ana,
			`insert into uploads (user_id, name, media_type, size_bytes, content_hash) select $1, '', '', 1, '' from generate_series(1, 100)`,
			[ana.userId],
		);
		expect(await uploads.take(ana, 'a', pieces('a'), signal)).toBe('full');
		expect(files.kept.size).toBe(0);
	});

	it('is spared by the sweep, which finds the bytes of those that died half-way', async () => {
		const { database } = opened;
		const given = await give();
		await files.put(pieces('nobody’s'), { maxBytes: 100 }, signal);
		for (const file of files.kept.values()) file.putAt = new Date(0);
		const left: string[] = [];
		const jobs = { enqueue: async (_where: unknown, _job: unknown, { documentId }: { documentId: string }) => void left.push(documentId) };
		const forget = { name: 'forget' };
		const sweep = createSweepFilesJob({ database, files, jobs, forget, clock: Date } as never);
		await sweep.run({}, createFakeJobContext());
		expect(left).toHaveLength(1);
		expect(await read(given.id)).toBe('some notes');
	});
});
