/** Makes vectors of passages when there is time, a few at a time, until every passage has one of the model that there is now. */

import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { EmbeddingIdentity, LanguageModels } from '../../models/model-pool.ts';
import type { UnembeddedChunk, VectorStore } from '../documents/vector-store.ts';
import { measureNoise } from '../search/noise.ts';
import type { IngestObserver } from './observer.ts';

const dueVectors = z.object({});

export type DueVectors = z.infer<typeof dueVectors>;

export interface EmbedChunksDependencies {
	database: Database;
	vectors: VectorStore;
	models: Pick<LanguageModels, 'embed' | 'embeddingIdentity'>;
	jobs: Pick<Jobs, 'enqueue'>;
	clock: Pick<Clock, 'now'>;
	observer: IngestObserver;
}

/** As many as the model pool puts into two of its requests: what a process that dies has to do again. */
const batch = 64;
/** For so long at a time, so that other jobs have their turns. */
const turnMs = 60_000;
/** What a model is asked for when nobody knows yet which one it is. */
const trial = ['passage'];

export function createEmbedChunksJob(deps: EmbedChunksDependencies): JobDefinition<DueVectors> {
	const { database, vectors, models, jobs, clock, observer } = deps;

	/** Null where there is no model for vectors: whoever installs one is noticed by the next look. */
	async function identify(signal: AbortSignal): Promise<EmbeddingIdentity | null> {
		const known = models.embeddingIdentity();
		if (known !== null) return known;
		try {
			return (await models.embed({ texts: trial, purpose: 'passage', priority: 'background' }, signal)).identity;
		} catch (thrown) {
			if (toBotError(thrown).code === 'MODEL_REJECTED') return null;
			throw thrown;
		}
	}

	/** @returns how many got one: a text that has none is found by its words. */
	async function embed(
		modelId: number,
		identity: EmbeddingIdentity,
		chunks: readonly UnembeddedChunk[],
		signal: AbortSignal,
	): Promise<number> {
		const texts = chunks.map(({ text }) => text);
		const made = await models.embed({ texts, purpose: 'passage', priority: 'background' }, signal);
		if (made.identity !== null && !isSame(made.identity, identity))
			throw new BotError('CONFLICT', 'the model for vectors was replaced', { retryable: true });
		const kept = chunks.flatMap(({ chunkId }, at) => {
			const vector = made.vectors[at];
			return vector === undefined || typeof vector === 'string' ? [] : [{ chunkId, vector }];
		});
		await vectors.keep(modelId, kept);
		observer.embedded(kept.length);
		return kept.length;
	}

	return {
		name: 'embed-chunks',
		data: dueVectors,
		// One at a time: the model is the same for all.
		key: () => '',
		async run(_data, { signal }) {
			const identity = await identify(signal);
			if (identity === null) return;
			const modelId = await vectors.modelId(identity);
			const untilMs = clock.now() + turnMs;
			const next = (after: number) => vectors.unembedded(modelId, after, batch);
			let made = 0;
			for (let chunks = await next(0); chunks.length > 0; chunks = await next(chunks.at(-1)?.chunkId ?? 0)) {
				signal.throwIfAborted();
				if (clock.now() >= untilMs) return void (await jobs.enqueue(database, this, {}));
				made += await embed(modelId, identity, chunks, signal);
			}
			// What is near is measured anew when there are more passages.
			if (made === 0 && (await vectors.searchable())?.modelId === modelId) return;
			await vectors.complete(modelId, await measureNoise(models, vectors, { ...identity, modelId }, signal));
		},
	};
}

/** A model may have been installed, or replaced, since the last document came. */
export function createEmbedDueJob({ database, jobs, embed }: EmbedDueDependencies): JobDefinition {
	return {
		name: 'embed-due',
		data: z.object({}),
		everyMs: 300_000,
		run: async () => void (await jobs.enqueue(database, embed, {})),
	};
}

export interface EmbedDueDependencies {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	embed: JobDefinition<DueVectors>;
}

function isSame(one: EmbeddingIdentity, other: EmbeddingIdentity): boolean {
	const { model, digest, prefixVersion, dimensions } = one;
	return model === other.model && digest === other.digest && prefixVersion === other.prefixVersion && dimensions === other.dimensions;
}
