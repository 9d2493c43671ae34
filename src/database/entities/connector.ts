/** What is decided about a connector, and what was asked of its database. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, time, timeOfInsert } from './columns.ts';
import { Identity } from './identity.ts';
import { Message } from './message.ts';
import { User } from './user.ts';

const somebody = (column: string) => () => p.manyToOne(User).fieldName(column).nullable().deleteRule('set null');

/** Of a file in the folder of connectors. A revision is the file's text as it was then. */
export const ConnectorDecision = defineEntity({
	name: 'ConnectorDecision',
	tableName: 'connectors',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'connectors_added_by_index', properties: ['addedBy'] },
		{ name: 'connectors_accepted_by_index', properties: ['acceptedBy'] },
		{ name: 'connectors_approved_by_index', properties: ['approvedBy'] },
		{ name: 'connectors_revoked_by_index', properties: ['revokedBy'] },
	],
	properties: {
		name: p.text().primary(),
		addedBy: somebody('added_by'),
		addedAt: timeOfInsert(),
		testedRevision: p.text().nullable(),
		testedAt: time().nullable(),
		/** What the test found, without a value of the database: `ConnectorFinding`. */
		findings: p.json<object[]>().defaultRaw("'[]'"),
		/** Who takes a login that could do more than read, and why. */
		acceptedBy: somebody('accepted_by'),
		acceptedReason: p.text().nullable(),
		approvedRevision: p.text().nullable(),
		approvedBy: somebody('approved_by'),
		approvedAt: time().nullable(),
		revokedBy: somebody('revoked_by'),
		revokedAt: time().nullable(),
		/** Views that are not as the approved file says. */
		switchedOff: p.array().columnType('text[]').defaultRaw("'{}'"),
		checkedAt: time().nullable(),
	},
});
export type ConnectorDecision = InferEntity<typeof ConnectorDecision>;

export const ConnectorQuery = defineEntity({
	name: 'ConnectorQuery',
	tableName: 'connector_queries',
	rowLevelSecurity: 'force',
	checks: [{ name: 'connector_queries_decision_check', expression: "decision in ('answered', 'clarified', 'refused', 'failed')" }],
	indexes: [
		{ name: 'connector_queries_asked_by_index', properties: ['askedBy', 'askedAt'] },
		{ name: 'connector_queries_asked_through_index', properties: ['askedThrough'] },
		{ name: 'connector_queries_question_id_index', properties: ['question'] },
	],
	properties: {
		id: id(),
		askedBy: () => p.manyToOne(User).fieldName('asked_by').updateRule('no action').deleteRule('cascade'),
		/** The account that they asked with. */
		askedThrough: () => p.manyToOne(Identity).fieldName('asked_through').nullable().deleteRule('set null'),
		askedAt: timeOfInsert(),
		/** Where its words stand; null for what was asked by a command. */
		question: () => p.manyToOne(Message).nullable().updateRule('no action').deleteRule('cascade'),
		/** `conversationKey`. */
		place: p.text(),
		connector: p.text(),
		/** Of its file. */
		revision: p.text(),
		/** As the file calls it. */
		role: p.text(),
		/** The named question; null where a model wrote the statement. */
		named: p.text().nullable(),
		model: p.text().nullable(),
		/** As it was printed; null where nothing was, and once the question was taken back. */
		sql: p.text().nullable(),
		decision: p.text().$type<'answered' | 'clarified' | 'refused' | 'failed'>(),
		reason: p.text().nullable(),
		cost: p.double().nullable(),
		/** Of the company's database. */
		login: p.text().nullable(),
		rowCount: p.integer().nullable(),
		byteCount: p.integer().nullable(),
		waitedMs: p.integer().nullable(),
		ranMs: p.integer().nullable(),
		resultHash: p.text().nullable(),
	},
});
export type ConnectorQuery = InferEntity<typeof ConnectorQuery>;
