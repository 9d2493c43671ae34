/** Files that somebody offers by the menu of their message. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type IngestSceneOptions, openIngestScene, type Shared } from './ingest-scene.ts';

let store: TestDatabase;
beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
	await store.database.asLibrarian(async ({ query }) => {
		await query('delete from document_placements');
		await query('delete from documents');
	});
});

const readers = { C1: ['ana', 'luis'] };
const inChannel: Shared = { channelId: 'C1', kind: 'channel' };
const taken = { outcome: 'looked-at', taken: 1, known: 0, refused: [] };
const known = { outcome: 'looked-at', taken: 0, known: 1, refused: [] };

describe('a file of a channel', () => {
	const open = (options: IngestSceneOptions = {}) => openIngestScene(store, { readers, ...options });

	test('that was there before is taken once, as if it had just been shared', async () => {
		const at = await open();
		const event = await at.before(inChannel);
		expect(await at.offer(event, { accountId: 'luis' })).toEqual(taken);
		expect(await at.offer(event)).toEqual(known);
		await at.happen(event);
		await at.work();
		expect(at.outcomes).toEqual(['indexed']);
		expect(await at.query('select status, message_id as "messageId", shared_by as "sharedBy" from document_placements')).toEqual([
			{ status: 'placed', messageId: '100', sharedBy: at.userId },
		]);
	});

	test('is taken only where the platform says that whoever offers it is there', async () => {
		const at = await open();
		expect(await at.offer(await at.before({ ...inChannel, channelId: 'C2' }))).toEqual({ outcome: 'elsewhere' });
		expect(await at.query('select id from document_placements')).toEqual([]);
	});

	test('is left alone where files are not read, unless an administrator offers it', async () => {
		const at = await open({ channels: 'off' });
		const event = await at.before(inChannel);
		expect(await at.offer(event)).toEqual({ outcome: 'off' });
		expect(await at.offer(event, { role: 'ccb_admin' })).toEqual(taken);
	});

	test('is taken of whoever shared it, where people are asked', async () => {
		const at = await open({ channels: 'ask' });
		const event = await at.share(inChannel);
		expect(await at.offer(event, { accountId: 'luis' })).toEqual({ outcome: 'sharer-decides' });
		expect(await at.offer(event)).toEqual(taken);
		await at.work();
		expect(at.outcomes).toEqual(['indexed']);
	});

	test('that could not be had can be offered again', async () => {
		const at = await open();
		const event = await at.share({ ...inChannel, content: 'x'.repeat(2_000) });
		await at.work();
		expect(at.outcomes).toEqual(['too-large']);
		at.rewrite(event, 'short');
		expect(await at.offer(event)).toEqual(taken);
		await at.work();
		expect(at.outcomes).toEqual(['too-large', 'indexed']);
	});

	test('counts against the limits of whoever offers it', async () => {
		const at = await open({ refusal: 'uploadsPerDay' });
		const refused = [{ name: 'plan.txt', reason: 'upload-count' }];
		expect(await at.offer(await at.before(inChannel))).toEqual({ ...taken, taken: 0, refused });
		expect(await at.query('select id from document_placements')).toEqual([]);
	});

	test('without words, or without a way to it, is none', async () => {
		const at = await open();
		const event = await at.before({ ...inChannel, mediaType: 'image/png' });
		const none = { outcome: 'looked-at', taken: 0, known: 0, refused: [] };
		expect(await at.offer(event)).toEqual(none);
		expect(await at.offer({ ...event, file: { ...event.file, mediaType: 'text/plain', source: null } })).toEqual(none);
	});
});
