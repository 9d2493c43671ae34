/** What becomes of an answer that somebody called wrong: a case that says nothing by itself, and goes with what it is about. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdministration } from '#src/administration/administration.ts';
import { createCaseReading } from '#src/administration/case-reading.ts';
import type { Principal } from '#src/database/transaction.ts';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import { english } from '#src/locales/english.ts';
import type { Place } from '#src/platform/place.ts';
import { resultText } from '#src/platform/result-text.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { asSuperuser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { enterDocument } from '#test/fakes/documents.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const { feedback } = words;

describe('answers that people call wrong', () => {
	let opened: TestDatabase;
	let company: Company;
	let store: ConversationStore;
	let ana: Principal & Awaited<ReturnType<typeof newPerson>>;
	let luis: typeof ana;
	beforeAll(async () => {
		opened = await openServerDatabase();
		const { database } = opened;
		company = await foundCompany(database, { ...noBooks, cases: createCaseReading({ database, isOn: true }) });
		store = createConversationStore(database);
		ana = await newPerson(database);
		luis = await newPerson(database, { displayName: 'Luis' });
	});
	afterAll(() => opened.close());

	/** Ana asks, the answer cites a document of its own, and Luis reads along. */
	async function answered({ question = 'How many days?', place = newPlace(), isCited = true } = {}) {
		const { database } = opened;
		const documentId = await enterDocument(database, { name: 'leave.pdf', texts: ['Everybody has 24 days.'], channelId: null });
		const [chunk] = await database.queryAsLibrarian<{ id: number }>('select id from chunks where document_id = $1', [documentId]);
		const [placed] = await database.queryAsLibrarian<{ id: string }>('select id from document_placements where document_id = $1', [
			documentId,
		]);
		const chunkId = chunk?.id ?? 0;
		const { id } = await say(database, ana, questionIn(place, '1', question), 'You have 26 days [1].');
		const sources = isCited ? [sourceOf({ title: 'leave.pdf', chunkId })] : [];
		await store.update(ana, id, { status: 'answered', sources, found: [chunkId], model: 'gemma4:e4b' });
		await store.join(luis, place);
		return { id, sources, place, documentId, chunkId, number: documentNumber(placed?.id ?? '') };
	}
	const callWrong = (answer: Awaited<ReturnType<typeof answered>>, who = ana, comment: string | null = null) =>
		store.rate(who, answer, { rating: -1, comment });

	/** The newest case. */
	async function newest() {
		const rows = await company.rows<{ number: number; state: string; mustHave: string[]; documents: number }>(
			`select number, state, must_have as "mustHave",
				(select count(*)::int from feedback_case_documents where case_number = number) as documents from feedback_cases order by number desc`,
		);
		return rows[0];
	}

	it('are listed for administrators by number and date, and nothing of what was said', async () => {
		await callWrong(await answered({ question: 'a secret question' }), luis, 'a secret reason');
		const { text } = await company.command('feedback list');
		expect(text).toContain(feedback.candidates);
		expect(text).toMatch(/#\d+: \d{4}-\d\d-\d\d \d\d:\d\d UTC, 1 document, with a reason/);
		expect(text).not.toContain('secret');
		expect(await company.rows('select content from messages')).toEqual([]);
		expect(await company.rows('select comment from feedback')).toEqual([]);
	});

	it('are shown once it is written down: what was asked, answered, found and cited, and why it is wrong', async () => {
		const answer = await answered({ question: 'Cuántos días?' });
		await callWrong(answer, luis, 'It is 24');
		const number = (await newest())?.number ?? 0;
		const { text } = await company.command(`feedback show ${number}`);
		for (const told of ['Cuántos días?', 'You have 26 days', 'It is 24', 'gemma4:e4b', `leave.pdf (${answer.chunkId})`])
			expect(text).toContain(told);
		const read = (await company.entries()).filter(({ action }) => action === 'audit').slice(-2);
		expect(read.map(({ subjectUserId, details }) => [subjectUserId, details['reason']])).toEqual([
			[ana.userId, feedback.whyRead(number)],
			[luis.userId, feedback.whyRead(number)],
		]);
	});

	it('are shown to nobody at the machine, nowhere but in a personal chat, and not where reading is switched off', async () => {
		await callWrong(await answered());
		const typed = `feedback show ${(await newest())?.number}`;
		expect(await company.command(typed, 'console')).toEqual({ outcome: 'refused', text: feedback.inChatAlone });
		const off = whereReadingIsOff();
		expect(await off(typed)).toBe(words.audit.off);
		expect(await off(typed, true)).not.toBe(words.audit.off);
	});

	/** The same database with reading switched off. */
	function whereReadingIsOff() {
		const { database } = opened;
		const administration = createAdministration({
			...{ database, ...noBooks, cases: createCaseReading({ database, isOn: false }) },
			platforms: [],
			isListed: () => false,
			onLostAccess: async () => {},
		});
		return async (typed: string, isOpen = false) => {
			const given = { actor: { kind: 'person', asker: company.admin }, words: english, isOpen } as const;
			return resultText((await administration.run(typed, given)).result);
		};
	}

	it('are accepted with what is expected, of documents of the whole company alone, and no words stand in the log', async () => {
		const answer = await answered();
		await callWrong(answer);
		const { number } = (await newest()) ?? {};
		expect(await company.command(`feedback accept ${number} 1`)).toEqual({ outcome: 'refused', text: feedback.noDocument(1) });
		expect((await company.command(`feedback accept ${number}`)).text).toBe(feedback.expect);
		const done = await company.command(`feedback accept ${number} #${answer.number} with "24 days" without "26 days"`);
		expect(done).toEqual({ outcome: 'done', text: feedback.acceptedNow(number ?? 0) });
		expect(await newest()).toMatchObject({ state: 'accepted', mustHave: ['24 days'], documents: 1 });
		const entry = (await company.entries()).at(-1);
		expect(entry).toMatchObject({ action: 'feedback-accept', subjectUserId: ana.userId });
		expect(JSON.stringify(await company.entries())).not.toContain('24 days');
		expect((await company.command('feedback')).text).toContain(feedback.accepted);
	});

	it('are rejected, and then nobody proposes the same again', async () => {
		const answer = await answered();
		await callWrong(answer);
		const { number } = (await newest()) ?? {};
		expect((await company.command(`feedback reject ${number}`)).text).toBe(feedback.rejectedNow(number ?? 0));
		await callWrong(answer);
		expect(await newest()).toMatchObject({ number, state: 'rejected' });
		expect((await company.command('feedback reject 99999')).text).toBe(feedback.noCase(99_999));
	});

	it('become no case without sources, and none any more when their rater thinks again', async () => {
		const before = await newest();
		await callWrong(await answered({ isCited: false }));
		expect(await newest()).toEqual(before);
		const answer = await answered();
		await callWrong(answer);
		expect(await newest()).not.toEqual(before);
		await store.rate(ana, answer, { rating: 1, comment: null });
		expect(await newest()).toEqual(before);
	});

	it.each([
		['the question', async ({ place }: { place: Place }) => void (await store.eraseQuestion(ana, place, '1'))],
		[
			'the document',
			async ({ documentId }: { documentId: string }) =>
				void (await opened.database.queryAsLibrarian('delete from document_placements where document_id = $1', [documentId])),
		],
	])('go with %s, accepted or not', async (_what, remove) => {
		const before = await newest();
		const answer = await answered();
		await callWrong(answer, luis);
		const { number } = (await newest()) ?? {};
		await company.command(`feedback accept ${number} ${answer.number}`);
		expect(await newest()).toMatchObject({ number, state: 'accepted' });
		await remove(answer);
		expect(await newest()).toEqual(before);
	});

	it('go with whoever asked, or rated them', async () => {
		const before = await newest();
		const gone = await newPerson(opened.database);
		const answer = await answered();
		await store.join(gone, answer.place);
		await callWrong(answer, gone);
		expect(await newest()).not.toEqual(before);
		await asSuperuser(`delete from users where id = '${gone.userId}'`, opened.settings.url ?? '');
		expect(await newest()).toEqual(before);
	});

	it('are nobody’s to make but whoever rated the answer that they can see', async () => {
		const answer = await answered({ place: newPlace({ kind: 'direct' }) });
		const stranger = await newPerson(opened.database);
		const propose = (rater: string, asker: string) =>
			opened.database.queryAs(stranger, 'insert into feedback_cases (answer_id, rated_by, asked_by) values ($1, $2, $3)', [
				answer.id,
				rater,
				asker,
			]);
		await expect(propose(stranger.userId, ana.userId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await expect(propose(ana.userId, ana.userId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(await opened.database.queryAs(stranger, 'select number from feedback_cases')).toEqual([]);
		await expect(opened.database.queryAs(stranger, 'select must_have from feedback_cases')).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});
});
