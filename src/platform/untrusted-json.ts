/** Reading JSON that a platform sent, of which nothing is known: every field may be missing or of another kind. Pure. */

export type Json = Record<string, unknown>;

/** An empty object for whatever is none. */
export function asObject(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The objects of a list; null and the like in place of a list are an empty one. */
export function asObjects(value: unknown): Json[] {
	return Array.isArray(value) ? value.map(asObject) : [];
}

/** `otherwise` also for an empty text. */
export function textOf(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}
