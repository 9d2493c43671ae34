/** The vectors of chunks in the database, each under the model that made it. Those of two models are never compared. */

import type { Database } from '../../database/database.ts';
import type { EmbeddingIdentity } from '../../models/model-pool.ts';

/** A chunk that has no vector of a model yet, with what is embedded of it. */
export interface UnembeddedChunk {
	chunkId: number;
	text: string;
}

/** A model whose vectors are there for all chunks, so that questions can be compared with them. */
export interface SearchableModel extends EmbeddingIdentity {
	modelId: number;
	/** As of `isRelevant`; null as long as nobody measured it. */
	noise: number | null;
}

/** All throw BotError as `Database.queryAsLibrarian`. */
export interface VectorStore {
	/** Its number, given when it is first asked for. */
	modelId(identity: EmbeddingIdentity): Promise<number>;
	/** The next chunks after this one, by number; of ready documents alone. */
	unembedded(modelId: number, afterChunkId: number, limit: number): Promise<UnembeddedChunk[]>;
	/** A chunk that is gone meanwhile is left out, and a vector that is there stays. */
	keep(modelId: number, vectors: readonly { chunkId: number; vector: readonly number[] }[]): Promise<void>;
	/** The one that became whole last; null as long as none is. */
	searchable(): Promise<SearchableModel | null>;
	/** From now on it is searched with. */
	complete(modelId: number, noise: number | null): Promise<void>;
	/** The cosine of the nearest of some thousand chunks; null where there are none. */
	nearestSimilarity(modelId: number, vector: readonly number[]): Promise<number | null>;
}

export function createVectorStore(database: Pick<Database, 'queryAsLibrarian'>): VectorStore {
	const { queryAsLibrarian: query } = database;

	return {
		async modelId({ model, digest, prefixVersion, dimensions }) {
			const values = [model, digest, prefixVersion, dimensions];
			const find = `select id from ccb_knowledge.vector_models where model = $1 and digest = $2 and prefix_version = $3 and dimensions = $4`;
			const enter = `insert into ccb_knowledge.vector_models (id, model, digest, prefix_version, dimensions)
				select coalesce(max(id), 0) + 1, $1, $2, $3, $4 from ccb_knowledge.vector_models on conflict do nothing returning id`;
			// Another process may enter this one, or another one under the same number.
			for (;;) {
				const [known] = [...(await query<{ id: number }>(find, values)), ...(await query<{ id: number }>(enter, values))];
				if (known !== undefined) return known.id;
			}
		},
		unembedded: (modelId, afterChunkId, limit) =>
			query(
				`select chunk.id as "chunkId", chunk.context || E'\\n' || chunk.content as text from chunks as chunk
					join documents as document on document.id = chunk.document_id and document.status = 'ready'
					where chunk.id > $2
						and not exists (select from ccb_knowledge.chunk_vectors as vector where vector.model_id = $1 and vector.chunk_id = chunk.id)
					order by chunk.id limit $3`,
				[modelId, afterChunkId, limit],
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
		async searchable() {
			const [found] = await query<SearchableModel>(
				`select id as "modelId", model, digest, prefix_version as "prefixVersion", dimensions, noise
					from ccb_knowledge.vector_models where is_complete order by completed_at desc, id desc limit 1`,
			);
			return found ?? null;
		},
		async complete(modelId, noise) {
			await query(`update ccb_knowledge.vector_models set is_complete = true, completed_at = now(), noise = $2 where id = $1`, [
				modelId,
				noise,
			]);
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
