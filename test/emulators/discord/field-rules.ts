/** The checks that most fields need: length of a text, size of a list. */

import type { FieldProblem } from './failure.ts';
import type { Json } from './types.ts';

export type Path = readonly (string | number)[];

export interface TextRule {
	max: number;
	/** 0 when not given; then the field may be left out. */
	min?: number;
}

/** Problems of texts by field name, with the spaces at both ends left out as Discord does. */
export function textProblems(given: Json, path: Path, rules: Readonly<Record<string, TextRule>>): FieldProblem[] {
	return Object.entries(rules).flatMap(([field, { max, min = 0 }]) => {
		const value = given[field];
		const here = [...path, field];
		if (value === undefined || value === null) return min > 0 ? [required(here)] : [];
		if (typeof value !== 'string') return [{ path: here, code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' }];
		const { length } = value.trim();
		if (length > max && min === 0) return [tooLong(here, max)];
		return length > max || length < min ? [badLength(here, min, max)] : [];
	});
}

/** A problem when there are too many or too few of something. */
export function countProblems(count: number, path: Path, min: number, max: number): FieldProblem[] {
	if (count >= min && count <= max) return [];
	return [min === 0 ? tooLong(path, max) : badLength(path, min, max)];
}

export function required(path: Path): FieldProblem {
	return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

function tooLong(path: Path, max: number): FieldProblem {
	return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${max} or fewer in length.` };
}

function badLength(path: Path, min: number, max: number): FieldProblem {
	return { path, code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${min} and ${max} in length.` };
}
