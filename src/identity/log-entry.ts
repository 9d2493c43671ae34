/** Entries of the audit log in the program's own name, about what happened to a person. */

import type { AuditEntry } from '../database/entities/audit-entry.ts';
import type { Transaction } from '../database/transaction.ts';

/** By hand: an entity would be read back (`returning`), and the registrar writes into the log without reading it. */
const insertEntry = `insert into audit_log (actor, action, outcome, subject_user_id, details) values ('program', $1, $2, $3, $4)`;

/** As the registrar, who acts for whom the entry is about, and may sign in nobody's name. @throws BotError as `Transaction.query`. */
export async function note(
	{ query }: Transaction,
	action: string,
	outcome: AuditEntry['outcome'],
	subjectUserId: string,
	details: object,
): Promise<void> {
	await query(insertEntry, [action, outcome, subjectUserId, details]);
}
