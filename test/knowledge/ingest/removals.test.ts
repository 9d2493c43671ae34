/** What becomes of files when the places go that they lie in, on both databases. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { placementIdOf } from '#src/knowledge/ingest/placements.ts';
import type { EventBase } from '#src/platform/event-base.ts';
import type { Place } from '#src/platform/place.ts';
import type { PlaceEvent } from '#src/platform/place-event.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { type IngestScene, openIngestScene } from './ingest-scene.ts';

describe.each(testDatabases())('a file on $name', ({ open }) => {
	let store: TestDatabase;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		await store.database.asLibrarian(async ({ query }) => {
			await query('delete from document_placements');
			await query('delete from documents');
		});
	});

	const scene = () => openIngestScene(store);
	const passagesOf = ({ query }: IngestScene) => query<{ content: string }>('select content from chunks order by content');

	test.each<[string, (base: EventBase, place: Place) => PlaceEvent, string[]]>([
		['is gone', (base, place) => ({ ...base, type: 'place-deleted', place }), ['C2', 'D1']],
		['lets the bot out', (base, place) => ({ ...base, type: 'member-left', place, member: null, isSelf: true }), ['C2', 'D1']],
		['goes with its team', (base, place) => ({ ...base, type: 'place-deleted', place, isWholeTeam: true }), ['D1']],
		['is in a workspace that lets the bot out', (base) => ({ ...base, type: 'app-removed', place: null }), []],
		['lets somebody else out', (base, place) => ({ ...base, type: 'member-left', place, member: null, isSelf: false }), ['C1', 'C2', 'D1']],
		['is archived', (base, place) => ({ ...base, type: 'place-archived', place }), ['C1', 'C2', 'D1']],
	])('whose channel %s lies only where it lay beside', async (_name, happening, left) => {
		const at = await scene();
		at.platform.concerns = (event, { route }) => 'isWholeTeam' in event && route === 'team';
		const { place, ...event } = await at.share({ channelId: 'C1', kind: 'channel', content: 'only here' });
		await at.share({ channelId: 'C1', kind: 'channel', name: 'everywhere.txt', content: 'everywhere' });
		await at.share({ channelId: 'C2', kind: 'channel', name: 'everywhere.txt', content: 'everywhere', route: 'team' });
		await at.share({ channelId: 'D1', kind: 'direct', name: 'everywhere.txt', content: 'everywhere' });
		await at.work();
		await at.shelfChanges.publish(placementIdOf(place, event.messageId, event.file.id), null, null);
		const { key, platform, tenantId, occurredAt } = event;
		await at.happen(happening({ key, platform, tenantId, occurredAt }, { ...place, threadId: '' }));
		await at.work();
		const lying = await at.query<{ id: string | null }>(`select distinct place ->> 'channelId' as id from document_placements order by 1`);
		// What was published from the channel lies nowhere by itself.
		expect(lying.filter(({ id }) => id !== null).map(({ id }) => id)).toEqual(left);
		const contents = (await passagesOf(at)).map(({ content }) => content).sort();
		expect(contents).toEqual(left.length === 0 ? [] : left.includes('C1') ? ['everywhere', 'only here'] : ['everywhere']);
		expect(at.files.kept.size).toBe(contents.length);
		expect(lying.some(({ id }) => id === null)).toBe(left.includes('C1'));
	});

	test('whose process dies before its rows are removed, or whose job is lost, goes all the same', async () => {
		const at = await scene();
		const [first, second] = [await at.share(), await at.share({ messageId: '200', name: 'other.txt', content: 'other' })];
		await at.work();
		await at.happen({ ...first, type: 'message-files-left', fileIds: [] });
		at.dieAfter('bytes removed');
		await at.work();
		expect(at.failures()).toBe(1);
		expect((await passagesOf(at)).map(({ content }) => content)).toEqual(['other']);
		await at.happen({ ...second, type: 'message-files-left', fileIds: [] });
		at.loseJobs();
		await at.runNow('sweep-files');
		await at.work();
		expect([at.files.kept.size, await at.query('select id from documents'), await passagesOf(at)]).toEqual([0, [], []]);
	});

	test('whose bytes could not be removed is removed by the sweep', async () => {
		const at = await scene();
		const event = await at.share();
		await at.work();
		const { remove } = at.files;
		at.files.remove = () => Promise.reject(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		await at.happen({ ...event, type: 'message-files-left', fileIds: [] });
		await at.work();
		expect(await at.query('select status from documents')).toEqual([{ status: 'leaving' }]);
		at.files.remove = remove;
		await at.runNow('sweep-files');
		await at.work();
		expect([at.files.kept.size, await at.query('select id from documents')]).toEqual([0, []]);
	});
});
