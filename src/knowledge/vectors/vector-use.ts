/**
 * Which model makes the vectors of passages: what an administrator chose, which model is searched with, and whose vectors are being made beside its own.
 * It lies in the database, so that all processes see the same at any moment, and nothing of it is lost with one of them.
 */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { EmbeddingIdentity } from '../../models/model-pool.ts';
import { findModelId } from './vector-store.ts';

/** A model whose vectors are there for all chunks, so that questions can be compared with them. */
export interface SearchableModel extends EmbeddingIdentity {
	modelId: number;
	/** As of `isRelevant`; null as long as nobody measured it. */
	noise: number | null;
}

export interface VectorUseState {
	/** By an administrator; null for the one of the settings. */
	chosen: string | null;
	/** Of the model whose vectors are being made, to be searched with in the end; null when there is none. */
	targetId: number | null;
	/** When that began, and how many vectors of it there were. */
	begunAt: Date | null;
	begunWith: number;
	/** An administrator wants it also where it makes no vector of a passage that the old one has one of. */
	takesGaps: boolean;
	/** Why it did not go on the last time, as in `BotError.reason`, or as in `VectorProblem`; null when it did. */
	problem: string | null;
	problemAt: Date | null;
}

/** All throw BotError as `Database.asLibrarian`. */
export interface VectorUse {
	read(): Promise<VectorUseState>;
	/** The one that questions are compared with; null as long as none is whole. */
	searchable(): Promise<SearchableModel | null>;
	/** Whose vectors are being made; null when none are. */
	target(): Promise<SearchableModel | null>;
	/**
	 * From now on the vectors of this model are made. What made those of another one notices that by `targetId`.
	 * @returns its number, given when it is first asked for; null when something else than `chosen` was chosen meanwhile.
	 */
	aim(identity: EmbeddingIdentity, chosen: string | null): Promise<number | null>;
	/** No other model's vectors are made: the one that is wanted is searched with. Unless something else was chosen meanwhile. */
	settle(chosen: string | null): Promise<void>;
	/**
	 * From the commit on every process searches with it, and with no other.
	 * @returns false when it is not the target any more: then nothing has changed.
	 */
	switchTo(transaction: Transaction, modelId: number, noise: number | null): Promise<boolean>;
	/** There are more passages now. */
	remeasured(modelId: number, noise: number | null): Promise<void>;
	/** Why it did not go on; null when it does. */
	note(problem: string | null): Promise<void>;
	/** What an administrator chose. The target, unless it is `targetId`, is none any more. */
	choose(transaction: Transaction, chosen: string | null, targetId: number | null): Promise<void>;
	/** @returns false when there is no target. */
	takeGaps(transaction: Transaction): Promise<boolean>;
}

/** What is left of a target that is none any more. */
const noTarget = 'target_id = null, begun_at = null, begun_with = 0, takes_gaps = false, problem = null, problem_at = null';

const selectModel = `select id as "modelId", model, digest, prefix_version as "prefixVersion", dimensions, noise from ccb_knowledge.vector_models`;

export function createVectorUse(database: Pick<Database, 'asLibrarian' | 'queryAsLibrarian'>): VectorUse {
	const { queryAsLibrarian: query } = database;

	return {
		async read() {
			const [state] = await query<VectorUseState>(
				`select chosen, target_id as "targetId", begun_at as "begunAt", begun_with as "begunWith", takes_gaps as "takesGaps", problem,
					problem_at as "problemAt" from ccb_knowledge.vector_use`,
			);
			const none = { chosen: null, targetId: null, begunAt: null, begunWith: 0, takesGaps: false, problem: null, problemAt: null };
			return state ?? none;
		},
		async searchable() {
			const [found] = await query<SearchableModel>(`${selectModel} where is_complete order by completed_at desc, id desc limit 1`);
			return found ?? null;
		},
		async target() {
			const [found] = await query<SearchableModel>(`${selectModel} where id = (select target_id from ccb_knowledge.vector_use)`);
			return found ?? null;
		},
		aim: (identity, chosen) =>
			database.asLibrarian(async (transaction) => {
				const [known] = await transaction.query<{ targetId: number | null }>(
					`select target_id as "targetId" from ccb_knowledge.vector_use where chosen is not distinct from $1::text for update`,
					[chosen],
				);
				if (known === undefined) return null;
				const modelId = await findModelId(transaction.query, identity);
				if (known.targetId !== modelId)
					await transaction.query(
						`update ccb_knowledge.vector_use set target_id = $1, begun_at = now(), takes_gaps = false, problem = null, problem_at = null,
							begun_with = (select count(*) from ccb_knowledge.chunk_vectors where model_id = $1)`,
						[modelId],
					);
				return modelId;
			}),
		async settle(chosen) {
			await query(
				`update ccb_knowledge.vector_use set ${noTarget}
					where chosen is not distinct from $1::text and (target_id is not null or problem is not null)`,
				[chosen],
			);
		},
		async switchTo(transaction, modelId, noise) {
			const switched = await transaction.query(
				`with reached as (update ccb_knowledge.vector_use set ${noTarget} where target_id = $1::smallint returning one)
					update ccb_knowledge.vector_models as model set is_complete = (model.id = $1::smallint),
						completed_at = case when model.id = $1::smallint then now() else completed_at end,
						noise = case when model.id = $1::smallint then $2::real else noise end
					from reached where model.id = $1::smallint or model.is_complete returning model.id`,
				[modelId, noise],
			);
			return switched.length > 0;
		},
		async remeasured(modelId, noise) {
			await query('update ccb_knowledge.vector_models set noise = $2 where id = $1', [modelId, noise]);
		},
		async note(problem) {
			await query(
				`update ccb_knowledge.vector_use set problem = $1, problem_at = case when $1::text is null then null else now() end
					where $1::text is not null or problem is not null`,
				[problem],
			);
		},
		async choose(transaction, chosen, targetId) {
			await transaction.query('update ccb_knowledge.vector_use set chosen = $1', [chosen]);
			await transaction.query(`update ccb_knowledge.vector_use set ${noTarget} where target_id is distinct from $1::smallint`, [targetId]);
		},
		async takeGaps(transaction) {
			const taken = await transaction.query(
				'update ccb_knowledge.vector_use set takes_gaps = true where target_id is not null returning one',
			);
			return taken.length > 0;
		},
	};
}

/** Whether vectors of both may be compared. */
export function isSameIdentity(one: EmbeddingIdentity, other: EmbeddingIdentity): boolean {
	const { model, digest, prefixVersion, dimensions } = one;
	return model === other.model && digest === other.digest && prefixVersion === other.prefixVersion && dimensions === other.dimensions;
}
