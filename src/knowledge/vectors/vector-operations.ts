/** What administrators see of the model that makes the vectors of passages, and how they take another one. */

import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { canonicalModelName, isSameModel } from '../../models/model-name.ts';
import type { EmbeddingIdentity, LanguageModels } from '../../models/model-pool.ts';
import type { DueVectors } from './embed-chunks-job.ts';
import type { ForgottenVectors } from './forget-vectors-job.ts';
import type { VectorStore } from './vector-store.ts';
import { isSameIdentity, type SearchableModel, type VectorUse, type VectorUseState } from './vector-use.ts';

/** How far the vectors of another model are. */
export interface VectorTarget {
	/** In the one spelling of all that mean it. */
	model: string;
	made: number;
	total: number;
	/** At the pace since it began; null as long as nobody can tell. */
	leftMs: number | null;
}

export interface VectorStanding {
	/** By an administrator; null where the settings decide. */
	chosen: string | null;
	/** Of the settings. */
	standard: string | null;
	/** Null as long as there is none. `isReplaced`: no question can be compared with its vectors any more, as far as this process knows. */
	searched: { model: string; made: number; total: number; isReplaced: boolean } | null;
	/** Null when none is made. */
	target: VectorTarget | null;
	/** As of `VectorUseState`. */
	problem: { reason: string; at: Date } | null;
}

/** `kept`: it is searched with. `begun`: its vectors are made from now on. `running`: they were already. */
export type VectorChange = 'kept' | 'begun' | 'running';

/** All @throws BotError as `Database.asLibrarian`. */
export interface VectorOperations {
	standing(): Promise<VectorStanding>;
	/**
	 * Takes this model, whatever the settings say, once a host has made a vector with it. What was begun with another one is called off.
	 * @throws BotError as `LanguageModels.embed`; `TIMEOUT` when the host has not brought it into memory within a quarter of a minute.
	 */
	choose(model: string): Promise<VectorChange>;
	/** Takes that of the settings again. @throws BotError `NOT_FOUND` where they name none; as `choose`. */
	chooseStandard(): Promise<VectorChange>;
	/**
	 * Stays with the model that is searched with. @returns the one that was called off; null when there was none.
	 * @throws BotError `CONFLICT` where the host has another model under that same name now: then there is nothing to stay with.
	 */
	cancel(): Promise<string | null>;
	/** Takes the new one also where it makes no vector of a passage that the old one has one of. @returns false when none is made. */
	takeGaps(): Promise<boolean>;
}

export interface VectorOperationDependencies {
	database: Pick<Database, 'asLibrarian'>;
	vectors: VectorStore;
	use: VectorUse;
	models: Pick<LanguageModels, 'embed' | 'embeddingIdentity'>;
	/** The model of the settings; null without one. */
	standardModel: string | null;
	jobs: Pick<Jobs, 'enqueue'>;
	embed: JobDefinition<DueVectors>;
	forget: JobDefinition<ForgottenVectors>;
	clock: Pick<Clock, 'now'>;
}

/** A request waits for three seconds, and what it could not wait for is brought into memory meanwhile. */
const mostTries = 5;
/** A host that does not even say what it has is not waited for any longer. */
const mostCheckMs = 30_000;

export function createVectorOperations(deps: VectorOperationDependencies): VectorOperations {
	const { database, vectors, use, models, standardModel, jobs, clock } = deps;

	/** @throws BotError as `choose`. */
	async function identify(model: string): Promise<EmbeddingIdentity> {
		const signal = AbortSignal.timeout(mostCheckMs);
		for (let tries = 1; ; tries += 1) {
			try {
				const { identity } = await models.embed({ texts: ['passage'], purpose: 'passage', model, priority: 'interactive' }, signal);
				if (identity !== null) return identity;
				throw new BotError('MODEL_REJECTED', 'the model makes no vectors', { reason: 'bad-vector' });
			} catch (thrown) {
				if (toBotError(thrown).code !== 'TIMEOUT' || tries === mostTries) throw thrown;
			}
		}
	}

	async function decide(chosen: string | null, wanted: EmbeddingIdentity): Promise<VectorChange> {
		const [searched, target] = [await use.searchable(), await use.target()];
		const isKept = searched !== null && isSameIdentity(searched, wanted);
		const running = target !== null && isSameIdentity(target, wanted) ? target.modelId : null;
		await commit(chosen, running);
		if (isKept) return 'kept';
		return running === null ? 'begun' : 'running';
	}

	/** The job that makes vectors sees it with its next request. */
	async function commit(chosen: string | null, targetId: number | null): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			await use.choose(transaction, chosen, targetId);
			await jobs.enqueue(transaction, deps.embed, {});
			await jobs.enqueue(transaction, deps.forget, {});
		});
	}

	async function standingOf(searched: SearchableModel): Promise<VectorStanding['searched']> {
		const { modelId, model } = searched;
		const now = models.embeddingIdentity(model);
		return { model, ...(await vectors.progress(modelId)), isReplaced: now !== null && !isSameIdentity(now, searched) };
	}

	async function targetOf({ modelId, model }: SearchableModel, { begunAt, begunWith }: VectorUseState): Promise<VectorTarget> {
		const { made, total } = await vectors.progress(modelId);
		const pace = begunAt === null ? 0 : (made - begunWith) / Math.max(clock.now() - begunAt.getTime(), 1);
		return { model, made, total, leftMs: pace > 0 ? (total - made) / pace : null };
	}

	return {
		async standing() {
			const [state, searched, target] = [await use.read(), await use.searchable(), await use.target()];
			return {
				...{ chosen: state.chosen, standard: standardModel },
				searched: searched === null ? null : await standingOf(searched),
				target: target === null ? null : await targetOf(target, state),
				problem: state.problem === null || state.problemAt === null ? null : { reason: state.problem, at: state.problemAt },
			};
		},
		async choose(model) {
			const chosen = canonicalModelName(model);
			return await decide(chosen, await identify(chosen));
		},
		async chooseStandard() {
			if (standardModel === null) throw new BotError('NOT_FOUND', 'the settings name no model for vectors');
			return await decide(null, await identify(standardModel));
		},
		async cancel() {
			const [{ chosen }, searched, target] = [await use.read(), await use.searchable(), await use.target()];
			const wanted = target?.model ?? chosen ?? standardModel;
			// The first vectors of the settings' own model: there is nothing to stay with.
			if (wanted === null || (searched === null && chosen === null)) return null;
			if (searched !== null && isSameModel(wanted, searched.model)) {
				if (target === null) return null;
				throw new BotError('CONFLICT', 'the model was replaced on its host');
			}
			const isStandard = searched === null || (standardModel !== null && isSameModel(searched.model, standardModel));
			await commit(isStandard ? null : searched.model, null);
			return wanted;
		},
		takeGaps: () =>
			database.asLibrarian(async (transaction) => {
				const isTaken = await use.takeGaps(transaction);
				if (isTaken) await jobs.enqueue(transaction, deps.embed, {});
				return isTaken;
			}),
	};
}
