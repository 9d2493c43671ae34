/** What administrators see of files on their way in, and do about those that did not get there. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type IngestScene, openIngestScene } from '#test/knowledge/ingest/ingest-scene.ts';
import { type Company, foundCompany, words } from './company.ts';

describe('commands about files', () => {
	let opened: TestDatabase;
	let scene: IngestScene;
	let company: Company;

	beforeEach(async () => {
		opened = await openServerDatabase();
		const verdicts = { 'card.txt': 'quarantine', 'scan.pdf': 'no-text' } as const;
		scene = await openIngestScene(opened, {
			read(name, _text, isReleased) {
				const reason = isReleased ? undefined : verdicts[name as keyof typeof verdicts];
				return reason === undefined ? {} : { status: 'rejected', reason };
			},
		});
		const jobs = { unfinished: async () => [], look: async () => null, cancel: async () => false };
		const deadLetters = { list: async () => [], retry: () => Promise.reject(new Error()), drop: async () => null };
		company = await foundCompany(opened.database, {
			jobs,
			deadLetters,
			ingestion: scene.operations,
			vectors: null,
			models: null,
			records: null,
			broadcasts: null,
			health: null,
			cases: null,
			digests: null,
			evaluations: null,
			accounts: null,
		});
	});
	afterEach(() => opened.close());

	async function share(name: string, given: Partial<Parameters<IngestScene['share']>[0]> = {}): Promise<string> {
		await scene.share({ name, content: `Words of ${name}.`, channelId: 'C1', kind: 'channel', messageId: name, ...given });
		await scene.work();
		return await numberOf(given.messageId ?? name);
	}
	const stateOf = async () =>
		(await scene.query<{ status: string }>('select status from documents order by status')).map(({ status }) => status);

	it('count files by state, and name those that did not get there, but for personal chats', async () => {
		await share('plan.txt');
		const unread = await share('scan.pdf');
		const failed = await share('later.txt', { content: new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }) });
		await share('scan.pdf', { channelId: 'D1', kind: 'direct', messageId: 'own' });
		const { text } = await company.command('ingest status');
		expect(text).toContain(`${words.ingest.state.ready}: 1`);
		expect(text).toContain(`${words.ingest.state.unread}: 2`);
		expect(text).toContain(`#${failed} later.txt: ${words.ingest.reason.unavailable}`);
		expect(text).toContain(`#${unread} scan.pdf: ${words.ingest.reason['no-text']}`);
		expect(text).toContain(`${words.ingest.personal}: ${words.ingest.reason['no-text']}`);
		expect(await company.entries()).toEqual([]);
	});

	it('try again what failed, one file or all, and write that down', async () => {
		const number = await share('later.txt', { content: new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }) });
		scene.platform.fetchFile = async function* () {
			yield Buffer.from('Here it is.');
		};
		expect((await company.command(`ingest retry ${number}`)).text).toBe(words.ingest.retried(1));
		await scene.work();
		expect(await stateOf()).toEqual(['ready']);
		expect(await company.command('ingest retry all')).toEqual({ outcome: 'refused', text: words.refused.unknownFile });
		expect(await company.entries()).toMatchObject([
			{ action: 'ingest-retry', outcome: 'done', details: { file: `#${number}`, count: 1 } },
			{ action: 'ingest-retry', outcome: 'refused' },
		]);
	});

	it('let a file out of quarantine, or remove it', async () => {
		const released = await share('card.txt', { messageId: '1' });
		expect((await company.command('ingest quarantine')).text).toContain(`#${released} card.txt: ${words.ingest.reason.quarantine}`);
		expect((await company.command(`ingest release #${released}`)).text).toBe(words.ingest.released);
		await scene.work();
		expect(await stateOf()).toEqual(['ready']);
		const removed = await share('card.txt', { messageId: '2', content: 'Another card.' });
		expect((await company.command(`ingest delete ${released}`)).outcome).toBe('refused');
		expect((await company.command(`ingest delete ${removed}`)).text).toBe(words.ingest.deleted);
		await scene.work();
		expect(scene.files.kept.size).toBe(1);
		expect((await company.command('ingest quarantine')).text).toBe(words.ingest.noQuarantine);
	});

	async function numberOf(messageId: string): Promise<string> {
		const [placement] = await scene.query<{ id: string }>('select id from document_placements where message_id = $1', [messageId]);
		return `${documentNumber(placement?.id ?? '')}`;
	}

	it('are refused where no program runs that reads files', async () => {
		const alone = await openServerDatabase();
		const elsewhere = await foundCompany(alone.database);
		expect((await elsewhere.command('ingest', 'console')).text).toBe(words.ingest.inChatAlone);
		await alone.close();
	});
});
