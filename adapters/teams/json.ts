/** Reading JSON of which nothing is known: every field may be missing or of another kind. Pure. */

export type Json = Record<string, unknown>;

export function asObject(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The objects in a list; nothing for what is no list. */
export function asObjects(value: unknown): Json[] {
	return Array.isArray(value) ? value.map(asObject) : [];
}

export function textOf(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** An id of Teams: visible ASCII. Anything else does not go into keys, queries and calls. */
export function idOf(value: unknown): string {
	return typeof value === 'string' && /^[\x21-\x7e]{1,400}$/.test(value) ? value : '';
}
