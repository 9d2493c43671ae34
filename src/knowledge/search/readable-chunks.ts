/** Passages for whoever may read them now: for what was cited a moment or a while ago. */

import type { Database } from '../../database/database.ts';
import type { ReadingScopes, ScopeRequest } from '../audience/reading-scopes.ts';
import { type Passage, readPassagesOf } from './passages.ts';

export interface ReadableChunks {
	/**
	 * What stands there, by `chunks.id`. One is not there when the document is gone or has a newer version, or when it may not be read by the asker,
	 * or not in that place: nobody learns which. @throws BotError as `ReadingScopes.of` and `Database.queryAs`.
	 */
	read(chunkIds: readonly number[], request: ScopeRequest, signal: AbortSignal): Promise<ReadonlyMap<number, string>>;
	/** Of the same: what their documents are called, in this order. @throws BotError as `read`. */
	titles(chunkIds: readonly number[], request: ScopeRequest, signal: AbortSignal): Promise<string[]>;
}

export function createReadableChunks({ database, scopes }: { database: Pick<Database, 'queryAs'>; scopes: ReadingScopes }): ReadableChunks {
	async function passagesOf(chunkIds: readonly number[], request: ScopeRequest, signal: AbortSignal): Promise<Passage[]> {
		const scope = await scopes.of(request, signal);
		const hits = chunkIds.map((chunkId) => ({ chunkId, score: 0, coverage: 0, similarity: null }));
		return await readPassagesOf(database, request.asker, hits, scope);
	}

	return {
		async read(chunkIds, request, signal) {
			const passages = await passagesOf(chunkIds, request, signal);
			return new Map(passages.map(({ chunkId, content }) => [chunkId, content]));
		},
		titles: async (chunkIds, request, signal) => (await passagesOf(chunkIds, request, signal)).map(({ path, name }) => path ?? name),
	};
}
