/** What stands at a source of an answer, for whoever asks for it later. */

import type { Database } from '../database/database.ts';
import { isStableId } from '../identity/stable-id.ts';
import type { ScopeRequest } from '../knowledge/audience/reading-scopes.ts';
import type { ReadableChunks } from '../knowledge/search/readable-chunk.ts';
import type { Source } from '../platform/source.ts';
import { type StoredSource, toSource } from './stored.ts';

export interface CitedPassage extends Pick<Source, 'title' | 'place' | 'date' | 'url'> {
	text: string;
}

export interface Passages {
	/**
	 * Null when there is no such passage (any more), or the person may not see it: nobody learns which. The ids may be anything, they come from
	 * a button. @throws BotError as `Database.queryAs`, and as `ReadableChunks.read`.
	 */
	read(request: ScopeRequest, answerId: string, position: number, signal: AbortSignal): Promise<CitedPassage | null>;
}

const selectSources = "select sources from messages where id = $1 and role = 'assistant' and status <> 'deleted'";

/** As it was kept with the answer, for whoever takes part in its conversation; of documents as they are now, for whoever may read them now. */
export function createPassages(database: Pick<Database, 'queryAs'>, chunks: ReadableChunks): Passages {
	return {
		async read(request, answerId, position, signal) {
			if (!isStableId(answerId)) return null;
			const [row] = await database.queryAs<{ sources: StoredSource[] }>(request.asker, selectSources, [answerId]);
			const source = row?.sources.map(toSource).find((one) => one.position === position && one.canShow);
			if (source === undefined) return null;
			const { title, place, date, url, excerpt, chunkId } = source;
			const text = chunkId === undefined ? excerpt : await chunks.read(chunkId, request, signal);
			return text === null ? null : { title, place, date, url, text };
		},
	};
}
