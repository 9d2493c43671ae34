/** Records as files: what stands in them, who gets them and where, and what is written down of it. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createRecordFiles, type RecordFiles } from '#src/administration/record-files.ts';
import { createConversationStore } from '#src/history/store.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { FileOffer, OutgoingFile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const { records: said } = words;
const formula = '=HYPERLINK("http://evil.example";"x")';

let opened: TestDatabase;
let company: Company;
let records: RecordFiles;
let nowMs = Date.UTC(2030, 0, 2, 23);
let brought: { file: OutgoingFile; comment: string; place: Place }[];
const platform = createFakePlatform();

beforeAll(async () => {
	opened = await openServerDatabase();
	Object.assign(platform, {
		name: 'slack',
		sendFile: async (place: Place, file: OutgoingFile, comment: string) => void brought.push({ file, comment, place }),
	});
	records = createRecordFiles({
		...{ database: opened.database, platforms: new Map([['slack', platform]]), pacers: unpaced },
		clock: { now: () => nowMs },
	});
	company = await foundCompany(opened.database, { ...noBooks, records: { bring: (...asked) => records.bring(...asked) } });
	await company.enter('slack:T1:UEVE', { name: formula });
	await company.command('grant slack:T1:UEVE employee');
});
afterAll(() => opened.close());
beforeEach(() => {
	brought = [];
});

const textOf = ({ file }: { file: OutgoingFile }) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
const meetAdmin = async (place: Place | null) =>
	void (await opened.database.queryAsRegistrar('update identities set last_place = $2 where user_id = $1', [
		company.admin.userId,
		place && JSON.stringify({ ...place, platform: 'slack' }),
	]));

it('who was met nowhere gets none, and nothing is read', async () => {
	await meetAdmin(null);
	expect(await company.command('audit export')).toEqual({ outcome: 'refused', text: said.unreached });
	expect((await company.entries()).map(({ action }) => action)).toEqual(['grant']);
	expect((await company.command('audit export', 'console')).text).toBe(said.inChatAlone);
});

it('the audit log comes into the personal chat, with the look itself in it, and no formula in it is one', async () => {
	await meetAdmin(newPlace());
	expect(await company.command('audit export complaint of 3 May')).toEqual({ outcome: 'done', text: said.brought });
	const [file] = brought;
	expect(file?.place.kind).toBe('direct');
	expect([file?.file.name, file?.comment]).toEqual(['openccb-audit-2030-01-02.csv', said.comment(said.name.audit, 1, false)]);
	const text = file === undefined ? '' : textOf(file);
	expect(text.split('\r\n')[0]).toBe(`\uFEFF${said.columns.audit.join(',')}`);
	expect(text).toContain(`,Berta,grant,done,"'=HYPERLINK(`);
	const looks = (await company.entries()).filter(({ action }) => action === 'audit-export');
	expect(looks.map(({ details }) => details)).toEqual([{ record: 'audit', rows: 1, reason: 'complaint of 3 May' }]);
	await company.command('audit export', undefined, spanish);
	expect(textOf(brought[1] ?? (brought[0] as never))).toContain('audit-export');
});

it('of feedback there are cases without a word, and what people show with theirs', async () => {
	await meetAdmin(newPlace());
	const ana = await newPerson(opened.database, { displayName: 'Ana' });
	const answer = await say(opened.database, ana, questionIn(newPlace(), '1', 'how many days?'), '26 days');
	const rated = [answer.id, ana.userId];
	await createConversationStore(opened.database).rate(ana, answer, { rating: -1, comment: '@SUM(1)' });
	await opened.database.queryAs(ana, 'update feedback set shows_exchange = true where message_id = $1 and user_id = $2', rated);
	await opened.database.queryAs(ana, `update messages set sources = '[{"x":1}]' where id = $1`, [answer.id]);
	await opened.database.queryAs(ana, 'insert into feedback_cases (answer_id, rated_by, asked_by) values ($1, $2, $2)', rated);
	await company.command('feedback export');
	await company.command('feedback export shown');
	const [cases, shown] = brought.map(textOf);
	expect(cases).toMatch(/1,20\d\d-.*,candidate,/);
	expect(cases).not.toContain('26 days');
	expect(shown).toContain(",-1,'@SUM(1),how many days?,26 days");
	expect((await company.command('feedback export all')).text).toBe(words.misread(words.usage['feedback-export']));
});

it('larger than a platform takes, it has the newest rows, and that is said', async () => {
	for (let count = 0; count < 12; count++) await company.command('revoke slack:T1:UEVE');
	const { file, comment } = await records.make(company.admin, { name: 'audit' }, words, 900);
	expect(file.bytes.byteLength).toBeLessThanOrEqual(900);
	expect(comment).toMatch(/There are older ones/);
	expect(textOf({ file }).split('\r\n')[1]).toContain('revoke');
});

it('where a platform asks first, only the same administrator’s answer means anything; and nobody else makes one', async () => {
	const offers: FileOffer[] = [];
	Object.assign(platform, {
		capabilities: { ...platform.capabilities, files: null },
		offerFile: async (_place: Place, offer: FileOffer) => void offers.push(offer),
	});
	expect(await company.command('audit export')).toEqual({ outcome: 'done', text: said.offered });
	const [{ replyId = '' } = {}] = offers;
	expect(records.offered(replyId, company.admin.userId)).toBe('audit');
	nowMs += 48 * 3_600_000;
	expect(records.offered(replyId, company.admin.userId)).toBeNull();
	const luis = await newPerson(opened.database);
	expect(records.offered(replyId, luis.userId)).toBeNull();
	await expect(records.make(luis, { name: 'audit' }, words)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
