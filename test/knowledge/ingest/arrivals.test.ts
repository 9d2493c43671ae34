/** Files that come at an awkward moment: several at once, one after the other of the same name, and such as never come. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type IngestScene, type IngestSceneOptions, openIngestScene } from './ingest-scene.ts';

const { files: words } = english;

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

const scene = (options?: IngestSceneOptions) => openIngestScene(store, options);
const passagesOf = async (at: IngestScene) =>
	(await at.query<{ content: string }>('select content from chunks order by id')).map(({ content }) => content);
const placementsOf = (at: IngestScene) =>
	at.query(
		`select place ->> 'channelId' as channel, name, status, superseded_at is not null as "isOld" from document_placements
			order by shared_at, channel, name`,
	);

test('the same file twice in one message is one document under two names', async () => {
	const at = await scene();
	for (const name of ['plan.txt', 'copy of plan.txt']) await at.share({ name });
	await at.workTogether();
	expect(await passagesOf(at)).toEqual(['The office opens at nine.']);
	expect([at.files.kept.size, at.outcomes]).toEqual([1, ['indexed']]);
	const [only, ...others] = at.shown();
	expect([only?.split('\n').length, others]).toEqual([2, []]);
});

test('the same file in two channels at the same time is one document in two places, and leaves with the last', async () => {
	const at = await scene();
	const [first, second] = [await at.share({ channelId: 'C1', kind: 'channel' }), await at.share({ channelId: 'C2', kind: 'channel' })];
	await at.workTogether();
	expect(await placementsOf(at)).toMatchObject(['C1', 'C2'].map((channel) => ({ channel, status: 'placed', isOld: false })));
	expect([await passagesOf(at), at.files.kept.size, at.outcomes]).toEqual([['The office opens at nine.'], 1, ['indexed']]);
	await Promise.all([first, second].map((event) => at.happen({ ...event, type: 'message-files-left', fileIds: [] })));
	await at.workTogether();
	expect([await passagesOf(at), at.files.kept.size]).toEqual([[], 0]);
});

test('ten files at once come in whole, each once', async () => {
	const at = await scene();
	for (let number = 0; number < 10; number++) await at.share({ name: `${number}.txt`, content: `file ${number}` });
	await at.workTogether();
	expect((await passagesOf(at)).sort()).toEqual(Array.from({ length: 10 }, (_, number) => `file ${number}`));
	expect([at.files.kept.size, at.outcomes.length, at.shown().length]).toEqual([10, 10, 1]);
});

test('a new version that comes while the old one is still being indexed is the one that counts', async () => {
	const at = await scene();
	await at.share({ content: Array.from({ length: 90 }, (_, number) => `old ${number}`).join('\n'), at: 0 });
	at.doAfter('half indexed', async () => void (await at.share({ content: 'new', messageId: '200', at: 60 })));
	await at.work();
	expect(await placementsOf(at)).toMatchObject([{ isOld: true }, { isOld: false }]);
	expect(at.outcomes).toEqual(['indexed', 'indexed']);
});

test('a file whose download stalls at each try ends as one that could not be had, and can be tried again', async () => {
	let given = 0;
	const at = await scene({
		// Only the silence of a download is over at once.
		clock: {
			now: () => Date.now(),
			wait: (durationMs, signal) =>
				durationMs === 30_000 ? Promise.resolve() : new Promise((_resolve, reject) => signal?.addEventListener('abort', reject)),
		},
	});
	const { fetchFile } = at.platform;
	at.platform.fetchFile = async function* (_file, _place, _maxBytes, signal) {
		signal.addEventListener('abort', () => (given += 1));
		await new Promise(() => {});
		yield Buffer.from('never');
	};
	await at.share();
	await at.work();
	expect([given, at.failures()]).toEqual([3, 3]);
	expect(at.shown()).toEqual([`📎 \`plan.txt\`: ${words.unread.unavailable}`]);
	expect(await at.operations.counts()).toEqual({ failed: 1 });
	at.platform.fetchFile = fetchFile;
	expect(await at.operations.retry(null)).toBe(1);
});
