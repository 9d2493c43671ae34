/** A question's vectors, of the model whose vectors of all chunks are there. */

import type { LanguageModels } from '../../models/model-pool.ts';
import type { VectorStore } from '../documents/vector-store.ts';
import type { SearchDependencies } from './search.ts';

export interface QuestionVectorsDependencies {
	models: Pick<LanguageModels, 'embed'>;
	/** Null in a database that keeps no vectors. */
	vectors: Pick<VectorStore, 'searchable'> | null;
}

/** Null, too, where one of the wordings got none: they are searched alike. @throws BotError as `LanguageModels.embed` and `VectorStore`. */
export function createQuestionVectors({ models, vectors }: QuestionVectorsDependencies): SearchDependencies['embed'] {
	return async (texts, signal) => {
		const stored = await vectors?.searchable();
		if (!stored) return null;
		const { model, digest, modelId, noise } = stored;
		const made = await models.embed({ texts, purpose: 'query', model, digest, priority: 'interactive' }, signal);
		const found = made.vectors.filter((vector) => typeof vector !== 'string');
		const isComparable = made.identity?.prefixVersion === stored.prefixVersion && made.identity.dimensions === stored.dimensions;
		return found.length === texts.length && isComparable ? { model: modelId, vectors: found, noise } : null;
	};
}
