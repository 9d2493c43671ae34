/** Which of two limits is the stricter one. Pure. */

import type { LimitValues } from './limit-values.ts';

type Value = number | string[] | null | undefined;

/** Every limit that either has, as strict as the stricter one of both. What only one has is taken from that one. */
export function stricterLimits(left: LimitValues, right: LimitValues): LimitValues {
	const names = [...new Set([...Object.keys(left), ...Object.keys(right)])] as (keyof LimitValues)[];
	return Object.fromEntries(names.map((name) => [name, stricter(left[name], right[name])]).filter(([, value]) => value !== undefined));
}

/** Limits that really limit something: a limit that was taken away takes none away elsewhere. */
export function withoutFreedoms(limits: LimitValues): LimitValues {
	return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== undefined));
}

function stricter(left: Value, right: Value): Value {
	if (left === undefined || left === null) return right === undefined ? left : right;
	if (right === undefined || right === null) return left;
	if (Array.isArray(left) && Array.isArray(right)) return left.filter((name) => right.includes(name));
	return typeof left === 'number' && typeof right === 'number' ? Math.min(left, right) : left;
}
