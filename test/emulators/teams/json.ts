/** Looking into JSON of unknown shape. */

import type { Json } from './types.ts';

export function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; nothing when it is no list. */
export function objectsOf(value: unknown): Json[] {
	return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The value when it is a string, else the empty one. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** The object behind a property; an empty one when there is none. */
export function objectOf(value: unknown): Json {
	return isJson(value) ? value : {};
}
