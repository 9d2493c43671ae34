/** Bad ratings as candidates for cases that answers are evaluated by: left with the rating, and taken back with it or with the question. */

import type { Database } from '../database/database.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import type { Source } from '../platform/source.ts';

export interface GivenRating {
	rating: 1 | -1;
	/** Why, in the person's own words; null where they did not say. */
	comment: string | null;
	/** Whether administrators are shown what was asked and answered. */
	showsExchange?: boolean;
}

/** Those that lie there now: any of them keeps the case. */
const findPlacements = `
select placement.id from chunks as chunk join document_placements as placement on placement.document_id = chunk.document_id
where chunk.id = any($1) and placement.superseded_at is null`;

/** What is decided stays. */
const dropCandidate = `delete from feedback_cases where answer_id = $1 and rated_by = $2 and state = 'candidate'`;

/** Nothing for an answer that draws on nothing, or whose question nobody owns any more. */
const propose = `
insert into feedback_cases (answer_id, rated_by, asked_by, has_reason)
select answer.id, $2, question.author_user_id, $3
from messages as answer join messages as question on question.id = answer.in_reply_to
where answer.id = $1 and answer.status <> 'deleted' and answer.sources <> '[]' and question.author_user_id is not null
on conflict (answer_id, rated_by) do nothing returning number`;

const nameDocuments = `insert into feedback_case_documents (case_number, placement_id) select $1, unnest($2::uuid[]) on conflict do nothing`;

/** Where the documents lie that these sources are passages of. @throws BotError as `Database.queryAsLibrarian`. */
export async function placementsOf(database: Pick<Database, 'queryAsLibrarian'>, sources: readonly Source[]): Promise<string[]> {
	const chunkIds = sources.flatMap(({ chunkId }) => (chunkId === undefined ? [] : [chunkId]));
	if (chunkIds.length === 0) return [];
	return (await database.queryAsLibrarian<{ id: string }>(findPlacements, [chunkIds])).map(({ id }) => id);
}

/**
 * In the transaction that keeps the rating, in the rater's name. `placementIds` are of `placementsOf` the answer's sources.
 * @throws BotError as `Transaction.query`; `CONFLICT` when a document has gone in this moment.
 */
export async function followRating(
	{ query }: Transaction,
	rater: Principal,
	answerId: string,
	{ rating, comment, placementIds }: Pick<GivenRating, 'rating' | 'comment'> & { placementIds: readonly string[] },
): Promise<void> {
	await query(dropCandidate, [answerId, rater.userId]);
	if (rating === 1) return;
	const [made] = await query<{ number: number }>(propose, [answerId, rater.userId, comment !== null]);
	if (made !== undefined) await query(nameDocuments, [made.number, placementIds]);
}

/** With the words of a question go the cases of its answers. In its asker's name. @throws BotError as `Transaction.query`. */
export async function dropCasesOf({ query }: Transaction, questionId: string): Promise<void> {
	await query('delete from feedback_cases where answer_id in (select id from messages where in_reply_to = $1)', [questionId]);
}
