/**
 * Makes vectors of passages when there is time, until every passage has one of the model that is wanted: the one that an administrator chose, or that of
 * the settings, as it is installed now. The model that is searched with is kept whole meanwhile; then there is one switch for all processes.
 */

import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { EmbeddingIdentity, LanguageModels } from '../../models/model-pool.ts';
import type { IngestObserver } from '../ingest/observer.ts';
import { measureNoise } from '../search/noise.ts';
import { createVectorFilling, type Filled, type VectorTurn } from './fill-vectors.ts';
import type { ForgottenVectors } from './forget-vectors-job.ts';
import type { VectorStore } from './vector-store.ts';
import { isSameIdentity, type SearchableModel, type VectorUse } from './vector-use.ts';

const dueVectors = z.object({});

export type DueVectors = z.infer<typeof dueVectors>;

export interface EmbedChunksDependencies {
	database: Database;
	vectors: VectorStore;
	use: VectorUse;
	models: Pick<LanguageModels, 'embed' | 'embeddingIdentity'>;
	/** The model of the settings; null without one. */
	standardModel: string | null;
	jobs: Pick<Jobs, 'enqueue'>;
	forget: JobDefinition<ForgottenVectors>;
	clock: Pick<Clock, 'now'>;
	observer: IngestObserver;
}

/** For so long at a time, so that other jobs have their turns. */
const turnMs = 60_000;
/** As many as are looked at for what is near (`nearest_similarity` in `src/database/vector-search.ts`): more change nothing of it. */
const mostCompared = 5_000;
/** What is near is measured anew when a quarter of these came. Each time some thousand vectors are looked through for each of its questions. */
const remeasuredShare = 0.25;
/** What a model is asked for when nobody knows yet which one it is. */
const trial = ['passage'];

