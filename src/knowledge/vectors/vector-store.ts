/** The vectors of chunks in the database, each under the model that made it. Those of two models are never compared. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { EmbeddingIdentity } from '../../models/model-pool.ts';

/** A chunk that has no vector of a model yet, with what is embedded of it. */
export interface UnembeddedChunk {
	chunkId: number;
	text: string;
}

/** All throw BotError as `Database.queryAsLibrarian`. */
export interface VectorStore {
	/** Chunks without these, by number; of ready documents alone. */
	unembedded(modelId: number, except: readonly number[], limit: number): Promise<UnembeddedChunk[]>;
	/** A chunk that is gone meanwhile is left out, and a vector that is there stays. */
	keep(modelId: number, vectors: readonly { chunkId: number; vector: readonly number[] }[]): Promise<void>;
	/** How many chunks that can be found have a vector of the first model and none of the second. */
	gaps(modelId: number, otherId: number): Promise<number>;
	/** Of all documents, how many chunks there are: kept as a number, so that it costs nothing to ask. */
	countChunks(): Promise<number>;
	/** Of all chunks that can be found: how many there are, and how many of them have a vector of this model. */
	progress(modelId: number): Promise<{ made: number; total: number }>;
	/**
	 * Deletes some vectors of a model that is neither searched with nor being made; within a minute after a switch none, since questions that began
	 * before it are still being answered. The model itself stays: no other one may ever bear its number.
	 * @returns whether there are more.
	 */
	forgetSome(): Promise<boolean>;
	/** The cosine of the nearest of some thousand chunks; null where there are none. */
	nearestSimilarity(modelId: number, vector: readonly number[]): Promise<number | null>;
}

/** About 30 ms of the embedded database. */
const forgottenAtOnce = 1_000;

const findIdle = `
with searched as (
	select id, completed_at from ccb_knowledge.vector_models where is_complete order by completed_at desc, id desc limit 1
)
select model.id from ccb_knowledge.vector_models as model
where model.id is distinct from (select id from searched) and model.id is distinct from (select target_id from ccb_knowledge.vector_use)
	and exists (select from ccb_knowledge.chunk_vectors as vector where vector.model_id = model.id)
	and not exists (select from searched where completed_at >= now() - interval '1 minute')
limit 1`;

const deleteSome = `
delete from ccb_knowledge.chunk_vectors as vector
using (select chunk_id from ccb_knowledge.chunk_vectors where model_id = $1 limit $2) as doomed
where vector.model_id = $1 and vector.chunk_id = doomed.chunk_id`;

export function createVectorStore(database: Pick<Database, 'queryAsLibrarian'>): VectorStore {
	const { queryAsLibrarian: query } = database;

	return {
		unembedded: (modelId, except, limit) =>
			query(
				`select chunk.id as "chunkId", chunk.context || E'\\n' || chunk.content as text from chunks as chunk
					join documents as document on document.id = chunk.document_id and document.status = 'ready'
					where chunk.id <> all($2::bigint[])
						and not exists (select from ccb_knowledge.chunk_vectors as vector where vector.model_id = $1 and vector.chunk_id = chunk.id)
					order by chunk.id limit $3`,
				[modelId, except, limit],
			),
		async keep(modelId, vectors) {
			await query(
				`insert into ccb_knowledge.chunk_vectors (model_id, document_id, language, chunk_id, embedding)
					select $1, chunk.document_id, chunk.language, chunk.id, array(select jsonb_array_elements_text(given.vector)::real)
					from jsonb_to_recordset($2) as given ("chunkId" bigint, vector jsonb) join chunks as chunk on chunk.id = given."chunkId"
					on conflict do nothing`,
				[modelId, JSON.stringify(vectors)],
			);
		},
		async gaps(modelId, otherId) {
			const [found] = await query<{ count: number }>(
				`select count(*)::int as count from ccb_knowledge.chunk_vectors as one
					join documents as document on document.id = one.document_id and document.status = 'ready'
					where one.model_id = $1
						and not exists (select from ccb_knowledge.chunk_vectors as other where other.model_id = $2 and other.chunk_id = one.chunk_id)`,
				[modelId, otherId],
			);
			return found?.count ?? 0;
		},
		async countChunks() {
			const [found] = await query<{ count: number }>('select chunks::int as count from ccb_knowledge.totals');
			return found?.count ?? 0;
		},
		async progress(modelId) {
			const [found] = await query<{ made: number; total: number }>(
				`select count(*)::int as total, count(vector.chunk_id)::int as made from chunks as chunk
					join documents as document on document.id = chunk.document_id and document.status = 'ready'
					left join ccb_knowledge.chunk_vectors as vector on vector.model_id = $1 and vector.chunk_id = chunk.id`,
				[modelId],
			);
			return found ?? { made: 0, total: 0 };
		},
		async forgetSome() {
			const [idle] = await query<{ id: number }>(findIdle);
			if (idle === undefined) return false;
			await query(deleteSome, [idle.id, forgottenAtOnce]);
			return true;
		},
		async nearestSimilarity(modelId, vector) {
			const [found] = await query<{ similarity: number | null }>(
				'select ccb_knowledge.nearest_similarity($2, $1::smallint) as similarity',
				[modelId, vector],
			);
			return found?.similarity ?? null;
		},
	};
}

/** @param query Within a transaction or not. @returns its number, given when it is first asked for. @throws BotError as `query`. */
export async function findModelId(
	query: Transaction['query'],
	{ model, digest, prefixVersion, dimensions }: EmbeddingIdentity,
): Promise<number> {
	const values = [model, digest, prefixVersion, dimensions];
	const find = `select id from ccb_knowledge.vector_models where model = $1 and digest = $2 and prefix_version = $3 and dimensions = $4`;
	const enter = `insert into ccb_knowledge.vector_models (id, model, digest, prefix_version, dimensions)
		select coalesce(max(id), 0) + 1, $1, $2, $3, $4 from ccb_knowledge.vector_models on conflict do nothing returning id`;
	// Another process may enter this one, or another one under the same number.
	for (;;) {
		const [known] = [...(await query<{ id: number }>(find, values)), ...(await query<{ id: number }>(enter, values))];
		if (known !== undefined) return known.id;
	}
}
