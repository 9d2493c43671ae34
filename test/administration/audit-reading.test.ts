import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditReading, createAuditReading } from '#src/administration/audit-reading.ts';
import { beginsAuditRequest } from '#src/administration/audit-request.ts';
import { fitting } from '#src/commands/presenter.ts';
import type { UserRole } from '#src/database/roles.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { stableId } from '#src/identity/stable-id.ts';
import { english } from '#src/locales/english.ts';
import { resultText } from '#src/platform/result-text.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type Company, foundCompany, idOf, words } from './company.ts';

const { audit } = words;
const reason = 'complaint of 3 May';

describe('reading for an audit', () => {
	let opened: TestDatabase;
	let company: Company;
	let reading: AuditReading;
	beforeEach(async () => {
		opened = await openServerDatabase();
		company = await foundCompany(opened.database);
		reading = createAuditReading({ database: opened.database, isOn: true });
	});
	afterEach(() => opened.close());

	async function read(person: string, count = 20, characters = 3_500): Promise<string> {
		const result = await reading.read({ person, count, reason }, { asker: company.admin, words: english });
		return resultText(fitting(result, { words: english, characters }));
	}

	const withoutTimes = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME').split('\n');

	async function newPerson(reference: string, displayName: string): Promise<Person> {
		await company.enter(reference, { name: displayName });
		return personOf(reference, displayName, 'ccb_employee');
	}

	it('shows what somebody and the bot said to each other, and nothing of others, once it is written down', async () => {
		const [ana, luis] = [await newPerson('slack:T1:UANA', 'Ana'), await newPerson('slack:T1:ULUIS', 'Luis')];
		const channel = newPlace();
		await say(opened.database, ana, questionIn(newPlace({ kind: 'direct' }), '1', 'A  secret\nquestion'), 'An answer.');
		await say(opened.database, ana, questionIn(channel, '2', 'Together?'), 'Yes.');
		await say(opened.database, luis, questionIn(channel, '3', 'Mine alone'), 'For Luis.');
		await createConversationStore(opened.database).eraseQuestion(ana, channel, '2');

		const lines = withoutTimes(await read('slack:T1:UANA'));

		expect(lines).toEqual([
			audit.heading('Ana (slack:T1:UANA)', 4),
			`• TIME, fake, ${audit.direct}, Ana: A secret question`,
			`• TIME, fake, ${audit.direct}, ${audit.bot}: An answer.`,
			`• TIME, fake, ${audit.channel}, Ana: ${audit.deleted}`,
			expect.stringContaining(`• TIME, fake, ${audit.channel}, ${audit.bot}: `),
		]);
		expect(await company.entries()).toEqual([
			{
				actor: 'person',
				actorUserId: company.admin.userId,
				action: 'audit',
				outcome: 'done',
				subjectUserId: ana.userId,
				details: { reason, count: 20 },
			},
		]);
		expect(await company.rows('select id from messages')).toEqual([]);
	});

	it('shows the newest, as many as were asked for, and the administrator themselves as well', async () => {
		const admin = personOf('slack:T1:UADMIN', 'Berta', 'ccb_admin');
		const place = newPlace({ kind: 'direct' });
		for (const id of ['1', '2', '3']) await say(opened.database, admin, questionIn(place, id, `question ${id}`), `answer ${id}`);
		const lines = withoutTimes(await read('slack:T1:UADMIN', 2));
		expect(lines.slice(1).map((line) => line.split(': ')[1])).toEqual(['question 3', 'answer 3']);
	});

	it('fits into one message, shortening long texts first and then leaving out the oldest', async () => {
		const ana = await newPerson('slack:T1:UANA', 'Ana');
		const place = newPlace({ kind: 'direct' });
		for (let id = 0; id < 6; id++) await say(opened.database, ana, questionIn(place, String(id), `short ${id}`), 'long '.repeat(300));

		const wide = await read('slack:T1:UANA', 20, 2_000);
		expect(wide.length).toBeLessThanOrEqual(2_000);
		expect(wide.length).toBeGreaterThan(1_900);
		for (let id = 0; id < 6; id++) expect(wide).toContain(`short ${id}`);

		const narrow = await read('slack:T1:UANA', 20, 600);
		expect(narrow.length).toBeLessThanOrEqual(600);
		expect(narrow).toContain('short 5');
		expect(narrow).not.toContain('short 0');
		expect(narrow).toContain(english.command.cut(narrow.split('\n').length - 2, 12));
	});

	it('is written down, and so is that nobody was found', async () => {
		await newPerson('slack:T1:UANA', 'Ana');
		expect(await read('Nobody', 5)).toBe(words.refused.unknownPerson('Nobody'));
		expect(await read('Ana', 5)).toBe(audit.nothing('Ana (slack:T1:UANA)'));
		expect((await company.entries()).map(({ outcome, details }) => [outcome, details['reason']])).toEqual([
			['refused', 'unknown-person'],
			['done', reason],
		]);
	});

	it('is refused where it is switched off, and who tried is written down', async () => {
		const ana = await newPerson('slack:T1:UANA', 'Ana');
		await say(opened.database, ana, questionIn(newPlace(), '1', 'A secret'), 'An answer.');
		reading = createAuditReading({ database: opened.database, isOn: false });
		expect(await read('Ana')).toBe(audit.off);
		expect(await company.entries()).toMatchObject([{ action: 'audit', outcome: 'refused', details: { person: 'Ana', reason: 'off' } }]);
	});

	it('is refused by the database for whoever is no administrator', async () => {
		const ana = await newPerson('slack:T1:UANA', 'Ana');
		const luis = await newPerson('slack:T1:ULUIS', 'Luis');
		await say(opened.database, ana, questionIn(newPlace(), '1', 'A secret'), 'An answer.');
		const forbidden = reading.read({ person: 'slack:T1:UANA', count: 5, reason }, { asker: luis, words: english });
		await expect(forbidden).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});
});

function personOf(reference: string, displayName: string, role: UserRole): Person {
	const ids = { userId: idOf(reference), identityId: stableId(`identity:${reference}`) };
	return { ...ids, role, displayName, locale: null, standing: 'member', limits: {} };
}

describe('a request for an audit', () => {
	it.each([
		['slack:T1:U1', true],
		['"Ana Pérez" 3 good reason', true],
		['our books, please', false],
		['', false],
	])('begins with %j: %s', (typed, begins) => expect(beginsAuditRequest(typed)).toBe(begins));
});
