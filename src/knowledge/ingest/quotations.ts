/** What becomes of answers when shares of documents go that they drew on: what they say goes too, and so does what was made of it. */

import type { Transaction } from '../../database/transaction.ts';
import { questionIdOf } from '../../identity/place-id.ts';
import type { Place } from '../../platform/place.ts';
import type { PlaceEvent } from '../../platform/place-event.ts';

type Asking = Pick<Transaction, 'query'>;

/** What was said of documents, and is not kept any more. */
export interface Forgotten {
	/** Answers that drew on them. */
	answers: number;
	/** Summaries of conversations in which there were such answers; they are made anew of what is left. */
	summaries: number;
}

/** A share that is gone; all null but the id where it was shared in no message. */
export interface GoneShare {
	placementId: string;
	place: Place | null;
	messageId: string | null;
	fileId: string | null;
}

/** Which files that came with questions are gone: conditions on `question` and on the id of its `file`. */
export interface GoneFiles {
	ofQuestion: string;
	lost: string;
	parameters: readonly unknown[];
}

/** Of a message, all files but these. */
export function filesOfQuestion(place: Place, messageId: string, keptFileIds: readonly string[]): GoneFiles {
	return { ofQuestion: 'question.id = $1', lost: 'file.id <> all($2)', parameters: [questionIdOf(place, messageId), keptFileIds] };
}

/** Wherever the platform has the file. */
export function filesAsked({ platform, tenantId }: Pick<PlaceEvent, 'platform' | 'tenantId'>, fileId: string): GoneFiles {
	return {
		ofQuestion: `question.attachments <> '[]' and question.attachments @> jsonb_build_array(jsonb_build_object('id', $3::text))
			and question.conversation_id in (select id from conversations where platform = $1 and tenant_id = $2)`,
		lost: 'file.id = $3',
		parameters: [platform, tenantId, fileId],
	};
}

/** @param channelId `channels.id`. */
export function filesAskedIn(channelId: string): GoneFiles {
	return {
		ofQuestion: `question.attachments <> '[]' and question.conversation_id in (
			select conversation.id from conversations as conversation join channels as channel using (platform, tenant_id, channel_id) where channel.id = $1
		)`,
		lost: 'true',
		parameters: [channelId],
	};
}

/**
 * An answer may repeat what one before it said, and a question may quote it. So from the first one on that was shown a document that is gone, no answer
 * of the conversation is kept, unless memory was begun afresh in between. The database erases what is said there (`migrations/0027-quoted-documents.ts`).
 */
const forget = (quotes: string) => `
with first as (
	select message.conversation_id as id, min(message.sequence) as sequence from messages as message
	where message.role = 'assistant' and ${quotes} group by message.conversation_id
), reach as (
	select conversation.id, first.sequence as since, case when conversation.memory_from >= first.sequence then conversation.memory_from end as until,
		conversation.summary_through >= first.sequence as "isSummedUp"
	from first join conversations as conversation on conversation.id = first.id
), unsummed as (
	update conversations set summary = null, summary_through = null, updated_at = now() from reach
	where conversations.id = reach.id and reach.until is null
), forgotten as (
	update messages as message set is_forgotten = true from reach
	where message.conversation_id = reach.id and message.sequence >= reach.since and message.sequence <= coalesce(reach.until, message.sequence)
		and (not message.is_forgotten or ${quotes})
	returning message.role = 'assistant' and ${quotes} as "isQuoting"
)
select (select count(*) filter (where "isQuoting")::int from forgotten) as answers,
	(select count(*) filter (where "isSummedUp" and until is null)::int from reach) as summaries`;

const forgetShares = forget(`message.drawn_from <> '{}' and message.drawn_from && $1::uuid[]`);
const forgetReplies = forget('message.in_reply_to = any($1::uuid[])');

const nothing: Forgotten = { answers: 0, summaries: 0 };

/** Once the placements are gone; of files that came with a question, the answer to it too. Safe to repeat. */
export async function forgetQuotations({ query }: Asking, gone: readonly GoneShare[]): Promise<Forgotten> {
	if (gone.length === 0) return nothing;
	const [said = nothing] = await query<Forgotten>(forgetShares, [gone.map(({ placementId }) => placementId)]);
	const files = gone.flatMap(({ place, messageId, fileId }) =>
		place === null || messageId === null || fileId === null ? [] : [{ questionId: questionIdOf(place, messageId), fileId }],
	);
	const asked = await forgetAskedFiles(
		{ query },
		{
			ofQuestion: 'question.id = any($1::uuid[])',
			lost: '(question.id, file.id) in (select * from unnest($1::uuid[], $2::text[]))',
			parameters: [files.map(({ questionId }) => questionId), files.map(({ fileId }) => fileId)],
		},
	);
	return { answers: said.answers + asked.answers, summaries: said.summaries + asked.summaries };
}

/** Their names go from the questions, and the answers to these are forgotten. Safe to repeat. */
export async function forgetAskedFiles({ query }: Asking, { ofQuestion, lost, parameters }: GoneFiles): Promise<Forgotten> {
	const files = `jsonb_array_elements(question.attachments) as each (one) cross join lateral (select each.one ->> 'id' as id) as file`;
	const questions = await query<{ id: string }>(
		`update messages as question set attachments = coalesce((select jsonb_agg(each.one) from ${files} where not (${lost})), '[]')
			where question.role = 'user' and ${ofQuestion} and exists (select from ${files} where ${lost}) returning question.id`,
		parameters,
	);
	if (questions.length === 0) return nothing;
	const [said = nothing] = await query<Forgotten>(forgetReplies, [questions.map(({ id }) => id)]);
	return said;
}
