/** The cases that administrators accepted. What was asked is read where it was said, in the name of whoever asked it, and kept nowhere else. */

import type { Database } from '../database/database.ts';
import { nobodyId } from '../database/transaction.ts';
import type { EvaluatedCase, ExpectedDocument } from './evaluated-case.ts';

interface CaseRow extends Pick<EvaluatedCase, 'mustHave' | 'mustNotHave' | 'findsNothing'> {
	number: number;
	answerId: string;
	askedBy: string;
	placementIds: string[];
}

const selectCases = `
select number, answer_id as "answerId", asked_by as "askedBy", must_have as "mustHave", must_not_have as "mustNotHave",
	finds_nothing as "findsNothing",
	array(select placement_id::text from feedback_case_documents as about where about.case_number = number) as "placementIds"
from feedback_cases where state = 'accepted' order by number`;

/** With what they had asked before, on which it may lean. */
const selectQuestion = `
select question.content as text, (
	select before.content from messages as before
	where before.conversation_id = question.conversation_id and before.role = 'user' and before.author_user_id = question.author_user_id
		and before.sequence < question.sequence and before.status <> 'deleted'
	order by before.sequence desc limit 1
) as before
from messages as answer join messages as question on question.id = answer.in_reply_to
where answer.id = $1 and question.status <> 'deleted'`;

/** Of the whole company: an evaluation reads no others. */
const selectDocuments = `
select distinct name, source_path as path from document_placements
where id = any ($1::uuid[]) and channel_id is null`;

/** @throws BotError as `Database.asUser`. */
export async function readStoredCases(database: Database): Promise<EvaluatedCase[]> {
	const console = { userId: nobodyId, role: 'ccb_admin' } as const;
	const cases: EvaluatedCase[] = [];
	for (const row of await database.queryAs<CaseRow>(console, selectCases)) {
		const asker = { userId: row.askedBy, role: 'ccb_employee' } as const;
		const [asked] = await database.queryAs<{ text: string; before: string | null }>(asker, selectQuestion, [row.answerId]);
		if (asked === undefined) continue;
		const documents = await database.queryAs<ExpectedDocument>(asker, selectDocuments, [row.placementIds]);
		const { mustHave, mustNotHave, findsNothing } = row;
		cases.push({
			id: `#${row.number}`,
			question: asked.text,
			history: asked.before === null ? [] : [{ role: 'user', text: asked.before }],
			expected: findsNothing ? [] : documents,
			...{ findsNothing, mustHave, mustNotHave },
		});
	}
	return cases;
}
