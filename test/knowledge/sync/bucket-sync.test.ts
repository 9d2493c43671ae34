/** Documents of a bucket, over the emulated service, as the running bot takes them. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSync, type SyncedFile } from '#src/knowledge/sync/sync.ts';
import { parseSyncSource, type SyncedSource } from '#src/knowledge/sync/synced-source.ts';
import { type S3Emulator, startS3Emulator } from '#test/emulators/s3/index.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { accessTo, createHurriedClock } from '../files/places.ts';
import { type IngestScene, openIngestScene } from '../ingest/ingest-scene.ts';

const { signal } = new AbortController();

describe('a bucket of documents', () => {
	let store: TestDatabase;
	let s3: S3Emulator;
	let source: SyncedSource;
	let scene: IngestScene;

	beforeAll(async () => {
		store = await openEmbeddedDatabase();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		await store.database.asLibrarian(({ query }) => query('delete from document_placements'));
		await store.database.asLibrarian(({ query }) => query('delete from documents'));
		s3 = await startS3Emulator();
		onTestFinished(s3.close);
		const parsed = parseSyncSource(`s3://${s3.bucket}/company/`, null);
		if (parsed === null) throw new Error('that is no bucket');
		source = parsed;
		scene = await openIngestScene(store, { sources: [source], access: accessTo(s3) });
		plant('a.md', 'The office opens at nine.');
		plant('b.md', 'The office closes at six.');
		plant('z.md', 'Lunch is at two.');
	});

	function plant(path: string, content: string): void {
		const etag = `"${createHash('md5').update(content).digest('hex')}"`;
		s3.objects.set(`company/${path}`, { body: Buffer.from(content), etag, modifiedAt: new Date('2026-11-30T10:00:00Z') });
	}

	async function look(): Promise<void> {
		await scene.runNow('sync-documents');
		await scene.work();
	}

	async function contents(): Promise<string[]> {
		return (await scene.query<{ content: string }>('select content from chunks order by content')).map(({ content }) => content);
	}

	/** By hand, with what happens to each object. */
	async function outcomes(): Promise<string[]> {
		const seen: SyncedFile[] = [];
		const none = async () => {};
		const sync = createSync({
			...{ database: store.database, files: scene.files, access: accessTo(s3), clock: createHurriedClock() },
			...{ remove: none, forget: none, read: none },
		});
		await sync(source, { signal, onFile: (file) => void seen.push(file) });
		return seen.map(({ path, outcome }) => `${path}: ${outcome}`).sort();
	}

	const all = ['Lunch is at two.', 'The office closes at six.', 'The office opens at nine.'];

	it('is taken whole, and then what is new or changed; what is gone goes', async () => {
		await look();
		expect(await contents()).toEqual(all);
		plant('a.md', 'The office opens at eight.');
		plant('new.md', 'There is coffee.');
		s3.objects.delete('company/b.md');
		scene.outcomes.length = 0;
		await look();
		expect(await contents()).toEqual(['Lunch is at two.', 'The office opens at eight.', 'There is coffee.']);
		expect([scene.outcomes, scene.files.kept.size]).toEqual([['indexed', 'indexed'], 3]);
		expect(await outcomes()).toEqual(['a.md: unchanged', 'new.md: unchanged', 'z.md: unchanged']);
	});

	it('loses nothing when its second half cannot be listed, and keeps what was changed in the first', async () => {
		// A thousand entries are a page: the last document is on the second one.
		for (let number = 0; number < 1_000; number++) plant(`m/.hidden/${number}`, '');
		await look();
		plant('a.md', 'The office opens at eight.');
		scene.doAfter('stored', async () => s3.faults.add({ operation: 'list', kind: 'denied' }));
		await look();
		expect(await contents()).toEqual(['Lunch is at two.', 'The office closes at six.', 'The office opens at eight.']);
	});

	it('loses nothing when the key may not look any more, or everything is gone at once', async () => {
		await look();
		s3.faults.add({ operation: 'list', kind: 'denied' });
		s3.objects.delete('company/a.md');
		await look();
		expect(await contents()).toEqual(all);
		s3.objects.clear();
		await look();
		expect(await contents()).toEqual(all);
	});

	it('leaves for later an object that may not be read, or changes before it is', async () => {
		s3.faults.add({ operation: 'get', kind: 'denied' });
		scene.doAfter('stored', async () => plant('z.md', 'Lunch is at three.'));
		expect(await outcomes()).toEqual(['a.md: later', 'b.md: new', 'z.md: later']);
		await look();
		expect(await contents()).toEqual(['Lunch is at three.', 'The office closes at six.', 'The office opens at nine.'].sort());
	});

	it('takes no object half old and half new', async () => {
		s3.faults.add({ operation: 'get', kind: 'cut' });
		await look();
		expect(await contents()).toEqual([]);
		await look();
		expect(await contents()).toEqual(all);
	});
});
