/** Entries of the audit log by those who do not read it: in the program's own name, about what happened to a person, and in that of a person. */

import type { AuditEntry } from '../database/entities/audit-entry.ts';
import type { Principal, Transaction } from '../database/transaction.ts';

/** By hand: an entity would be read back (`returning`), and the registrar writes into the log without reading it. */
const insertEntry = `insert into audit_log (actor, action, outcome, subject_user_id, details) values ('program', $1, $2, $3, $4)`;

/** As the registrar, who acts for whom the entry is about, if it is about anybody, and may sign in nobody's name. @throws BotError as `Transaction.query`. */
export async function note(
	{ query }: Transaction,
	action: string,
	outcome: AuditEntry['outcome'],
	subjectUserId: string | null,
	details: object,
): Promise<void> {
	await query(insertEntry, [action, outcome, subjectUserId, details]);
}

const insertDeed = `insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details) values ('person', $1, $2, $3, $4, $5)`;

/** In the name of whoever did it, administrator or not. @param details no word of theirs. @throws BotError as `Transaction.query`. */
export async function noteDeed(
	{ query }: Pick<Transaction, 'query'>,
	{ userId }: Principal,
	{ action, outcome, subjectUserId, details }: Pick<AuditEntry, 'action' | 'outcome' | 'subjectUserId' | 'details'>,
): Promise<void> {
	await query(insertDeed, [userId, action, outcome, subjectUserId, details]);
}
