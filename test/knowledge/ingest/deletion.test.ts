/** What is left of a document that is deleted, and of what was said of it, on both databases. */

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { BegunAnswer, Question } from '#src/history/stored.ts';
import type { Person } from '#src/identity/person.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import type { Source } from '#src/platform/source.ts';
import { newPerson, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { keptRowsWith } from '#test/fakes/everything-kept.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { type IngestScene, openIngestScene } from './ingest-scene.ts';

/** Stands nowhere else. */
const sentinel = 'Zyzzogeton';
const place: Place = { platform: 'fake', tenantId: 'T1', channelId: 'D1', threadId: '', kind: 'direct' };

describe.each(testDatabases())('a deleted document on $name', ({ open }) => {
	let opened: TestDatabase;
	let at: IngestScene;
	let person: Person;
	beforeEach(async () => {
		opened = await open();
		at = await openIngestScene(opened);
		person = await newPerson(opened.database);
	});
	const history = () => createConversationStore(opened.database);

	/** Shared and read; and a source of each of its passages, as answers cite them. */
	async function shareDocument(
		messageId: string,
		given: { name: string; content: string },
	): Promise<{ event: FileShared; source: Source }> {
		const event = await at.share({ messageId, ...given });
		await at.work();
		const [passage] = await at.query<Pick<Source, 'chunkId' | 'placementId'> & { excerpt: string }>(
			`select chunk.id as "chunkId", placement.id as "placementId", chunk.content as excerpt
				from document_placements as placement join chunks as chunk using (document_id) where placement.message_id = $1`,
			[messageId],
		);
		return { event, source: sourceOf({ title: given.name, canShow: true, ...passage }) };
	}

	async function answer(question: Question, content: string, sources: Source[] = []): Promise<BegunAnswer> {
		const begun = await say(opened.database, person, question);
		const drawnFrom = sources.flatMap(({ placementId }) => placementId ?? []);
		await history().update(person, begun.id, { status: 'answered', content, sources, drawnFrom });
		return begun;
	}

	async function kept({ id }: BegunAnswer) {
		const select = 'select content, sources, is_forgotten as "isForgotten" from messages where id = $1';
		return (await opened.database.queryAs<{ content: string; sources: unknown; isForgotten: boolean }>(person, select, [id]))[0];
	}
	const remembered = async ({ conversationId }: BegunAnswer) => await history().readMemory(person, conversationId, 1e9, 60);
	const deleted = (event: FileShared) => at.happen({ ...event, type: 'message-files-left', fileIds: [] });

	test('leaves its words in no table, with all that quotes it', async () => {
		onTestFinished(() => opened.remove());
		const { event, source } = await shareDocument('100', {
			name: `${sentinel} prices.xlsx`,
			content: `sheet ${sentinel}: the ${sentinel} costs nine`,
		});
		const asked = { ...questionIn(place, '100', 'Sum this up.'), attachments: [{ ...event.file, source: null }] };
		const { title, excerpt } = source;
		await answer(asked, `All of ${sentinel}.`, [sourceOf({ title, excerpt, fileId: event.file.id })]);
		const other = sourceOf({ position: 2, title: 'Other plan', url: 'https://chat.example/other' });
		const cited = await answer(questionIn(place, '200'), `${sentinel} costs nine [1], see [2].`, [source, other]);
		await answer(questionIn(place, '300', 'Shorter?'), `${sentinel}: nine.`);
		const quoting = { kind: 'quoted', author: 'the bot', writtenAt: null, text: `${sentinel}: nine.` } as const;
		await answer({ ...questionIn(place, '400', 'Sure?'), cited: [quoting] }, 'Yes.');
		const { version } = await remembered(cited);
		await history().saveSummary(person, cited.conversationId, `They asked about ${sentinel}.`, { through: cited.sequence, version });
		const late = await say(opened.database, person, questionIn(place, '500', 'And now?'));
		await deleted(event);
		await at.work();
		await history().update(person, late.id, { status: 'answered', content: `Still ${sentinel}.`, sources: [source] });

		expect((await kept(cited))?.sources).toEqual([{ position: 1, isGone: true }, other]);
		const { summary, messages } = await remembered(cited);
		expect(summary).toBeNull();
		expect(messages.map(({ role, content, isForgotten }) => (role === 'user' ? content : isForgotten))).toEqual([
			...['Sum this up.', true, 'question 200', true, 'Shorter?', true, 'Sure?', true, 'And now?', true],
		]);
		expect(at.files.kept.size).toBe(0);
		await opened.database.close();
		expect(await keptRowsWith(sentinel, opened.settings)).toEqual([]);
		expect(await keptRowsWith('Other plan', opened.settings)).not.toEqual([]);
	});

	test('takes along neither what was said before it nor what was said once memory had begun afresh', async () => {
		onTestFinished(() => opened.close());
		const { event, source } = await shareDocument('100', { name: 'plan.txt', content: 'The office opens at nine.' });
		const before = await answer(questionIn(place, '200'), 'Hello.');
		await answer(questionIn(place, '300'), 'At nine.', [source]);
		await history().forgetChannel(person, place);
		await answer(questionIn(place, '400'), 'Good morning.');
		const other = await answer(questionIn({ ...place, channelId: 'D2' }, '500'), 'Elsewhere.');
		await deleted(event);
		const contents = await opened.database.queryAs<{ content: string }>(
			person,
			`select content from messages where role = 'assistant' and conversation_id = any($1) order by sequence`,
			[[before.conversationId, other.conversationId]],
		);
		expect(contents.map(({ content }) => content)).toEqual(['Hello.', '', 'Good morning.', 'Elsewhere.']);
	});

	test('is kept by no answer that was written while it was deleted', async () => {
		onTestFinished(() => opened.close());
		const { event, source } = await shareDocument('100', { name: 'plan.txt', content: 'The office opens at nine.' });
		await deleted(event);
		const late = await answer(questionIn(place, '200'), 'At nine.', [source]);
		expect(await kept(late)).toEqual({ content: '', sources: [{ position: 1, isGone: true }], isForgotten: true });
	});

	test('that came with a question goes with its file, also where no documents are taken in', async () => {
		onTestFinished(() => opened.close());
		const file = { id: 'F1', name: 'plan.txt', mediaType: 'text/plain', sizeBytes: 1, source: null };
		const asked = { ...questionIn(place, '200'), attachments: [file, { ...file, id: 'F2', name: 'other.txt' }] };
		const cited = ['F1', 'F2'].map((fileId, at) => sourceOf({ position: at + 1, title: fileId, excerpt: 'The office opens.', fileId }));
		const told = await answer(asked, 'It opens.', cited);
		const event = { key: 'k', platform: 'fake', tenantId: 'T1', occurredAt: '2026-11-30T09:00:00Z' };
		await at.happen({ ...event, type: 'file-removed', place: null, fileId: 'F1' });
		expect(await kept(told)).toEqual({ content: '', sources: [{ position: 1, isGone: true }, cited[1]], isForgotten: true });
		expect((await history().findQuestion(person, told.questionId))?.attachments.map((one) => one.id)).toEqual(['F2']);
	});
});

describe('by night a file of which nobody told', () => {
	let opened: TestDatabase;
	let at: IngestScene;
	beforeEach(async () => {
		opened = (await testDatabases()[1]?.open()) as TestDatabase;
		onTestFinished(() => opened.close());
		at = await openIngestScene(opened);
	});
	const namesLeft = async () =>
		(await at.query<{ name: string }>('select name from document_placements order by name')).map(({ name }) => name);

	test('goes when the platform surely has it no more, and stays when it is there or nobody can say', async () => {
		for (const name of ['gone', 'hidden', 'refused', 'there']) await at.share({ name, messageId: name, content: name });
		await at.work();
		at.platform.isShared = async ({ messageId }) => {
			if (messageId === 'refused') throw new BotError('PLATFORM_REJECTED', 'not for you');
			return messageId === 'hidden' ? null : messageId === 'there';
		};
		await at.runNow('reconcile-files');
		await at.work();
		expect([await namesLeft(), at.files.kept.size]).toEqual([['hidden', 'refused', 'there'], 3]);
		expect(at.reconciled.sort()).toEqual(['gone', 'there', 'unknown', 'unknown']);
		expect(await at.operations.checks()).toEqual({ found: 1, unknown: 2, unasked: 0 });
	});

	test('is asked for another night when the platform is away, those first that waited longest', async () => {
		for (const name of ['one', 'two']) await at.share({ name, messageId: name, content: name });
		await at.work();
		const asked: string[] = [];
		at.platform.isShared = async ({ messageId }) => {
			asked.push(messageId);
			if (asked.length === 2) throw new BotError('PLATFORM_RATE_LIMITED', 'later', { retryable: true });
			return true;
		};
		await at.runNow('reconcile-files');
		await at.runNow('reconcile-files');
		expect([asked[2], asked[3]]).toEqual([asked[1], asked[0]]);
		expect(await at.operations.checks()).toEqual({ found: 2, unknown: 0, unasked: 0 });
	});
});
