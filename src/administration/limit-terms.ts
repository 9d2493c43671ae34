/** Limits as people type and read them. Pure. */

import { type LimitName, type LimitValues, limitValuesSchema } from '../limits/limit-values.ts';

/** `standard`: nothing is said about it here any more. Null takes the limit away. */
export type TypedLimit = number | string[] | null | 'standard';

const listLimits: readonly LimitName[] = ['models', 'tools'];
const names = Object.keys(limitValuesSchema.shape) as LimitName[];
const byTerm = new Map(names.map((name) => [termOf(name), name]));

/** Every limit as it is typed, such as `requests-per-minute`. */
export const limitTerms: readonly string[] = [...byTerm.keys()];

export function limitNamed(term: string): LimitName | null {
	return byTerm.get(term.toLowerCase()) ?? null;
}

/** Whole numbers, or names separated by commas where the limit is a list. Null inside `value` is a value; a null result is nonsense. */
export function readLimit(limit: LimitName, typed: string): { value: TypedLimit } | null {
	const word = typed.trim().toLowerCase();
	if (word === 'none') return { value: null };
	if (word === 'standard') return { value: 'standard' };
	const value = listLimits.includes(limit) ? readList(typed) : readNumber(word);
	return value !== null && limitValuesSchema.safeParse({ [limit]: value }).success ? { value } : null;
}

/** `requests-per-minute 10, models a,b`, or an empty text. */
export function shownLimits(limits: LimitValues): string {
	const given = names.filter((name) => limits[name] !== undefined);
	return given.map((name) => `${termOf(name)} ${shownLimit(limits[name] ?? null)}`).join(', ');
}

export function shownLimit(value: TypedLimit): string {
	return Array.isArray(value) ? value.join(',') : String(value ?? 'none');
}

export function termOf(limit: LimitName): string {
	return limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function readNumber(typed: string): number | null {
	return /^\d{1,15}$/.test(typed) ? Number(typed) : null;
}

function readList(typed: string): string[] | null {
	const entries = typed.split(',').map((entry) => entry.trim());
	return entries.every((entry) => /^\S+$/.test(entry)) ? [...new Set(entries)] : null;
}
