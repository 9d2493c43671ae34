/** Files on their way in, and out again, on both databases. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createFakeVectors } from '#test/fakes/vectors.ts';
import { type Content, type IngestScene, type IngestSceneOptions, openIngestScene, type Stage } from './ingest-scene.ts';

const { files: words } = english;
const line = (name: string, sentence: string) => `📎 \`${name}\`: ${sentence}`;

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

	const scene = (options?: IngestSceneOptions) => openIngestScene(store, options);
	const passagesOf = ({ query }: IngestScene) => query<{ content: string }>('select content from chunks order by id');
	const placementsOf = ({ query }: IngestScene) =>
		query<{ name: string; status: string; reason: string | null; isOld: boolean }>(
			`select name, status, reason, superseded_at is not null as "isOld" from document_placements order by shared_at, name`,
		);

	const leftOf = async (at: IngestScene) => [
		at.files.kept.size,
		(await at.query('select id from documents')).length,
		(await placementsOf(at)).length,
		(await passagesOf(at)).length,
	];

	test('becomes a document, and nothing is kept of the way to it', async () => {
		const at = await scene();
		await at.share({ content: 'one\ntwo' });
		const [waiting] = await at.query<{ attachment: unknown }>('select attachment from document_placements');
		expect(JSON.stringify(waiting?.attachment)).toContain('secret-address');
		await at.work();
		expect((await passagesOf(at)).map(({ content }) => content)).toEqual(['one', 'two']);
		expect(await at.query('select status, attachment, url from document_placements')).toEqual([
			{ status: 'placed', attachment: null, url: 'https://chat.example.com/100' },
		]);
		expect(at.shown()).toEqual([line('plan.txt', words.indexed(2))]);
		expect(at.outcomes).toEqual(['indexed']);
	});

	test('may be called anything', async () => {
		const at = await scene();
		for (const [number, name] of ['../../etc/passwd', 'a\0b\ud800.txt', '😀'.repeat(64), '', '`@everyone`.txt'].entries())
			await at.share({ name, messageId: `${number}`, content: `file ${number}` });
		await at.work();
		expect(at.outcomes).toEqual(Array(5).fill('indexed'));
		expect((await placementsOf(at)).map(({ name }) => name)).toEqual(
			expect.arrayContaining(['passwd', 'a�b�.txt', '😀'.repeat(64), '', '`@everyone`.txt']),
		);
	});

	test('that is told of twice, and the same content elsewhere, are one document', async () => {
		const at = await scene();
		const event = await at.share();
		await at.happen(event);
		await at.share({ messageId: '200', name: 'copy.txt' });
		await at.work();
		expect(await at.query('select id from documents')).toHaveLength(1);
		expect(await placementsOf(at)).toHaveLength(2);
		expect(at.files.kept.size).toBe(1);
		expect(at.outcomes).toEqual(['indexed']);
		expect(at.shown()).toEqual([line('plan.txt', words.indexed(1)), line('copy.txt', words.indexed(1))]);
	});

	test('of the same name in the same channel takes the place of the older one, in whatever order they are read', async () => {
		const at = await scene();
		await at.share({ content: 'new', messageId: '200', at: 60 });
		await at.work();
		await at.share({ content: 'old', messageId: '100', at: 0 });
		await at.share({ content: 'other', messageId: '300', channelId: 'D2', at: 90 });
		await at.work();
		expect((await placementsOf(at)).map(({ isOld }) => isOld)).toEqual([true, false, false]);
	});

	test('gives its place back to the older one when it goes, and never takes it when it cannot be read', async () => {
		const at = await scene({ read: (_name, text) => (text === 'scan' ? { status: 'rejected', reason: 'no-text' } : {}) });
		await at.share({ content: 'old', messageId: '100', at: 0 });
		const newer = await at.share({ content: 'new', messageId: '200', at: 60 });
		await at.share({ content: 'scan', messageId: '300', at: 90 });
		await at.work();
		expect((await placementsOf(at)).map(({ isOld }) => isOld)).toEqual([true, false, false]);
		await at.happen({ ...newer, type: 'message-files-left', fileIds: [] });
		await at.work();
		expect((await placementsOf(at)).map(({ isOld }) => isOld)).toEqual([false, false]);
	});

	test.each<Stage>(['fetched', 'stored', 'read', 'half indexed', 'posted'])(
		'whose process dies when it is %s comes in whole, once, and is told of once',
		async (stage) => {
			const at = await scene();
			const text = Array.from({ length: 90 }, (_, number) => `line ${number}`).join('\n');
			await at.share({ content: text });
			at.dieAfter(stage);
			await at.work();
			expect(at.failures()).toBe(1);
			expect((await passagesOf(at)).map(({ content }) => content)).toEqual(text.split('\n'));
			expect(await at.query('select id from documents')).toHaveLength(1);
			expect(at.files.kept.size).toBe(1);
			expect(at.shown()).toEqual([line('plan.txt', words.indexed(90))]);
		},
	);

	test('is told of where nobody can look for a message that may have been sent, at most once', async () => {
		const at = await scene();
		Object.assign(at.platform.capabilities, { findsOwnMessages: false });
		await at.share();
		at.dieAfter('posted');
		await at.work();
		Object.assign(at.platform.capabilities, { findsOwnMessages: true });
		expect(at.shown()).toHaveLength(1);
	});

	test('goes with the last message that it was shared in, wherever it has got to', async () => {
		const at = await scene();
		const first = await at.share();
		const second = await at.share({ messageId: '200' });
		await at.work();
		await at.happen({ ...first, type: 'message-files-left', fileIds: [] });
		await at.work();
		expect(await passagesOf(at)).toHaveLength(1);
		expect(at.shown()).toHaveLength(1);
		await at.happen({ ...second, type: 'message-files-left', fileIds: [] });
		await at.work();
		expect(await at.query('select id from documents')).toEqual([]);
		expect(await passagesOf(at)).toEqual([]);
		expect([at.files.kept.size, at.shown()]).toEqual([0, []]);
	});

	test('that is removed before it was fetched leaves nothing behind', async () => {
		const at = await scene();
		const event = await at.share();
		await at.happen({ ...event, type: 'file-removed', place: null, fileId: event.file.id });
		await at.work();
		expect(await leftOf(at)).toEqual([0, 0, 0, 0]);
	});

	test.each<Stage>(['fetched', 'stored', 'read', 'half indexed'])('that is removed when it is %s leaves nothing behind', async (stage) => {
		const at = await scene();
		const event = await at.share({ content: Array.from({ length: 90 }, (_, number) => `line ${number}`).join('\n') });
		at.doAfter(stage, () => at.happen({ ...event, type: 'message-files-left', fileIds: [] }));
		await at.work();
		for (const file of at.files.kept.values()) file.putAt = new Date(0);
		await at.runNow('sweep-files');
		await at.work();
		expect(await leftOf(at)).toEqual([0, 0, 0, 0]);
		expect(at.failures()).toBe(0);
		expect(at.shown()).toEqual([]);
	});

	test('that changes is fetched again, and what it was goes; until then, and when it cannot be had, that stays', async () => {
		const at = await scene();
		const event = await at.share({ content: 'before' });
		await at.work();
		const change = async (content: Content) => {
			at.rewrite(event, content);
			await at.happen({ ...event, type: 'file-changed', place: null, fileId: event.file.id });
			await at.work();
			return (await passagesOf(at)).map((passage) => passage.content);
		};
		expect(await change('after\nall')).toEqual(['after', 'all']);
		expect(at.shown()).toEqual([line('plan.txt', words.indexed(2))]);
		expect(await change(new BotError('NOT_FOUND', 'HTTP 404'))).toEqual(['after', 'all']);
		expect(await change('after\nall')).toEqual(['after', 'all']);
		expect([at.files.kept.size, (await at.query('select id from documents')).length]).toEqual([1, 1]);
	});

	test('whose bytes are just being removed is fetched again', async () => {
		const at = await scene();
		const first = await at.share();
		await at.work();
		await at.happen({ ...first, type: 'message-files-left', fileIds: [] });
		// The same content comes before the bytes are gone.
		await at.share({ messageId: '200' });
		await at.work();
		expect(await passagesOf(at)).toHaveLength(1);
		expect(at.files.kept.size).toBe(1);
	});

	test.each<[string, { content?: Content; sizeBytes?: number }, Parameters<typeof words.indexed>[0] | keyof typeof words.unread]>([
		['that is gone, or behind a login page', { content: new BotError('NOT_FOUND', 'HTTP 404') }, 'gone'],
		['that grows beyond its stated size and the limit', { content: 'x'.repeat(1_001), sizeBytes: 10 }, 'too-large'],
		['that never comes', { content: new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }) }, 'unavailable'],
	])('%s is refused with the reason, and no byte is left', async (_name, given, reason) => {
		const at = await scene();
		await at.share(given as { content: Content });
		await at.work();
		expect(at.shown()).toEqual([line('plan.txt', words.unread[reason as keyof typeof words.unread])]);
		expect([at.files.kept.size, await at.query('select id from documents')]).toEqual([0, []]);
		expect(at.outcomes).toEqual([reason]);
	});

	test('that cannot be read is told so, and is read again under another name', async () => {
		const at = await scene({ read: (name) => (name.endsWith('.txt') ? { status: 'rejected', reason: 'type-mismatch' } : {}) });
		await at.share({ name: 'plan.txt' });
		await at.work();
		await at.share({ name: 'plan.csv', messageId: '200', at: 10 });
		await at.work();
		expect(at.shown().at(-1)).toBe(line('plan.csv', words.indexed(1)));
		expect(await passagesOf(at)).toHaveLength(1);
	});

	test('with a secret is set aside, and stays so', async () => {
		const at = await scene({ read: () => ({ status: 'rejected', reason: 'quarantine' }) });
		await at.share();
		await at.work();
		await at.share({ messageId: '200' });
		await at.work();
		expect(await at.query('select status from documents')).toEqual([{ status: 'quarantined' }]);
		expect(at.outcomes).toEqual(['quarantine']);
		expect(at.shown()).toHaveLength(2);
	});

	test('of ten in one message have one line', async () => {
		const at = await scene();
		for (let number = 0; number < 10; number++) await at.share({ name: `${number}.txt`, content: `file ${number}` });
		await at.work();
		const [only = '', ...others] = at.shown();
		expect(others).toEqual([]);
		expect(only.split('\n')).toHaveLength(7);
		expect(only).toContain(english.command.cut(6, 10));
		expect(await at.query('select id from documents')).toHaveLength(10);
	});

	test('in a channel is told of only when somebody can mend something', async () => {
		const at = await scene({ read: (name) => (name === 'bad.txt' ? { status: 'rejected', reason: 'password' } : {}) });
		await at.share({ channelId: 'C1', kind: 'channel', messageId: '100' });
		await at.share({ channelId: 'C1', kind: 'channel', messageId: '200', name: 'bad.txt', content: 'other' });
		await at.work();
		expect(at.shown()).toEqual([line('bad.txt', words.unread.password)]);
	});

	test.each<[string, IngestSceneOptions, Parameters<IngestScene['share']>[0]]>([
		['of a guest', { standing: 'guest' }, {}],
		['in a channel where it is off', { channels: 'off' }, { channelId: 'C1', kind: 'channel' }],
		['that is a picture', {}, { mediaType: 'image/png' }],
	])('%s is not taken', async (_name, options, given) => {
		const at = await scene(options);
		await at.share(given);
		await at.work();
		expect(await placementsOf(at)).toEqual([]);
		expect(at.shown()).toEqual([]);
	});

	test('in a channel where people are asked is taken when they say so, and forgotten when they do not', async () => {
		const at = await scene({ channels: 'ask' });
		const { place } = await at.share({ channelId: 'C1', kind: 'channel' });
		await at.share({ channelId: 'C1', kind: 'channel', name: 'second.txt', content: 'second' });
		await at.work();
		expect(at.platform.privately).toEqual([{ accountId: 'ana', text: words.ask('plan.txt, second.txt') }]);
		expect([at.shown(), at.files.kept.size]).toEqual([[], 0]);
		expect(await at.channelFiles.standing(place, at.userId)).toEqual({ ingestion: 'ask', asked: 2 });
		expect(await at.channelFiles.take(place, at.userId)).toBe(2);
		await at.work();
		expect(await passagesOf(at)).toHaveLength(2);
		await at.share({ channelId: 'C1', kind: 'channel', messageId: '200' });
		expect(await at.channelFiles.leave(place, at.userId)).toBe(1);
		await at.work();
		expect(at.platform.privately).toHaveLength(1);
		await at.query(`update channels set ingest = 'off' where id = $1`, [channelIdOf(place)]);
		await at.share({ channelId: 'C1', kind: 'channel', messageId: '300' });
		expect(await placementsOf(at)).toHaveLength(2);
	});

	test('is taken in a personal chat and where the channel decided, whatever is usual', async () => {
		const at = await scene({ channels: 'off' });
		const channel = { platform: 'fake', tenantId: 'T1', channelId: 'C9', threadId: '' };
		await at.query('insert into channels (id, platform, tenant_id, channel_id, kind) values ($1, $2, $3, $4, $5)', [
			...[channelIdOf(channel), channel.platform, channel.tenantId, channel.channelId, 'channel'],
		]);
		await at.query(`update channels set ingest = 'on' where id = $1`, [channelIdOf(channel)]);
		await at.share({ name: 'personal.txt' });
		await at.share({ name: 'decided.txt', channelId: 'C9', kind: 'channel' });
		expect((await placementsOf(at)).map(({ name }) => name)).toEqual(['decided.txt', 'personal.txt']);
	});

	test('beyond a limit of who shares it is refused', async () => {
		const at = await scene({ refusal: 'uploadsPerDay' });
		await at.share();
		await at.work();
		expect(at.shown()).toEqual([line('plan.txt', words.unread['upload-count'])]);
		expect(at.outcomes).toEqual(['upload-count']);
		expect(at.files.kept.size).toBe(0);
	});

	test('whose job somebody took away is taken up again by its number', async () => {
		const at = await scene();
		await at.share();
		at.loseJobs();
		const [waiting] = await at.query<{ id: string }>('select id from document_placements');
		expect(await at.operations.retry(null)).toBe(0);
		expect(await at.operations.retry(documentNumber(waiting?.id ?? ''))).toBe(1);
		await at.work();
		expect(at.shown()).toEqual([line('plan.txt', words.indexed(1))]);
	});

	test('whose process died before it could say which document it is, is found by the sweep', async () => {
		const at = await scene();
		const put = async (text: string) =>
			await at.files.put(ReadableStream.from([Buffer.from(text)]), { maxBytes: 100 }, new AbortController().signal);
		await at.share({ content: 'known' });
		await at.work();
		await put('forgotten');
		for (const file of at.files.kept.values()) file.putAt = new Date(0);
		const { hash } = await put('on its way');
		await at.runNow('sweep-files');
		await at.work();
		expect([...at.files.kept.values()].map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['known', 'on its way']);
		expect(at.files.kept.has(hash)).toBe(true);
		expect(await at.query('select status from documents')).toEqual([{ status: 'ready' }]);
	});
});

describe('vectors of passages', () => {
	let store: TestDatabase;
	beforeAll(async () => {
		store = await openEmbeddedDatabase();
	});
	afterAll(() => store.close());

	test('are made once each, also when a process dies over them, and are searched as soon as they are whole', async () => {
		const models = createFakeVectors();
		const at = await openIngestScene(store, { models });
		const text = Array.from({ length: 90 }, (_, number) => `line ${number}`).join('\n');
		await at.share({ content: text });
		at.dieAfter('half embedded');
		const vectorsOf = () => at.query<{ model: number }>('select model_id as model from ccb_knowledge.chunk_vectors');
		await at.work();
		expect(at.failures()).toBe(1);
		expect(await vectorsOf()).toHaveLength(90);
		expect(models.embedded).toHaveLength(90);
		expect(await at.isSearchedByVectors()).toBe(true);
	});

	test('of another model are made beside the older ones, which answer until then', async () => {
		const models = createFakeVectors();
		const at = await openIngestScene(store, { models });
		await at.share({ messageId: '200', name: 'other.txt', content: 'other' });
		await at.work();
		models.installed = { 'fake:latest': ['newer', 'first'] };
		expect(await at.isSearchedByVectors()).toBe(true);
		expect(models.asked.at(-1)).toBe('fake first');
		await at.runNow('embed-due');
		await at.work();
		expect(await at.isSearchedByVectors()).toBe(true);
		expect(models.asked.at(-1)).toBe('fake newer');
	});

	test('are waited for by nobody where there is no model for them', async () => {
		const at = await openIngestScene(store);
		await at.share({ messageId: '300', name: 'third.txt', content: 'third' });
		await at.work();
		expect(at.failures()).toBe(0);
		expect(at.outcomes).toEqual(['indexed']);
	});
});
