/** What stands at a source of an answer, for whoever asks for it later. */

import type { Database } from '../database/database.ts';
import { isStableId } from '../identity/stable-id.ts';
import type { ScopeRequest } from '../knowledge/audience/reading-scopes.ts';
import type { ReadableChunks } from '../knowledge/search/readable-chunks.ts';
import type { Source } from '../platform/source.ts';
import { type StoredSource, toSources } from './stored.ts';

export interface CitedPassage extends Pick<Source, 'title' | 'place' | 'date' | 'url' | 'isOld'> {
	text: string;
}

export interface Passages {
	/**
	 * Null when there is no such passage (any more), or the person may not see it: nobody learns which. The ids may be anything, they come from
	 * a button. @throws BotError as `Database.queryAs`, and as `ReadableChunks.read`.
	 */
	read(request: ScopeRequest, answerId: string, position: number, signal: AbortSignal): Promise<CitedPassage | null>;
	/**
	 * What the bot's last answer in the place draws on, as far as the asker may read it still, in the order of its marks; where the place holds
	 * several conversations, of those that the person takes part in. Empty for an answer without such sources, null where there is no answer.
	 * @throws BotError as `Database.queryAs`, and as `ReadableChunks.read`.
	 */
	lastCited(request: ScopeRequest, signal: AbortSignal): Promise<Source[] | null>;
	/** Those that the asker may read still, and everybody who reads along. @throws BotError as `ReadableChunks.read`. */
	stillReadable(sources: readonly Source[], request: ScopeRequest, signal: AbortSignal): Promise<Source[]>;
	/** What the documents of these `chunks.id` are called, of those that `stillReadable` gives, in this order. @throws BotError as `ReadableChunks.read`. */
	titles(chunkIds: readonly number[], request: ScopeRequest, signal: AbortSignal): Promise<string[]>;
}

const selectSources = "select sources from messages where id = $1 and role = 'assistant' and status <> 'deleted'";

const selectLast = `
select answer.sources from messages as answer join conversations as conversation on conversation.id = answer.conversation_id
where conversation.platform = $1 and conversation.tenant_id = $2 and conversation.channel_id = $3 and ($4 = '' or conversation.thread_id = $4)
	and answer.role = 'assistant' and answer.status in ('answered', 'stopped', 'interrupted')
order by answer.sequence desc limit 1`;

/** As it was kept with the answer, for whoever takes part in its conversation; of documents as they are now, for whoever may read them now. */
export function createPassages(database: Pick<Database, 'queryAs'>, chunks: ReadableChunks): Passages {
	async function stillReadable(sources: readonly Source[], request: ScopeRequest, signal: AbortSignal): Promise<Source[]> {
		const chunkIds = sources.flatMap(({ chunkId }) => (chunkId === undefined ? [] : [chunkId]));
		if (chunkIds.length === 0) return [...sources];
		const readable = await chunks.read(chunkIds, request, signal);
		return sources.filter(({ chunkId }) => chunkId === undefined || readable.has(chunkId));
	}

	return {
		async read(request, answerId, position, signal) {
			if (!isStableId(answerId)) return null;
			const [row] = await database.queryAs<{ sources: StoredSource[] }>(request.asker, selectSources, [answerId]);
			const source = toSources(row?.sources ?? []).find((one) => one.position === position && one.canShow);
			if (source === undefined) return null;
			const { title, place, date, url, excerpt, chunkId, isOld = false } = source;
			const text = chunkId === undefined ? excerpt : (await chunks.read([chunkId], request, signal)).get(chunkId);
			return text === undefined ? null : { title, place, date, url, isOld, text };
		},
		async lastCited(request, signal) {
			const { platform, tenantId, channelId, threadId } = request.place;
			const [row] = await database.queryAs<{ sources: StoredSource[] }>(request.asker, selectLast, [
				platform,
				tenantId,
				channelId,
				threadId,
			]);
			if (row === undefined) return null;
			const sources = toSources(row.sources).sort((one, other) => one.position - other.position);
			return await stillReadable(sources, request, signal);
		},
		stillReadable,
		titles: (chunkIds, request, signal) => chunks.titles(chunkIds, request, signal),
	};
}
