/** One request for vectors to one host: never truncated, within its time, and what it answers is checked. */

import type { Ollama } from 'ollama';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { startTimeLimit } from '../waiting.ts';
import { cancelled } from './admission.ts';
import type { SendOutcome } from './embed-each.ts';
import { toModelError } from './model-errors.ts';
import { isSameModel } from './model-name.ts';
import type { ModelPoolSettings } from './settings.ts';
import { readVectors } from './vectors.ts';

export interface VectorRequest {
	settings: ModelPoolSettings;
	client: Ollama;
	/** The host's address without credentials. */
	host: string;
	model: string;
	/** Of the vectors that these belong with; null for the first. */
	vectorLength: number | null;
}

/** What became of all the texts of one request. `workedMs` is how long it took, without bringing the model into memory; null where it was refused. */
export type VectorAnswer = SendOutcome & { workedMs: number | null };

/** @throws BotError as `toModelError`, except for what the host says of one of the texts: that is an outcome. */
export async function requestVectors(
	{ settings, client, host, model, vectorLength }: VectorRequest,
	texts: readonly string[],
): Promise<VectorAnswer> {
	const { clock, keepAlive, embeddingContextTokens } = settings;
	const embeddingModel = settings.embeddingModel();
	// Of any other, Ollama's own setting decides how long it stays in memory.
	const stay = embeddingModel !== null && isSameModel(model, embeddingModel) ? { keep_alive: keepAlive } : {};
	const count = texts.length;
	const startedAtMs = clock.now();
	try {
		const options = { num_ctx: embeddingContextTokens };
		const answer = await client.embed({ model, input: [...texts], truncate: false, ...stay, options });
		const vectors = readVectors(answer.embeddings, { count, length: vectorLength, host });
		// Ollama's times are nanoseconds; other servers of its protocol leave them out.
		const loadMs = (answer.load_duration ?? 0) / 1_000_000;
		return { count, vectors, workedMs: Math.max(0, clock.now() - startedAtMs - loadMs) };
	} catch (thrown) {
		const error = toModelError(thrown, host);
		if (error.reason !== 'too-long' && error.reason !== 'bad-vector') throw error;
		return { count, refusal: error.reason, workedMs: null };
	}
}

/** @throws BotError `TIMEOUT` (reason `embedding`), `CANCELLED`, and whatever `work` throws before. */
export async function withinVectorTime<T>(
	clock: Clock,
	limitMs: number,
	signal: AbortSignal,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = startTimeLimit(clock, limitMs);
	try {
		return await work(AbortSignal.any([signal, limit.signal]));
	} catch (error) {
		if (signal.aborted) throw cancelled();
		if (limit.signal.aborted) throw new BotError('TIMEOUT', 'no embedding in time', { retryable: true, reason: 'embedding' });
		throw error;
	} finally {
		limit.end();
	}
}
