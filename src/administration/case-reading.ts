/** Shows an administrator what a case is about, where it was said; first it is written down that they read it, as for an audit. */

import type { Database } from '../database/database.ts';
import { FeedbackCase } from '../database/entities/feedback-case.ts';
import { Feedback, Message } from '../database/entities/message.ts';
import { User } from '../database/entities/user.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import { type StoredSource, toSources } from '../history/stored.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { type AdministrationWords, CommandRefusal } from './admin-context.ts';
import { minuteOf, writeEntry } from './audit-log.ts';

export interface CaseReading {
	/**
	 * What was asked and answered, and why somebody called it wrong.
	 * @throws CommandRefusal where there is no such case, or reading is switched off; BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is
	 * no administrator.
	 */
	show(number: number, asker: Principal, words: AdministrationWords): Promise<CommandResult>;
}

export interface CaseReadingDependencies {
	database: Pick<Database, 'asUser'>;
	/** False where the configuration forbids reading what others said; the database then shows nothing either. */
	isOn: boolean;
}

type FoundCase = NonNullable<Awaited<ReturnType<typeof findCase>>>;

export function createCaseReading({ database, isOn }: CaseReadingDependencies): CaseReading {
	/** An entry opens what one person said, and nothing in its own transaction: the database wants it so. */
	async function readOnRecord<Result>(
		asker: Principal,
		{ userId, reason, count }: { userId: string; reason: string; count: number },
		read: (transaction: Transaction) => Promise<Result>,
	): Promise<Result> {
		const actor = { kind: 'person', asker } as const;
		const entry = { action: 'audit', outcome: 'done', subjectUserId: userId, details: { reason, count } } as const;
		const auditEntry = await database.asUser(asker, (transaction) => writeEntry(transaction, actor, entry));
		return await database.asUser(asker, read, { auditEntry });
	}

	return {
		async show(number, asker, words) {
			const { feedback } = words;
			if (!isOn) throw new CommandRefusal('off', words.audit.off);
			const found = await database.asUser(asker, (transaction) => findCase(transaction, number));
			if (found === null) throw new CommandRefusal('nothing-there', feedback.noCase(number));
			const { answerId, ratedBy, askedBy } = found;
			const reason = feedback.whyRead(number);
			const said = await readOnRecord(asker, { userId: askedBy, reason, count: 2 }, (transaction) => readTurn(transaction, answerId));
			if (said === null) throw new CommandRefusal('nothing-there', feedback.noCase(number));
			const why = found.hasReason
				? await readOnRecord(asker, { userId: ratedBy, reason, count: 1 }, ({ em }) =>
						em.findOne(Feedback, { message: answerId, user: ratedBy }, { fields: ['comment'] }),
					)
				: null;
			return shownCase(number, { ...found, ...said, comment: why?.comment ?? null }, words);
		},
	};
}

/** What a case tells of itself. */
async function findCase({ em }: Transaction, number: number) {
	const found = await em.findOne(FeedbackCase, number);
	if (found === null) return null;
	const asker = await em.findOne(User, found.askedBy.id, { fields: ['displayName'] });
	const { hasReason, mustHave, mustNotHave } = found;
	const people = { ratedBy: found.ratedBy.id, askedBy: found.askedBy.id, askerName: asker?.displayName ?? '' };
	return { answerId: found.answer.id, hasReason, mustHave, mustNotHave, ...people };
}

async function readTurn({ em }: Transaction, answerId: string) {
	const answer = await em.findOne(Message, answerId, { populate: ['inReplyTo'] });
	const question = answer?.inReplyTo;
	if (answer == null || question == null || answer.status === 'deleted') return null;
	const { content, sources, found, model, createdAt } = answer;
	const cited = toSources(sources as StoredSource[]);
	return { question: question.content, answer: content, cited, passages: found ?? [], model: model ?? '', createdAt };
}

type ShownCase = FoundCase & NonNullable<Awaited<ReturnType<typeof readTurn>>> & { comment: string | null };

function shownCase(number: number, shown: ShownCase, { feedback }: AdministrationWords): CommandResult {
	const { row, nothing } = feedback;
	const quoted = (texts: readonly string[]) => texts.map((text) => `“${text}”`).join(', ');
	const cited = shown.cited.map(({ title, chunkId }) => (chunkId === undefined ? title : `${title} (${chunkId})`)).join(', ');
	const rows: [string, string][] = [
		[row.question, shown.question],
		[row.answer, shown.answer],
		[row.reason, shown.comment ?? ''],
		[row.model, shown.model],
		[row.date, minuteOf(shown.createdAt)],
		[row.found, shown.passages.join(', ') || nothing],
		[row.cited, cited || nothing],
		[row.with, quoted(shown.mustHave)],
		[row.without, quoted(shown.mustNotHave)],
	];
	return [feedback.shown(number, shown.askerName), { rows: rows.filter(([, value]) => value !== '') }];
}
