/** What a channel held before the bot took files there. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type IngestScene, type IngestSceneOptions, openIngestScene, type Shared } from './ingest-scene.ts';

const { line } = english.files.backfill;

let store: TestDatabase;
beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
	await store.database.asLibrarian(async ({ query }) => {
		await query('delete from file_backfills');
		await query('delete from document_placements');
		await query('delete from documents');
	});
});

describe('the past of a channel', () => {
	const open = (options: IngestSceneOptions = {}) => openIngestScene(store, { readers: { C1: ['ana'] }, ...options });

	/** So many files, each with a message of its own, a minute apart; the newest first, as the platform lists them. */
	async function past(at: IngestScene, count: number, shared: Shared = {}): Promise<FileShared[]> {
		const laid: FileShared[] = [];
		for (let number = 1; number <= count; number++) {
			const one = { name: `plan-${number}.txt`, content: `plan ${number}`, messageId: `${100 + number}`, at: number * 60 };
			laid.push(await at.before({ channelId: 'C1', kind: 'channel', ...one, ...shared }));
		}
		at.platform.past.push(...laid.reverse());
		return laid;
	}
	const statusOf = async ({ query }: IngestScene) => (await query<{ status: string }>('select status from file_backfills'))[0]?.status;
	const documents = async ({ query }: IngestScene) => (await query(`select id from documents where status = 'ready'`)).length;

	test('is taken page by page, what is known is left as it is, and one line tells of it', async () => {
		const at = await open();
		const [newest] = await past(at, 5);
		if (newest !== undefined) await at.happen(newest);
		expect(await at.readPast()).toBe('begun');
		expect(await at.readPast()).toBe('running');
		await at.work();
		expect(await documents(at)).toBe(5);
		expect(await statusOf(at)).toBe('done');
		expect(at.shown()).toEqual([line.done({ found: 5, taken: 4, refused: 0 })]);
		expect(at.platform.calls.filter(({ operation }) => operation === 'list-files')).toHaveLength(3);
		await at.readPast();
		await at.work();
		expect(await documents(at)).toBe(5);
		expect(at.shown().at(-1)).toBe(line.done({ found: 5, taken: 0, refused: 0 }));
	});

	test('goes back as far as was said', async () => {
		const at = await open();
		const [, since] = await past(at, 3);
		await at.readPast(since?.occurredAt);
		await at.work();
		expect(await documents(at)).toBe(2);
	});

	test('counts what it does not take, and says nothing of it in old threads', async () => {
		const at = await open({ read: (_name, text) => (text === 'plan 1' ? { status: 'rejected', reason: 'no-text' } : {}) });
		await past(at, 1);
		await past(at, 1, { name: 'large.txt', messageId: '300', sizeBytes: 5_000 });
		await past(at, 1, { name: 'photo.png', mediaType: 'image/png', messageId: '400' });
		await at.readPast();
		await at.work();
		expect(at.outcomes).toEqual(['no-text']);
		expect(at.shown()).toEqual([line.done({ found: 2, taken: 1, refused: 1 })]);
	});

	test('takes no files of guests', async () => {
		const at = await open({ standing: 'guest' });
		await past(at, 2);
		await at.readPast();
		await at.work();
		expect(at.shown()).toEqual([line.done({ found: 2, taken: 0, refused: 2 })]);
	});

	test.each(['listed', 'posted'] as const)('comes in whole and once when the process dies: %s', async (stage) => {
		const at = await open();
		await past(at, 5);
		await at.readPast();
		at.dieAfter(stage);
		await at.work();
		expect(at.failures()).toBe(1);
		expect(await documents(at)).toBe(5);
		const [counts] = await at.query('select found_count as found, taken_count as taken from file_backfills');
		expect(counts).toEqual({ found: 5, taken: 5 });
		// Nobody can look for a line that may have been sent: it is not sent again.
		expect(at.shown()).toHaveLength(1);
	});

	test('is left where it is when that is ordered, and what was taken stays', async () => {
		const at = await open();
		await past(at, 5);
		await at.readPast();
		at.doAfter('listed', async () => void (await at.stopReading()));
		await at.work();
		expect(await statusOf(at)).toBe('stopped');
		expect(await documents(at)).toBe(0);
		expect(at.shown()).toEqual([line.stopped({ found: 0, taken: 0, refused: 0 })]);
		expect(await at.stopReading()).toBe(false);
	});

	test('is left when the bot loses the channel', async () => {
		const at = await open();
		await past(at, 5);
		await at.readPast();
		at.platform.refuse(['list-files'], new BotError('PLATFORM_REJECTED', 'not in it', { reason: 'may-not-post' }));
		await at.work();
		expect(await statusOf(at)).toBe('lost');
	});

	test('is left when the platform goes on failing, which its line says', async () => {
		const at = await open();
		await past(at, 5);
		await at.readPast();
		at.platform.refuse(['list-files'], new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await at.work();
		expect(await statusOf(at)).toBe('failed');
		expect(at.shown()).toEqual([line.failed({ found: 0, taken: 0, refused: 0 })]);
	});

	test('is left when files are not read there any more', async () => {
		const at = await open();
		await past(at, 5);
		await at.readPast();
		await at.query(`update channels set ingest = 'off'`);
		await at.work();
		await at.query('update channels set ingest = null');
		expect(await statusOf(at)).toBe('stopped');
		expect(await documents(at)).toBe(0);
	});

	test('is of no interest where files are not read unasked, where nobody is, and where the platform tells nothing', async () => {
		const asking = await open({ channels: 'ask' });
		expect(await asking.readPast()).toBe('unread');
		expect(await (await open({ readers: {} })).readPast()).toBe('elsewhere');
		const at = await open();
		Object.assign(at.platform, { capabilities: { ...at.platform.capabilities, listsFiles: [] } });
		expect(await at.readPast()).toBe('unlisted');
	});
});
