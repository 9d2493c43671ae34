/**
 * Indexes of the nearest vectors (HNSW), one for each language of one model: what a search needs of each language would else lie behind a thousand of
 * another. What they are called tells the search that they are there.
 */

/** Up to so many vectors of a model all are compared, whoever asks: docs/benchmarks.md, "A million passages". */
export const mostUnindexed = 20_000;
/** What pgvector can index of `halfvec`. */
export const mostIndexedDimensions = 4_000;
/** As `ccb_knowledge.chunk_vectors.language` has them. */
export const indexedLanguages = ['es', 'en', null] as const;

const namePrefix = 'chunk_vectors_near_';

/** @param model `ccb_knowledge.vector_models.id`, or the beginning of all names. */
export function vectorIndexName(model: number | '', language: string | null): string {
	return `${namePrefix}${language ?? 'other'}_${model}`;
}

/** All there are: `name`, and `isWhole`, which is false while one is being made and where that was interrupted. */
export const readVectorIndexes = `
select relname as name, indisvalid as "isWhole" from pg_index join pg_class on pg_class.oid = indexrelid
where indrelid = 'ccb_knowledge.chunk_vectors'::regclass and starts_with(relname, '${namePrefix}')`;

/** What an index holds, in SQL. */
export function indexedRows(model: number | string, language: string | null): string {
	return `model_id = ${model} and language ${language === null ? 'is null' : `= '${language}'`}`;
}

/** What it is of, in SQL: only vectors of a known length can have one. */
export function indexedVector(schema: string, dimensions: number | string): string {
	return `(embedding::${schema}.halfvec(${dimensions}))`;
}

/**
 * `m` is pgvector's own, `ef_construction` twice as much: docs/benchmarks.md, "A million passages". Nobody who writes waits for it, so it may be part of no
 * transaction.
 */
export function createVectorIndex(schema: string, { modelId, dimensions }: IndexedModel, language: string | null): string {
	return `create index concurrently ${vectorIndexName(modelId, language)} on ccb_knowledge.chunk_vectors
		using hnsw (${indexedVector(schema, dimensions)} ${schema}.halfvec_ip_ops) with (ef_construction = 128)
		where ${indexedRows(modelId, language)}`;
}

/** As `createVectorIndex`. */
export function dropVectorIndex(name: string): string {
	return `drop index concurrently if exists ccb_knowledge.${name}`;
}

export interface IndexedModel {
	modelId: number;
	dimensions: number;
}
