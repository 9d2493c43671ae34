/** Parts of a statement by their kind, wherever they stand in an expression; queries within are statements of their own. */

import type { Aggregate, Expression } from './query.ts';

export type ColumnPart = Extract<Expression, { kind: 'column' }>;

export function aggregatesIn(part: unknown): Aggregate[] {
	return partsOf(part, (found): found is Aggregate => 'kind' in found && found.kind === 'aggregate');
}

export function columnsIn(part: unknown): ColumnPart[] {
	return partsOf(part, (found): found is ColumnPart => 'kind' in found && found.kind === 'column');
}

/** Where another query stands within. */
export function queriesIn(part: unknown): Expression[] {
	const kinds: readonly string[] = ['scalar', 'exists', 'in-query'] satisfies Expression['kind'][];
	return partsOf(part, (found): found is Expression => 'kind' in found && kinds.includes(String(found.kind)));
}

function partsOf<Part extends object>(part: unknown, isWanted: (found: object) => found is Part): Part[] {
	if (typeof part !== 'object' || part === null || 'body' in part) return [];
	const within = Object.values(part).flatMap((value) => partsOf(value, isWanted));
	return isWanted(part) ? [part, ...within] : within;
}
