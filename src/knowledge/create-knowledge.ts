/** Documents, put together: what is found in them, for whom, and how places use them. */

import type { Database } from '../database/database.ts';
import type { Memberships } from '../identity/memberships.ts';
import type { Logger } from '../log.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import { createReadingScopes, type ReadingScopes } from './audience/reading-scopes.ts';
import { type ChannelKnowledge, createChannelKnowledge, type PlaceKnowledge } from './channel-knowledge.ts';
import { createVectorStore } from './documents/vector-store.ts';
import { createQuestionVectors } from './search/question-vectors.ts';
import { createKnowledgeSearch, type KnowledgeSearch } from './search/search.ts';

export interface KnowledgeDependencies {
	database: Database;
	memberships: Pick<Memberships, 'isMember'>;
	models: Pick<LanguageModels, 'embed'>;
	/** Where nobody decided for a place. */
	standard: PlaceKnowledge;
	logger: Logger;
}

export interface KnowledgeRoom {
	knowledge: KnowledgeSearch;
	scopes: ReadingScopes;
	channelKnowledge: ChannelKnowledge;
}

export function createKnowledge({ database, memberships, models, standard, logger }: KnowledgeDependencies): KnowledgeRoom {
	const vectors = database.keepsVectors ? createVectorStore(database) : null;
	return {
		knowledge: createKnowledgeSearch({ database, embed: createQuestionVectors({ models, vectors }), log: logger }),
		scopes: createReadingScopes({ database, memberships }),
		channelKnowledge: createChannelKnowledge(database, standard),
	};
}
