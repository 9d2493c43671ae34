/** `feedback`, `feedback show`, `feedback shown`, `feedback accept` and `feedback reject`: answers that people called wrong, and what answers are evaluated by. */

import { z } from 'zod';
import { now } from '../../database/entities/columns.ts';
import { FeedbackCase } from '../../database/entities/feedback-case.ts';
import { nobodyId } from '../../database/transaction.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { shortened } from '../../text.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { type AdminContext, type AdministrationWords, CommandRefusal } from '../admin-context.ts';
import { minuteOf } from '../audit-log.ts';
import type { TypedWord } from '../typed-words.ts';

const number = z
	.string()
	.regex(/^#?\d{1,8}$/)
	.transform((typed) => Number(typed.replace('#', '')));

/** Whoever reads a list in a chat reads no more. */
const mostShown = 50;
/** Words that an answer is looked through for. */
const words = z.array(z.string().min(1).max(200)).max(10).default([]);

export const feedbackCommand = defineAdminCommand({
	name: 'feedback',
	split: ([first, ...rest]) => (first === undefined || (first.text.toLowerCase() === 'list' && rest.length === 0) ? {} : null),
	arguments: z.object({}),
	ownWords: ['list'],
	examples: ['feedback', 'feedback list'],
	onlyLooks: true,
	takesNoText: true,
	async run({ transaction, words: { feedback } }) {
		const listed = async (state: 'candidate' | 'accepted', heading: string) =>
			shownList(heading, await readCases(transaction, state), feedback);
		const result = [...(await listed('candidate', feedback.candidates)), ...(await listed('accepted', feedback.accepted))];
		return { result: result.length === 0 ? [feedback.none] : result };
	},
});

export const feedbackShowCommand = defineAdminCommand({
	name: 'feedback-show',
	split: ([first, ...rest]) => (first === undefined || rest.length > 0 ? null : { case: first.text }),
	arguments: z.object({ case: number }),
	examples: ['feedback show 12'],
	// What it does is written down before it is done.
	onlyLooks: true,
	showsWords: true,
	takesNoText: true,
	async runAsProgram({ cases, actor, words }, { case: wanted }) {
		if (cases === null || actor.kind === 'console') throw new CommandRefusal('not-here', words.feedback.inChatAlone);
		return { result: await cases.show(wanted, actor.asker, words) };
	},
});

/** Of those who ticked it: the database shows no other. */
export const feedbackShownCommand = defineAdminCommand({
	name: 'feedback-shown',
	split: (given) => (given.length === 0 ? {} : null),
	arguments: z.object({}),
	examples: ['feedback shown'],
	onlyLooks: true,
	showsWords: true,
	takesNoText: true,
	async run({ transaction: { query }, words: { feedback } }) {
		const [asking] = await query<{ userId: string }>('select ccb_user_id() as "userId"');
		if (asking?.userId === nobodyId) throw new CommandRefusal('not-here', feedback.inChatAlone);
		const rows = await query<ShownExchange>('select * from ccb_private.shown_exchanges($1)', [mostExchanges]);
		if (rows.length === 0) return { result: [feedback.noneShown] };
		return { result: [feedback.shownToYou, ...rows.flatMap((row) => ['', { rows: shownExchange(row, feedback) }])] };
	},
});

export const feedbackAcceptCommand = defineAdminCommand({
	name: 'feedback-accept',
	split: splitExpected,
	arguments: z
		.object({
			case: number,
			documents: z.array(number).max(10).default([]),
			with: words,
			without: words,
			nothing: z.boolean().default(false),
		})
		.refine((given) => given.nothing !== given.documents.length + given.with.length + given.without.length > 0, { path: ['documents'] }),
	fields: ['case', 'documents', 'with', 'without'],
	write: (given) =>
		[given['case'], given['documents'], ...['with', 'without'].flatMap((name) => (given[name] ? [`${name} "${given[name]}"`] : []))]
			.filter(Boolean)
			.join(' '),
	// Words may be those of the answer.
	noted: ({ case: wanted, documents }) => ({ case: wanted, documents }),
	explain: (_argument, { feedback }) => feedback.expect,
	ownWords: ['with', 'without', 'nothing'],
	examples: ['feedback accept 12 4821903', 'feedback accept 12 4821903 with "24 days" without "26 days"', 'feedback accept 12 nothing'],
	async run({ transaction, words: { feedback } }, given) {
		const placementIds: string[] = [];
		for (const named of given.documents) placementIds.push(...(await findCompanyDocument(transaction, named, feedback)));
		const expected = { mustHave: given.with, mustNotHave: given.without, findsNothing: given.nothing };
		const subjectUserId = await decide(transaction, given.case, { state: 'accepted', ...expected }, feedback);
		if (placementIds.length > 0) await nameExpected(transaction, given.case, placementIds);
		const documents = given.documents.map((named) => `#${named}`);
		return {
			result: [feedback.acceptedNow(given.case)],
			change: { subjectUserId, details: { case: `#${given.case}`, documents } },
		};
	},
});

export const feedbackRejectCommand = defineAdminCommand({
	name: 'feedback-reject',
	split: ([first, ...rest]) => (first === undefined || rest.length > 0 ? null : { case: first.text }),
	arguments: z.object({ case: number }),
	examples: ['feedback reject 12'],
	takesNoText: true,
	async run({ transaction, words: { feedback } }, { case: wanted }) {
		const subjectUserId = await decide(transaction, wanted, { state: 'rejected' }, feedback);
		return { result: [feedback.rejectedNow(wanted)], change: { subjectUserId, details: { case: `#${wanted}` } } };
	},
});

interface ShownExchange {
	at: Date;
	person: string;
	rating: 1 | -1;
	comment: string | null;
	question: string;
	answer: string;
}

/** With their words they fill a message. */
const mostExchanges = 10;
const mostWords = 600;

function shownExchange({ at, person, rating, comment, question, answer }: ShownExchange, { row, by }: FeedbackWords): [string, string][] {
	const rows: [string, string][] = [
		[row.date, `${minuteOf(new Date(at))} ${rating === 1 ? '👍' : '👎'} ${by(person)}`],
		[row.question, shortened(question, mostWords)],
		[row.answer, shortened(answer, mostWords)],
		[row.why, comment ?? ''],
	];
	return rows.filter(([, value]) => value !== '');
}

type FeedbackWords = AdministrationWords['feedback'];
type Working = AdminContext['transaction'];

interface ListedCase {
	number: number;
	at: Date;
	hasReason: boolean;
	documents: number;
}

async function readCases({ query }: Working, state: 'candidate' | 'accepted'): Promise<ListedCase[]> {
	return await query<ListedCase>(
		`select number, created_at as at, has_reason as "hasReason",
			(select count(*)::int from feedback_case_documents as about where about.case_number = number) as documents
			from feedback_cases where state = $1 order by number desc limit $2`,
		[state, mostShown],
	);
}

function shownList(heading: string, cases: readonly ListedCase[], { line }: FeedbackWords): ResultPart[] {
	const list = cases.map(({ number: called, at, hasReason, documents }) => line(called, minuteOf(at), documents, hasReason));
	return list.length === 0 ? [] : [heading, { list }];
}

type Decision = Partial<Pick<FeedbackCase, 'state' | 'mustHave' | 'mustNotHave' | 'findsNothing'>>;

/** @returns whose question it is. */
async function decide({ em, query }: Working, wanted: number, decision: Decision, feedback: FeedbackWords): Promise<string> {
	const [found] = await query<{ askedBy: string; decidedBy: string }>(
		'select asked_by as "askedBy", ccb_user_id() as "decidedBy" from feedback_cases where number = $1',
		[wanted],
	);
	if (found === undefined) throw new CommandRefusal('nothing-there', feedback.noCase(wanted));
	const decidedBy = found.decidedBy === nobodyId ? null : found.decidedBy;
	await em.nativeUpdate(FeedbackCase, wanted, { ...decision, decidedBy, decidedAt: now() });
	return found.askedBy;
}

/** The new ones first: a case goes with the last document that it is about. */
async function nameExpected({ query }: Working, wanted: number, placementIds: readonly string[]): Promise<void> {
	await query('insert into feedback_case_documents (case_number, placement_id) select $1, unnest($2::uuid[]) on conflict do nothing', [
		wanted,
		placementIds,
	]);
	await query('delete from feedback_case_documents where case_number = $1 and placement_id <> all ($2::uuid[])', [wanted, placementIds]);
}

/** As `documentNumber` has it. Of what lies in a channel nothing is said, not even that it is there. */
async function findCompanyDocument({ query }: Working, named: number, feedback: FeedbackWords): Promise<string[]> {
	const found = await query<{ id: string }>(
		`select id from document_placements
			where channel_id is null and superseded_at is null and status = 'placed' and ('x' || substr(id::text, 1, 6))::bit(24)::int = $1`,
		[named],
	);
	if (found.length === 0) throw new CommandRefusal('unknown-document', feedback.noDocument(named));
	return found.map(({ id }) => id);
}

/** `12 4821903 with "24 days" without "26 days"`. Null where a word is none of these. */
function splitExpected([first, ...rest]: readonly TypedWord[]): object | null {
	if (first === undefined) return null;
	const given = { case: first.text, documents: [] as string[], with: [] as string[], without: [] as string[], nothing: false };
	let to: 'documents' | 'with' | 'without' = 'documents';
	for (const { text, isQuoted } of rest) {
		const word = isQuoted ? '' : text.toLowerCase();
		if (word === 'with' || word === 'without') to = word;
		else if (word === 'nothing') given.nothing = true;
		else if (to === 'documents') given.documents.push(...text.split(',').filter((part) => part !== ''));
		else given[to].push(text);
	}
	return given;
}
