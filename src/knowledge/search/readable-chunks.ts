/** Passages for whoever may read them now: for what was cited a moment or a while ago. */

import type { Database } from '../../database/database.ts';
import type { ReadingScopes, ScopeRequest } from '../audience/reading-scopes.ts';
import { readPassagesOf } from './passages.ts';

export interface ReadableChunks {
	/**
	 * What stands there, by `chunks.id`. One is not there when the document is gone or has a newer version, or when it may not be read by the asker,
	 * or not in that place: nobody learns which. @throws BotError as `ReadingScopes.of` and `Database.queryAs`.
	 */
	read(chunkIds: readonly number[], request: ScopeRequest, signal: AbortSignal): Promise<ReadonlyMap<number, string>>;
}

export function createReadableChunks({ database, scopes }: { database: Pick<Database, 'queryAs'>; scopes: ReadingScopes }): ReadableChunks {
	return {
		async read(chunkIds, request, signal) {
			const scope = await scopes.of(request, signal);
			const hits = chunkIds.map((chunkId) => ({ chunkId, score: 0, coverage: 0, similarity: null }));
			const passages = await readPassagesOf(database, request.asker, hits, scope);
			return new Map(passages.map(({ chunkId, content }) => [chunkId, content]));
		},
	};
}
