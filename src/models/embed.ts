/** Texts to vectors: in batches, never truncated, and every vector checked before anybody stores it. */

import { BotError, toBotError } from '../errors.ts';
import { startTimeLimit } from '../waiting.ts';
import { cancelled } from './admission.ts';
import type { Host } from './host.ts';
import { isWorthAnotherHost, noHost, toModelError } from './model-errors.ts';
import type { ModelPoolSettings } from './settings.ts';

/** Ollama works a batch off one by one: larger ones save nothing and delay whoever is behind. */
const BATCH_TEXTS = 32;
/** Ollama normalises in 32-bit numbers. */
const NORM_TOLERANCE = 0.01;

export interface EmbedCall {
	settings: ModelPoolSettings;
	hosts: readonly Host[];
	signal: AbortSignal;
}

/**
 * One vector of unit length per text, in order. A text without a word has none: of an empty one alone Ollama says nothing at all, and in a list it
 * makes a vector that means nothing.
 * @throws BotError `MODEL_REJECTED` (a text is empty: reason `empty-text`; too long: `too-long`; a vector is unusable or one is missing: `bad-vector`;
 * the model makes none: `cannot-embed`),
 * `MODEL_UNAVAILABLE`, `TIMEOUT` (reason `embedding`: one batch took longer than the total limit), `CANCELLED`.
 */
export async function embedTexts(call: EmbedCall, texts: readonly string[]): Promise<number[][]> {
	if (texts.some((text) => text.trim() === ''))
		throw new BotError('MODEL_REJECTED', 'a text without words has no vector', { reason: 'empty-text' });
	const vectors: number[][] = [];
	for (let start = 0; start < texts.length; start += BATCH_TEXTS) {
		vectors.push(...(await embedSomewhere(call, texts.slice(start, start + BATCH_TEXTS))));
	}
	return vectors;
}

/** Tries one host after the other, the least busy first. */
async function embedSomewhere(call: EmbedCall, batch: readonly string[]): Promise<number[][]> {
	let failure = noHost('no-host');
	for (const host of call.hosts.toSorted((one, other) => one.active() - other.active())) {
		if (host.isAway()) continue;
		try {
			return await embedBatch(call, host, batch);
		} catch (error) {
			failure = toBotError(error);
			if (!isWorthAnotherHost(failure)) throw failure;
		}
	}
	throw failure;
}

async function embedBatch({ settings, signal }: EmbedCall, host: Host, batch: readonly string[]): Promise<number[][]> {
	const { embeddingModel: model, keepAlive, embeddingContextTokens, clock, deadlines } = settings;
	if (model === null) throw new BotError('MODEL_REJECTED', 'no embedding model is configured', { reason: 'no-embedding-model' });
	if (signal.aborted) throw cancelled();
	const limit = startTimeLimit(clock, deadlines.totalMs);
	try {
		const client = host.connect(AbortSignal.any([signal, limit.signal]));
		const options = { num_ctx: embeddingContextTokens };
		const answer = await client.embed({ model, input: [...batch], truncate: false, keep_alive: keepAlive, options });
		return checkVectors(answer.embeddings, batch.length, host.label);
	} catch (error) {
		if (signal.aborted) throw cancelled();
		if (limit.signal.aborted) throw new BotError('TIMEOUT', 'no embedding in time', { retryable: true, reason: 'embedding' });
		throw toModelError(error, host.label);
	} finally {
		limit.end();
	}
}

/** @throws BotError `MODEL_REJECTED` with reason `bad-vector`. */
export function checkVectors(vectors: unknown, count: number, host: string): number[][] {
	const list: unknown[] = Array.isArray(vectors) ? vectors : [];
	const [first] = list;
	const length = Array.isArray(first) ? first.length : 0;
	const isVector = (vector: unknown): vector is number[] => Array.isArray(vector) && vector.length === length && isUnitVector(vector);
	if (list.length === count && list.every(isVector)) return list;
	throw new BotError('MODEL_REJECTED', `${host}: the embedding model gave unusable vectors`, { reason: 'bad-vector' });
}

function isUnitVector(vector: readonly unknown[]): boolean {
	let sum = 0;
	for (const value of vector) sum += Number(value) * Number(value);
	// False for NaN and for infinity too.
	return Math.abs(Math.sqrt(sum) - 1) <= NORM_TOLERANCE;
}
