/** Reading JSON that nobody has checked yet. */

import type { Json } from './types.ts';

export function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

export function objectsOf(value: unknown): Json[] {
	return listOf(value).filter(isJson);
}

export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
	return typeof value === 'number' ? value : 0;
}
