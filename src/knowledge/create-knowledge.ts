/** Documents, put together: what is found in them, for whom, and how places use them. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Identities } from '../identity/identity.ts';
import type { Memberships } from '../identity/memberships.ts';
import type { Logger } from '../log.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import { createReadingScopes, type ReadingScopes } from './audience/reading-scopes.ts';
import { createDocumentUses, type DocumentUse, type DocumentUses } from './document-use.ts';
import { createQuestionVectors } from './search/question-vectors.ts';
import { createReadableChunks, type ReadableChunks } from './search/readable-chunks.ts';
import { createKnowledgeSearch, type KnowledgeSearch, type SearchResult } from './search/search.ts';
import { createSurroundingsReader, type SurroundingsReader } from './search/surroundings.ts';
import { createShelf, type Shelf } from './shelf/shelf.ts';
import { createVectorUse } from './vectors/vector-use.ts';

export interface KnowledgeDependencies {
	database: Database;
	memberships: Pick<Memberships, 'isMember' | 'audienceOf'>;
	identities: Pick<Identities, 'mayAsk' | 'lastPlaceOf'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	models: Pick<LanguageModels, 'embed' | 'useEmbeddingModel'>;
	/** Where nobody decided for a place. */
	standard: DocumentUse;
	/** One search took so long. */
	onSearched?: (result: Pick<SearchResult, 'isRelevant' | 'isByWordsAlone'>, durationMs: number) => void;
	clock: Clock;
	logger: Logger;
}

export interface KnowledgeRoom {
	knowledge: KnowledgeSearch;
	surroundings: SurroundingsReader;
	scopes: ReadingScopes;
	uses: DocumentUses;
	chunks: ReadableChunks;
	shelf: Shelf;
}

export function createKnowledge(deps: KnowledgeDependencies): KnowledgeRoom {
	const { database, models, standard, clock, logger } = deps;
	const use = database.keepsVectors ? createVectorUse(database) : null;
	const scopes = createReadingScopes(deps);
	return {
		knowledge: timed(createKnowledgeSearch({ database, embed: createQuestionVectors({ models, use }), clock, log: logger }), deps),
		surroundings: createSurroundingsReader(database),
		scopes,
		chunks: createReadableChunks({ database, scopes }),
		uses: createDocumentUses(database, standard),
		shelf: createShelf({ database, scopes }),
	};
}

function timed(knowledge: KnowledgeSearch, { clock, onSearched }: KnowledgeDependencies): KnowledgeSearch {
	return {
		async search(...asked) {
			const beganAtMs = clock.now();
			const result = await knowledge.search(...asked);
			onSearched?.(result, clock.now() - beganAtMs);
			return result;
		},
	};
}
