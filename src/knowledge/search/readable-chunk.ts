/** One passage for whoever may read it now: for what was cited a while ago. */

import type { Database } from '../../database/database.ts';
import type { ReadingScopes, ScopeRequest } from '../audience/reading-scopes.ts';
import { readPassagesOf } from './passages.ts';

export interface ReadableChunks {
	/**
	 * What stands there. Null when the document is gone or has a newer version, or when it may not be read by the asker, or not in that place: nobody
	 * learns which. @throws BotError as `ReadingScopes.of` and `Database.queryAs`.
	 */
	read(chunkId: number, request: ScopeRequest, signal: AbortSignal): Promise<string | null>;
}

export function createReadableChunks({ database, scopes }: { database: Pick<Database, 'queryAs'>; scopes: ReadingScopes }): ReadableChunks {
	return {
		async read(chunkId, request, signal) {
			const scope = await scopes.of(request, signal);
			const [passage] = await readPassagesOf(database, request.asker, [{ chunkId, score: 0, coverage: 0, similarity: null }], scope);
			return passage?.content ?? null;
		},
	};
}
