/** Reading what Discord sends without trusting its shape. Pure. */

import { textOf as asText } from '#src/platform/untrusted-json.ts';

export { asObject, asObjects, type Json } from '#src/platform/untrusted-json.ts';
export { asText };

/** A snowflake ("Reference", snowflakes). Anything else does not go into keys, queries and calls: the answer is empty. */
export function asId(value: unknown): string {
	return typeof value === 'string' && /^\d{15,20}$/.test(value) ? value : '';
}

/** Zero for whatever is none. */
export function asNumber(value: unknown): number {
	return typeof value === 'number' ? value : 0;
}

/** ISO 8601 with microseconds has 32. */
const timestampCharacters = 40;

/** A time of Discord, ISO 8601 in UTC; null for whatever is none. */
export function asTime(value: unknown): string | null {
	const time = Date.parse(asText(value).slice(0, timestampCharacters));
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Milliseconds between the epoch and the first moment of 2015, from which snowflakes count. */
const snowflakeEpochMs = 1_420_070_400_000;

/** When the thing with this id was made; epoch milliseconds. */
export function timeOf(id: string): number {
	return /^\d{1,20}$/.test(id) ? Number(BigInt(id) >> 22n) + snowflakeEpochMs : snowflakeEpochMs;
}

/** The first id that could be given at this time. */
export function idAt(atMs: number): string {
	return String(BigInt(Math.max(0, Math.floor(atMs - snowflakeEpochMs))) << 22n);
}

/** Which of two ids is older: negative for the first. They are numbers, and of different lengths. */
export function compareIds(left: string, right: string): number {
	return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