export function createEmbedChunksJob(deps: EmbedChunksDependencies): JobDefinition<DueVectors> {
	const { database, vectors, use, models, jobs, clock, forget } = deps;
	const filling = createVectorFilling(deps);
	/** By model, the vectors that were made in this process since what is near was measured. Not there: nobody knows of how many it was. */
	const madeSince = new Map<number, number>();

	/** What is installed under this name now. @throws BotError as `embed`. */
	async function identify(model: string, signal: AbortSignal): Promise<EmbeddingIdentity> {
		const known = models.embeddingIdentity(model);
		if (known !== null) return known;
		const { identity } = await models.embed({ texts: trial, purpose: 'passage', model, priority: 'background' }, signal);
		if (identity === null) throw new BotError('MODEL_REJECTED', 'the model makes no vectors', { reason: 'bad-vector' });
		return identity;
	}

	/** Whether questions can still be compared with vectors of this model. */
	async function isThere(known: EmbeddingIdentity, signal: AbortSignal): Promise<boolean> {
		const { model, digest } = known;
		try {
			const { identity } = await models.embed({ texts: trial, purpose: 'passage', model, digest, priority: 'background' }, signal);
			return identity !== null && isSameIdentity(identity, known);
		} catch (thrown) {
			if (toBotError(thrown).code === 'MODEL_REJECTED') return false;
			throw thrown;
		}
	}

	/** What new files need to be found now. That it fails is no reason not to make those of another model. */
	async function keepWhole(active: SearchableModel, turn: VectorTurn): Promise<Filled | BotError> {
		try {
			const filled = await filling.fill(active, turn);
			if (filled.made > 0) madeSince.set(active.modelId, (madeSince.get(active.modelId) ?? Number.POSITIVE_INFINITY) + filled.made);
			return filled;
		} catch (thrown) {
			turn.signal.throwIfAborted();
			return toBotError(thrown);
		}
	}

	async function settle(active: SearchableModel, kept: Filled | BotError, chosen: string | null, { signal }: VectorTurn): Promise<void> {
		if (kept instanceof BotError) throw kept;
		await use.settle(chosen);
		if (await isMeasurementDue(active)) await use.remeasured(active.modelId, await measure(active, signal));
	}

	async function isMeasurementDue({ modelId, noise }: SearchableModel): Promise<boolean> {
		if (noise === null) return (await vectors.progress(modelId)).made > 0;
		const made = madeSince.get(modelId) ?? 0;
		return made > 0 && made >= remeasuredShare * Math.min(mostCompared, await vectors.countChunks());
	}

	/** How near what is about nothing is. */
	async function measure(model: Omit<SearchableModel, 'noise'>, signal: AbortSignal): Promise<number | null> {
		const noise = await measureNoise(models, vectors, model, signal);
		madeSince.set(model.modelId, 0);
		return noise;
	}

	/** @returns as `work`. */
	async function rollOver(
		active: SearchableModel | null,
		wanted: EmbeddingIdentity,
		chosen: string | null,
		turn: VectorTurn,
	): Promise<boolean> {
		const modelId = await use.aim(wanted, chosen);
		if (modelId === null) return true;
		const target = { ...wanted, modelId };
		const { end, refusal } = await filling.fill(target, turn, async () => (await use.read()).targetId === modelId);
		await use.note(null);
		if (end === 'interrupted') return true;
		const gaps = active === null || (await use.read()).takesGaps ? 0 : await vectors.gaps(active.modelId, modelId);
		// Between two files that came just now, or for good.
		if (gaps > 0 && refusal === null) return true;
		if (active !== null && gaps > 0 && (await isThere(active, turn.signal))) {
			await use.note(refusal);
			return false;
		}
		const noise = await measure(target, turn.signal);
		return !(await database.asLibrarian(async (transaction) => {
			await jobs.enqueue(transaction, forget, {});
			return await use.switchTo(transaction, modelId, noise);
		}));
	}

	/** @returns whether there is more to do now. */
	async function work(turn: VectorTurn): Promise<boolean> {
		const { chosen } = await use.read();
		const active = await use.searchable();
		const kept = active === null ? null : await keepWhole(active, turn);
		if (kept !== null && !(kept instanceof BotError) && kept.end === 'interrupted') return true;
		const name = chosen ?? deps.standardModel;
		const wanted = name === null ? null : await identify(name, turn.signal);
		if (active !== null && kept !== null && (wanted === null || isSameIdentity(active, wanted))) {
			await settle(active, kept, chosen, turn);
			return false;
		}
		return wanted === null ? false : await rollOver(active, wanted, chosen, turn);
	}

	return {
		name: 'embed-chunks',
		data: dueVectors,
		// One at a time: the model is the same for all.
		key: () => '',
		// What an administrator decides waits behind the next try: a minute at most.
		retry: { times: 20, pauseMs: 10_000, maxPauseMs: 60_000 },
		async run(_data, { signal }) {
			try {
				const hasMore = await work({ untilMs: clock.now() + turnMs, signal });
				if (hasMore) await jobs.enqueue(database, this, {});
			} catch (thrown) {
				signal.throwIfAborted();
				const { code, reason } = toBotError(thrown);
				if (code !== 'STORE_UNAVAILABLE') await use.note(reason ?? code);
				// No model, or one of another kind: whoever installs one is noticed by the next look.
				if (code !== 'MODEL_REJECTED') throw thrown;
			}
		},
	};
}

/** A model may have been installed, or replaced, since the last document came. */
export function createEmbedDueJob({ database, jobs, embed, forget }: EmbedDueDependencies): JobDefinition {
	return {
		name: 'embed-due',
		data: z.object({}),
		everyMs: 300_000,
		async run() {
			await jobs.enqueue(database, embed, {});
			await jobs.enqueue(database, forget, {});
		},
	};
}

export interface EmbedDueDependencies {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	embed: JobDefinition<DueVectors>;
	forget: JobDefinition<ForgottenVectors>;
}
