/** Vectors of texts: whether they are usable, and the one that stands for several. */

import { BotError } from '../errors.ts';

/** Why a text has no vector: it has no words; not even parts of it fit the model; the model gave numbers that mean nothing. */
export type VectorProblem = 'empty-text' | 'too-long' | 'bad-vector';

/** Of unit length, or why there is none. */
export type TextVector = number[] | VectorProblem;

/** Ollama normalises in 32-bit numbers. */
const NORM_TOLERANCE = 0.01;

/**
 * One vector per text, as the host sent them; without a known length that of the first usable one counts.
 * @throws BotError `MODEL_REJECTED` with reason `bad-vector` where nobody can tell which vector is whose.
 */
export function readVectors(sent: unknown, { count, length, host }: { count: number; length: number | null; host: string }): TextVector[] {
	const list: unknown[] = Array.isArray(sent) ? sent : [];
	if (list.length !== count) {
		throw new BotError('MODEL_REJECTED', `${host}: the embedding model gave another number of vectors`, { reason: 'bad-vector' });
	}
	const wanted = length ?? list.find(isUnitVector)?.length;
	return list.map((vector) => (isUnitVector(vector) && vector.length === wanted ? vector : 'bad-vector'));
}

/** Points where they all point in the mean. */
export function meanVector(vectors: readonly (readonly number[])[]): TextVector {
	const [first = []] = vectors;
	const sum = first.map((_, index) => vectors.reduce((total, vector) => total + (vector[index] ?? 0), 0));
	const norm = Math.hypot(...sum);
	return norm > 0 ? sum.map((value) => value / norm) : 'bad-vector';
}

function isUnitVector(vector: unknown): vector is number[] {
	if (!Array.isArray(vector)) return false;
	let sum = 0;
	for (const value of vector) sum += typeof value === 'number' ? value * value : Number.NaN;
	// False for NaN and for infinity too.
	return Math.abs(Math.sqrt(sum) - 1) <= NORM_TOLERANCE;
}
