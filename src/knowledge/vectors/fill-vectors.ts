/** Makes the vectors of one model that passages lack, a few at a time, for as long as a turn takes. */

import type { Clock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import type { LanguageModels } from '../../models/model-pool.ts';
import type { VectorProblem } from '../../models/vectors.ts';
import type { IngestObserver } from '../ingest/observer.ts';
import type { UnembeddedChunk, VectorStore } from './vector-store.ts';
import { isSameIdentity, type SearchableModel } from './vector-use.ts';

/** As much of a job as is done before others have their turns. */
export interface VectorTurn {
	/** By the clock. */
	untilMs: number;
	signal: AbortSignal;
}

export interface Filled {
	/** `whole`: all passages were tried. `interrupted`: the turn is over, or nobody wants them any more. */
	end: 'whole' | 'interrupted';
	/** How many got a vector. */
	made: number;
	/** Why some that were tried lately got none; null when all did. */
	refusal: VectorProblem | null;
}

export interface VectorFilling {
	/**
	 * @param isWanted Asked before each request.
	 * @throws BotError as `LanguageModels.embed` and `VectorStore`, or the signal's reason.
	 */
	fill(model: Omit<SearchableModel, 'noise'>, turn: VectorTurn, isWanted?: () => Promise<boolean>): Promise<Filled>;
}

export interface VectorFillingDependencies {
	vectors: VectorStore;
	models: Pick<LanguageModels, 'embed'>;
	clock: Pick<Clock, 'now'>;
	observer: IngestObserver;
}

/** As many as the model pool puts into two of its requests: what a process that dies has to do again. */
const batch = 64;
/** A text that got none takes up to 63 requests, and gets one when model or host have changed: not at each look. */
const refusedForMs = 3_600_000;
/** A model that takes so many texts not is tried no further before that time is over. */
const mostRefused = 500;

interface Refused {
	untilMs: number;
	reason: VectorProblem;
}

export function createVectorFilling({ vectors, models, clock, observer }: VectorFillingDependencies): VectorFilling {
	/** By model and chunk. Of this process: another one tries them once more. */
	const refusals = new Map<number, Map<number, Refused>>();

	function refusalsOf(modelId: number): Map<number, Refused> {
		const kept = [...(refusals.get(modelId) ?? [])].filter(([, { untilMs }]) => untilMs > clock.now());
		const current = new Map(kept);
		refusals.set(modelId, current);
		return current;
	}

	/** @returns how many got one: a text that has none is found by its words. */
	async function embed(
		wanted: Omit<SearchableModel, 'noise'>,
		chunks: readonly UnembeddedChunk[],
		refused: Map<number, Refused>,
		signal: AbortSignal,
	): Promise<number> {
		const { modelId, model, digest } = wanted;
		const texts = chunks.map(({ text }) => text);
		const made = await models.embed({ texts, purpose: 'passage', model, digest, priority: 'background' }, signal);
		if (made.identity !== null && !isSameIdentity(made.identity, wanted))
			throw new BotError('MODEL_REJECTED', 'the model is not the one that made the other vectors', { reason: 'model-changed' });
		const kept: { chunkId: number; vector: readonly number[] }[] = [];
		for (const [at, { chunkId }] of chunks.entries()) {
			const vector = made.vectors[at] ?? 'bad-vector';
			if (typeof vector === 'string') refused.set(chunkId, { untilMs: clock.now() + refusedForMs, reason: vector });
			else kept.push({ chunkId, vector });
		}
		await vectors.keep(modelId, kept);
		observer.embedded(kept.length);
		return kept.length;
	}

	return {
		async fill(model, { untilMs, signal }, isWanted = async () => true) {
			const refused = refusalsOf(model.modelId);
			const next = async () => (refused.size >= mostRefused ? [] : await vectors.unembedded(model.modelId, [...refused.keys()], batch));
			const filled = (end: Filled['end']): Filled => ({ end, made, refusal: [...refused.values()].at(-1)?.reason ?? null });
			let made = 0;
			for (let chunks = await next(); chunks.length > 0; chunks = await next()) {
				signal.throwIfAborted();
				if (clock.now() >= untilMs || !(await isWanted())) return filled('interrupted');
				made += await embed(model, chunks, refused, signal);
			}
			return filled('whole');
		},
	};
}
