/** Documents of a folder, as the running bot takes them: what is new, what changed, and what is gone. */

import { rm, symlink, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createSync, type SyncedFile } from '#src/knowledge/sync/sync.ts';
import { createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { newFolder, plantFile } from '../files/places.ts';
import { type IngestScene, openIngestScene } from '../ingest/ingest-scene.ts';

const signal = new AbortController().signal;
const channel = { platform: 'fake', tenantId: 'T1', channelId: 'C1' };

describe.each(testDatabases())('a folder of documents on $name', ({ open }) => {
	let opened: TestDatabase;
	let scene: IngestScene;
	let folder: string;

	beforeAll(async () => {
		opened = await open();
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		await opened.database.asLibrarian(({ query }) => query('delete from document_placements'));
		await opened.database.asLibrarian(({ query }) => query('delete from documents'));
		folder = await newFolder();
		await plantFile(join(folder, 'rules.txt'), 'The office opens at nine.');
		await plantFile(join(folder, 'teams/a/rules.txt'), 'Team A begins at ten.');
		scene = await openIngestScene(opened, { sources: [{ name: folder, from: { folder }, channel: null }] });
	});

	async function look(): Promise<void> {
		await scene.runNow('sync-documents');
		await scene.work();
	}

	/** What somebody reads who is in no channel. */
	async function companyReads(): Promise<string[]> {
		const asker = await createUser(opened.database);
		const place = { ...channel, channelId: 'D9', threadId: '', kind: 'direct' as const };
		const found = await scene.shelf.list({ asker, account: { tenantId: 'T1', accountId: 'x' }, platform: scene.platform, place }, signal);
		return found
			.filter(({ state, isOlder }) => state === 'ready' && !isOlder)
			.map(({ name }) => name)
			.sort();
	}

	/** By hand, with what happens to each file. */
	async function lookAt(given: Partial<Parameters<typeof createSync>[0]> = {}, isDry = false, target = channel as typeof channel | null) {
		const seen: SyncedFile[] = [];
		const none = async () => {};
		const sync = createSync({
			...{ database: opened.database, files: createFakeFileStore(), access: null, clock: createManualClock() },
			...{ remove: none, forget: none, read: none, ...given },
		});
		await sync({ name: folder, from: { folder }, channel: target }, { signal, isDry, onFile: (file) => void seen.push(file) });
		return seen.map(({ path, outcome }) => `${path}: ${outcome}`).sort();
	}

	it('is taken whole, each file by its path and of its date', async () => {
		await utimes(join(folder, 'rules.txt'), 1_700_000_000, 1_700_000_000);
		await look();
		expect(await companyReads()).toEqual(['rules.txt', 'teams/a/rules.txt']);
		const [placement] = await scene.query(
			`select source, source_path as path, dated_at as at from document_placements where source_path = 'rules.txt'`,
		);
		expect(placement).toEqual({ source: folder, path: 'rules.txt', at: new Date(1_700_000_000_000) });
	});

	it('is read again where a file changed, and nowhere else', async () => {
		await look();
		scene.outcomes.length = 0;
		await plantFile(join(folder, 'rules.txt'), 'The office opens at eight now.');
		await look();
		expect(scene.outcomes).toEqual(['indexed']);
		const contents = await scene.query<{ content: string }>('select content from chunks order by content');
		expect(contents.map(({ content }) => content)).toEqual(['Team A begins at ten.', 'The office opens at eight now.']);
		expect(scene.files.kept.size).toBe(2);
	});

	it('loses what is gone, and what became too large', async () => {
		await look();
		await rm(join(folder, 'teams'), { recursive: true });
		await truncate(join(folder, 'rules.txt'), 60 * 2 ** 20);
		await look();
		expect(await companyReads()).toEqual([]);
		expect(scene.files.kept.size).toBe(0);
		expect(await scene.query('select name, reason from document_placements')).toEqual([{ name: 'rules.txt', reason: 'too-large' }]);
	});

	it('takes back from the company what was published and became too large', async () => {
		scene = await openIngestScene(opened, { sources: [{ name: folder, from: { folder }, channel }] });
		await look();
		const [rules] = await scene.query<{ id: string }>(`select id from document_placements where source_path = 'rules.txt'`);
		await scene.shelfChanges.publish(rules?.id ?? '', null, null);
		expect(await companyReads()).toEqual(['rules.txt']);
		await truncate(join(folder, 'rules.txt'), 60 * 2 ** 20);
		await look();
		expect(await companyReads()).toEqual([]);
	});

	it('loses nothing when it is empty or cannot be looked through', async () => {
		await look();
		await rm(folder, { recursive: true });
		await look();
		expect(await companyReads()).toHaveLength(2);
		await expect(lookAt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await plantFile(join(folder, '.hidden'), '');
		await look();
		expect(await companyReads()).toHaveLength(2);
		await expect(lookAt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it('loses nothing below a place that became a link, and follows none', async () => {
		await look();
		await rm(join(folder, 'teams'), { recursive: true });
		await symlink('/', join(folder, 'teams'));
		expect(await lookAt({}, true)).toEqual(['rules.txt: unchanged', 'teams: link']);
		await look();
		expect(await companyReads()).toHaveLength(2);
	});

	it('is told what would be done without being touched', async () => {
		expect(await lookAt({}, true)).toEqual(['rules.txt: new', 'teams/a/rules.txt: new']);
		expect(await scene.query('select id from document_placements')).toEqual([]);
	});

	it('goes to another place with all that was taken', async () => {
		await look();
		expect(await lookAt({}, false)).toEqual(['rules.txt: unchanged', 'teams/a/rules.txt: unchanged']);
		expect(await companyReads()).toEqual([]);
		const places = await scene.query('select channel_id as id from document_placements');
		expect(places).toEqual([1, 2].map(() => ({ id: channelIdOf({ ...channel, threadId: '' }) })));
	});

	it('is not taken into somebody’s personal chat', async () => {
		await scene.share({ channelId: 'D7', kind: 'direct' });
		await expect(lookAt({}, false, { ...channel, channelId: 'D7' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
	});

	it('is taken the next time where bytes or their place were just going', async () => {
		const files = { ...createFakeFileStore(), has: async () => false };
		expect(await lookAt({ files })).toEqual(['rules.txt: later', 'teams/a/rules.txt: later']);
		const busy = () => Promise.reject(new BotError('CONFLICT', 'changed', { retryable: true }));
		expect(await lookAt({ files: { ...createFakeFileStore(), put: busy } })).toEqual(['rules.txt: later', 'teams/a/rules.txt: later']);
		await look();
		expect(await companyReads()).toHaveLength(2);
	});

	it('stands beside files of the same name that were shared in a chat', async () => {
		await lookAt({}, false);
		await scene.share({ channelId: 'C1', kind: 'channel', name: 'rules.txt', content: 'Something else.' });
		await scene.work();
		expect(await scene.query('select id from document_placements where superseded_at is not null')).toEqual([]);
	});
});
