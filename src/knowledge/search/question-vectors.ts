/** A question's vectors, of the model whose vectors of all chunks are there. */

import type { Database } from '../../database/database.ts';
import type { LanguageModels } from '../../models/model-pool.ts';
import { createVectorUse, type VectorUse } from '../vectors/vector-use.ts';
import type { SearchDependencies } from './search.ts';

export interface QuestionVectorsDependencies {
	models: Pick<LanguageModels, 'embed' | 'useEmbeddingModel'>;
	/** Null in a database that keeps no vectors. */
	use: Pick<VectorUse, 'searchable'> | null;
}

/** Before the first question. @throws BotError as `VectorUse`. */
export async function adoptEmbeddingModel(database: Database, models: Pick<LanguageModels, 'useEmbeddingModel'>): Promise<void> {
	const stored = database.keepsVectors ? await createVectorUse(database).searchable() : null;
	if (stored !== null) models.useEmbeddingModel(stored.model);
}

/** Null, too, where one of the wordings got none: they are searched alike. @throws BotError as `LanguageModels.embed` and `VectorStore`. */
export function createQuestionVectors({ models, use }: QuestionVectorsDependencies): SearchDependencies['embed'] {
	return async (texts, signal) => {
		const stored = await use?.searchable();
		if (!stored) return null;
		const { model, digest, modelId, noise } = stored;
		models.useEmbeddingModel(model);
		const made = await models.embed({ texts, purpose: 'query', model, digest, priority: 'interactive' }, signal);
		const found = made.vectors.filter((vector) => typeof vector !== 'string');
		const isComparable = made.identity?.prefixVersion === stored.prefixVersion && made.identity.dimensions === stored.dimensions;
		return found.length === texts.length && isComparable ? { model: modelId, vectors: found, noise } : null;
	};
}
