/** An answer that somebody rated badly, as a case to evaluate answers by: what is expected of it, and none of its words. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { sequenceNumber, time, timeOfInsert } from './columns.ts';
import { DocumentPlacement } from './document.ts';
import { Message } from './message.ts';
import { User } from './user.ts';

export const FeedbackCase = defineEntity({
	name: 'FeedbackCase',
	tableName: 'feedback_cases',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'feedback_cases_rating_unique', properties: ['answer', 'ratedBy'] }],
	indexes: [
		{ name: 'feedback_cases_rated_by_index', properties: ['ratedBy'] },
		{ name: 'feedback_cases_asked_by_index', properties: ['askedBy'] },
		{ name: 'feedback_cases_decided_by_index', properties: ['decidedBy'] },
	],
	checks: [{ name: 'feedback_cases_state_check', expression: "state in ('candidate', 'accepted', 'rejected')" }],
	properties: {
		/** What administrators call it by. */
		number: sequenceNumber().primary().generated('identity').autoincrement(),
		answer: () => p.manyToOne(Message).updateRule('no action').deleteRule('cascade'),
		ratedBy: () => p.manyToOne(User).fieldName('rated_by').updateRule('no action').deleteRule('cascade'),
		/** Whose question it was: whom an audit entry has to be about. */
		askedBy: () => p.manyToOne(User).fieldName('asked_by').updateRule('no action').deleteRule('cascade'),
		state: p.text().$type<'candidate' | 'accepted' | 'rejected'>().defaultRaw("'candidate'"),
		/** Whether they said why. */
		hasReason: p.boolean().defaultRaw('false'),
		/** Words of a right answer, and words that it must not have. */
		mustHave: p.json<string[]>().defaultRaw("'[]'"),
		mustNotHave: p.json<string[]>().defaultRaw("'[]'"),
		/** It is right to find nothing. */
		findsNothing: p.boolean().defaultRaw('false'),
		createdAt: timeOfInsert(),
		decidedBy: () => p.manyToOne(User).fieldName('decided_by').nullable().deleteRule('set null'),
		decidedAt: time().nullable(),
	},
});
export type FeedbackCase = InferEntity<typeof FeedbackCase>;

/** A candidate is about what its answer cites, an accepted case about what should be found. */
export const FeedbackCaseDocument = defineEntity({
	name: 'FeedbackCaseDocument',
	tableName: 'feedback_case_documents',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'feedback_case_documents_placement_id_index', properties: ['placement'] }],
	properties: {
		case: () => p.manyToOne(FeedbackCase).fieldName('case_number').primary().updateRule('no action').deleteRule('cascade'),
		placement: () => p.manyToOne(DocumentPlacement).primary().updateRule('no action').deleteRule('cascade'),
	},
});
export type FeedbackCaseDocument = InferEntity<typeof FeedbackCaseDocument>;
