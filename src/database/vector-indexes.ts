/**
 * Indexes of the nearest vectors (HNSW), one for each language of one model: what a search needs of each language would else lie behind a thousand of
 * another. Made where there are so many vectors that comparing all takes too long; what they are called tells the search that they are there.
 */

/** As `ccb_knowledge.chunk_vectors.language` has them. */
export const indexedLanguages = ['es', 'en', null] as const;

/** @param model `ccb_knowledge.vector_models.id`, or the beginning of all names. */
export function indexName(model: number | '', language: string | null): string {
	return `chunk_vectors_near_${language ?? 'other'}_${model}`;
}

/** What an index holds, in SQL. */
export function indexedRows(model: number | string, language: string | null): string {
	return `model_id = ${model} and language ${language === null ? 'is null' : `= '${language}'`}`;
}

/** What it is of, in SQL: only vectors of a known length can have one. */
export function indexedVector(schema: string, dimensions: number | string): string {
	return `(embedding::${schema}.halfvec(${dimensions}))`;
}

/** m and ef_construction as pgvector has them unless told. */
export function createIndex(schema: string, model: number, dimensions: number, language: string | null): string {
	return `create index concurrently ${indexName(model, language)} on ccb_knowledge.chunk_vectors
		using hnsw (${indexedVector(schema, dimensions)} ${schema}.halfvec_ip_ops) where ${indexedRows(model, language)}`;
}
