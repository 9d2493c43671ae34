/** What people see of documents, and what they do with them, over files that were really taken in. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import type { ScopeRequest } from '#src/knowledge/audience/reading-scopes.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import type { ShelvedDocument } from '#src/knowledge/shelf/shelf.ts';
import { english } from '#src/locales/english.ts';
import type { Place } from '#src/platform/place.ts';
import { createAdmin, createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { type IngestScene, openIngestScene } from '../ingest/ingest-scene.ts';

const signal = new AbortController().signal;

describe.each(testDatabases())('documents that people look at on $name', ({ open }) => {
	let opened: TestDatabase;
	let scene: IngestScene;
	/** Of those who read: by the id of their account. */
	let readers: Record<string, string[]>;
	/** Accounts that are not answered any more. */
	let gone: string[];
	let channel: string;
	let direct: string;
	let ben: Principal;

	beforeAll(async () => {
		opened = await open();
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		await opened.database.asLibrarian(({ query }) => query('delete from document_placements'));
		await opened.database.asLibrarian(({ query }) => query('delete from documents'));
		[channel, direct] = [randomUUID(), randomUUID()];
		readers = { [channel]: ['ana', 'ben'] };
		gone = [];
		scene = await openIngestScene(opened, { readers, gone });
		ben = await createUser(opened.database);
	});

	/** Ana shares; she and others ask in a channel, or each in their personal chat. */
	function reader(person: Principal, accountId: string, kind: Place['kind'] = 'channel'): ScopeRequest {
		const channelId = kind === 'direct' ? (accountId === 'ana' ? direct : `D-${accountId}`) : channel;
		const place = { platform: 'fake', tenantId: 'T1', channelId, threadId: '', kind };
		return { asker: person, account: { tenantId: 'T1', accountId }, platform: scene.platform, place };
	}
	const ana = (kind?: Place['kind']) => reader({ userId: scene.userId, role: 'ccb_employee' }, 'ana', kind);
	const namesFor = async (who: ScopeRequest) => (await scene.shelf.list(who, signal)).map(({ name }) => name);

	async function share(name: string, given: Partial<Parameters<IngestScene['share']>[0]> = {}): Promise<void> {
		await scene.share({ name, content: `Words of ${name}.`, channelId: channel, kind: 'channel', messageId: name, ...given });
		await scene.work();
	}

	async function only(who: ScopeRequest, typed: string): Promise<ShelvedDocument> {
		const [document] = await scene.shelf.find(who, typed, signal);
		if (document === undefined) throw new Error('there is no such document');
		return document;
	}

	it('are those of the channel, the newest first, for whoever asks there', async () => {
		await share('old.txt', { at: 1 });
		await share('new.txt', { at: 2 });
		await share('elsewhere.txt', { channelId: randomUUID() });
		expect(await namesFor(ana())).toEqual(['new.txt', 'old.txt']);
		expect(await namesFor(reader(ben, 'ben'))).toEqual(['new.txt', 'old.txt']);
		expect(await only(ana(), 'old.txt')).toMatchObject({ state: 'ready', passages: 1, isOlder: false, sharedBy: scene.userId });
	});

	it('are in a personal chat all that the person may read anywhere, and nothing of other people’s chats', async () => {
		await share('channel.txt', { at: 1 });
		await share('mine.txt', { channelId: direct, kind: 'direct', at: 2 });
		await share('closed.txt', { channelId: randomUUID(), at: 3 });
		expect(await namesFor(ana('direct'))).toEqual(['mine.txt', 'channel.txt']);
		expect(await namesFor(reader(ben, 'ben', 'direct'))).toEqual(['channel.txt']);
		readers[channel] = [];
		expect(await namesFor(ana('direct'))).toEqual(['mine.txt']);
	});

	it('stay for others when whoever shared them is shut out, and what was theirs alone is seen by nobody until they are back', async () => {
		await share('channel.txt', { at: 1 });
		await share('mine.txt', { channelId: direct, kind: 'direct', at: 2 });
		gone.push('ana');
		expect([await namesFor(ana('direct')), await namesFor(ana())]).toEqual([[], []]);
		expect([await namesFor(reader(ben, 'ben')), await namesFor(reader(ben, 'ben', 'direct'))]).toEqual([['channel.txt'], ['channel.txt']]);
		gone.pop();
		expect(await namesFor(ana('direct'))).toEqual(['mine.txt', 'channel.txt']);
	});

	it('tell why they were not read, and which version is older', async () => {
		await share('plan.txt', { messageId: '1', content: 'First.', at: 1 });
		await share('plan.txt', { messageId: '2', content: 'Second.', at: 2 });
		await share('huge.txt', { content: 'x'.repeat(2_000), at: 3 });
		const documents = await scene.shelf.list(ana(), signal);
		expect(documents.map(({ state, reason, isOlder }) => (state === 'unread' ? reason : isOlder))).toEqual(['too-large', false, true]);
	});

	it('are forgotten by whoever shared them, wherever they are by now, and by nobody else', async () => {
		await share('plan.txt');
		expect(await scene.shelf.findToForget(reader(ben, 'ben'), 'plan.txt', signal)).toEqual([]);
		readers[channel] = [];
		const [found] = await scene.shelf.findToForget(ana('direct'), 'plan.txt', signal);
		const receipt = await scene.shelfChanges.forget(found?.placementId ?? '');
		const gone = { passages: 1, vectors: 0, sizeBytes: 18 };
		expect(receipt).toEqual({ name: 'plan.txt', isFromSource: false, gone, forgotten: { answers: 0, summaries: 0 } });
		await scene.work();
		expect(scene.files.kept.size).toBe(0);
		expect(await scene.query('select id from chunks')).toEqual([]);
		expect(await scene.shelfChanges.forget(found?.placementId ?? '')).toBeNull();
	});

	it('are forgotten by administrators as far as they can read them', async () => {
		const admin = await createAdmin(opened.database);
		await share('plan.txt');
		const carl = reader(admin, 'carl', 'direct');
		expect(await scene.shelf.findToForget(carl, 'plan.txt', signal)).toEqual([]);
		readers[channel] = ['carl'];
		expect(await scene.shelf.findToForget(carl, 'plan.txt', signal)).toHaveLength(1);
	});

	it('stay for others who have the same content elsewhere', async () => {
		await share('plan.txt', { content: 'Same.' });
		await share('copy.txt', { content: 'Same.', channelId: direct, kind: 'direct' });
		const { placementId } = await only(ana(), 'plan.txt');
		expect(await scene.shelfChanges.forget(placementId)).toMatchObject({ gone: null });
		await scene.work();
		expect(scene.files.kept.size).toBe(1);
		expect(await namesFor(ana('direct'))).toEqual(['copy.txt']);
	});

	it('are read by the whole company once they are published, until they are taken back or deleted where they were shared', async () => {
		await share('rules.txt');
		const carl = reader(await createUser(opened.database), 'carl', 'direct');
		const { placementId } = await only(ana(), 'rules.txt');
		expect(await scene.shelfChanges.publish(placementId, null, null)).toBe(true);
		expect(await scene.shelfChanges.publish(placementId, null, null)).toBe(false);
		expect(await namesFor(carl)).toEqual(['rules.txt']);
		expect(await only(ana(), 'rules.txt')).toMatchObject({ isPublished: true, staleAfterDays: null });
		expect(await scene.shelfChanges.publish(placementId, 365, null)).toBe(true);
		expect(await scene.shelfChanges.publish(placementId, 365, null)).toBe(false);
		expect([await only(ana(), 'rules.txt'), await only(carl, 'rules.txt')].map(({ staleAfterDays }) => staleAfterDays)).toEqual([365, 365]);
		expect(await scene.shelfChanges.withdraw(placementId)).toBe(true);
		expect(await scene.shelfChanges.withdraw(placementId)).toBe(false);
		expect(await namesFor(carl)).toEqual([]);
		await scene.shelfChanges.publish(placementId, null, null);
		expect(await scene.shelfChanges.forget(placementId)).toMatchObject({ gone: { passages: 1 } });
		await scene.work();
		expect(await namesFor(carl)).toEqual([]);
		expect(scene.files.kept.size).toBe(0);
	});

	it('are old from as many days on as their older version was, unless something else was decided for them', async () => {
		const staleDays = async () => (await scene.shelf.list(ana(), signal)).map(({ staleAfterDays }) => staleAfterDays);
		await share('rules.txt', { messageId: '1', content: 'First.', at: 1 });
		const { placementId } = await only(ana(), 'rules.txt');
		await scene.shelfChanges.publish(placementId, 365, null);
		await share('rules.txt', { messageId: '2', content: 'Second.', at: 2 });
		expect(await staleDays()).toEqual([365, 365]);
		const [newest] = await scene.shelf.list(ana(), signal);
		await scene.shelfChanges.publish(newest?.placementId ?? '', null, null);
		await share('rules.txt', { messageId: '3', content: 'Third.', at: 3 });
		expect(await staleDays()).toEqual([null, null, 365]);
	});

	it('are the company’s no more once they have a newer version or other words, and whoever published them is told', async () => {
		const admin = await createAdmin(opened.database);
		await opened.database.asRegistrar(({ query }) =>
			query(
				`insert into identities (user_id, home_user_id, platform, tenant_id, account_id, display_name)
					values ($1, $1, 'fake', 'T1', 'root', 'Root')`,
				[admin.userId],
			),
		);
		const carl = reader(await createUser(opened.database), 'carl', 'direct');
		await share('rules.txt', { messageId: '1', content: 'First.', at: 1 });
		const { placementId } = await only(ana(), 'rules.txt');
		await scene.shelfChanges.publish(placementId, null, admin.userId);
		expect(await namesFor(carl)).toEqual(['rules.txt']);
		const second = await scene.share({ name: 'rules.txt', messageId: '2', content: 'Second.', at: 2, channelId: channel, kind: 'channel' });
		await scene.work();
		expect(await namesFor(carl)).toEqual([]);
		const [newest] = await scene.shelf.list(ana(), signal);
		const told = { accountId: 'root', text: english.docs.takenBack('rules.txt', documentNumber(newest?.placementId ?? '')) };
		expect(scene.platform.privately).toMatchObject([told]);

		await scene.shelfChanges.publish(newest?.placementId ?? '', null, admin.userId);
		scene.rewrite(second, 'Third.');
		await scene.happen({ ...second, type: 'file-changed', place: null, fileId: second.file.id });
		await scene.work();
		expect(await namesFor(carl)).toEqual([]);
		expect(scene.platform.privately).toMatchObject([told, told]);
		// What was read before the change lies nowhere any more.
		expect(scene.files.kept.size).toBe(2);
	});

	it('that cannot be read are not published', async () => {
		await share('huge.txt', { content: 'x'.repeat(2_000) });
		const { placementId } = await only(ana(), 'huge.txt');
		expect(await scene.shelfChanges.publish(placementId, null, null)).toBe(false);
	});
});
