/** One entry of the audit log. Entries are kept when the people they are about are gone, so they hold bare ids. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { sequenceNumber, timeOfInsert } from './columns.ts';

export const AuditEntry = defineEntity({
	name: 'AuditEntry',
	tableName: 'audit_log',
	rowLevelSecurity: 'force',
	checks: [
		{ name: 'audit_log_actor_check', expression: "actor in ('person', 'console', 'program')" },
		{ name: 'audit_log_outcome_check', expression: "outcome in ('done', 'refused')" },
		{ name: 'audit_log_person_check', expression: "(actor = 'person') = (actor_user_id is not null)" },
	],
	indexes: [{ name: 'audit_log_subject_user_id_index', properties: ['subjectUserId'] }],
	properties: {
		sequence: sequenceNumber().primary().generated('identity').autoincrement(),
		at: timeOfInsert(),
		actor: p.text().$type<'person' | 'console' | 'program'>(),
		/** `users.id` of a person, null for the others. */
		actorUserId: p.uuid().nullable(),
		action: p.text(),
		outcome: p.text().$type<'done' | 'refused'>(),
		/** `users.id` of whom it was done to. */
		subjectUserId: p.uuid().nullable(),
		/** Never what somebody said. */
		details: p.json<Record<string, unknown>>().defaultRaw("'{}'"),
		/** The transaction that wrote it: it cannot be used in the same one. */
		transactionId: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
	},
});
export type AuditEntry = InferEntity<typeof AuditEntry>;
