/** What became of somebody's last question in a place, as it was kept with its answer. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';
import type { AnswerStatus } from './stored.ts';
import type { AnswerTrace } from './trace.ts';

export interface LastAnswer {
	/** Its question was taken back. */
	isDeleted: boolean;
	askedAt: Date;
	status: AnswerStatus | 'deleted';
	/** As of `AnswerRow`. */
	finishReason: string | null;
	trace: AnswerTrace | null;
	model: string | null;
	host: string | null;
	promptTokens: number | null;
	outputTokens: number | null;
	firstTextAt: Date | null;
	finalTextAt: Date | null;
	/** `chunks.id` of what it cites. */
	citedChunkIds: readonly number[];
}

export interface LastAnswers {
	/**
	 * Of the asker's own last question there; where the place holds several conversations, of all of them. Null where there is none.
	 * @throws BotError as `Database.queryAs`.
	 */
	of(asker: Principal, place: Place): Promise<LastAnswer | null>;
}

/** A question that was asked again has several answers: the newest counts. */
const selectLast = `
select question.status = 'deleted' as "isDeleted", question.received_at as "askedAt", answer.status, answer.finish_reason as "finishReason",
	answer.trace, answer.model, answer.host, answer.prompt_tokens as "promptTokens", answer.output_tokens as "outputTokens",
	answer.first_text_at as "firstTextAt", answer.final_text_at as "finalTextAt",
	array(select (source ->> 'chunkId')::bigint from jsonb_array_elements(answer.sources) as source where source ? 'chunkId')::float8[] as "citedChunkIds"
from messages as question join conversations as conversation on conversation.id = question.conversation_id
	join messages as answer on answer.in_reply_to = question.id
where conversation.platform = $1 and conversation.tenant_id = $2 and conversation.channel_id = $3 and ($4 = '' or conversation.thread_id = $4)
	and question.author_user_id = $5 and answer.role = 'assistant'
order by question.sequence desc, answer.sequence desc limit 1`;

export function createLastAnswers(database: Pick<Database, 'queryAs'>): LastAnswers {
	return {
		async of(asker, { platform, tenantId, channelId, threadId }) {
			const [row] = await database.queryAs<LastAnswer>(asker, selectLast, [platform, tenantId, channelId, threadId, asker.userId]);
			return row ?? null;
		},
	};
}
