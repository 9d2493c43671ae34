/**
 * Sums that a join makes too great: an order that stands once in its table and three times beside its lines is summed three times. Found from declared
 * keys alone. A join that is proved to find at most one row multiplies nothing; a sum of what others may multiply is refused. Counts of DISTINCT, least
 * and greatest are not moved by it.
 */

import type { ReadableRelation } from './bounds.ts';
import { aggregatesIn, type ColumnPart, columnsIn } from './parts.ts';
import type { Aggregate, Expression, FromItem, Query, Select } from './query.ts';
import { refuse } from './refusal.ts';

/** Looks at every SELECT of the statement. */
export function needSingleRows(query: Query): void {
	for (const select of selectsIn(query)) {
		const sources = select.from.flatMap(sourcesOf);
		if (sources.length < 2) continue;
		const pairs = equalPairs(select);
		for (const { column, aggregate } of summedColumns(select)) {
			const own = sources.find(({ alias }) => alias === column.source);
			// Only a declared key tells what a row is; without one nothing can be said.
			if (own === undefined || own.relation === null || own.relation.key.length === 0) continue;
			const multiplying = multiplies(own, sources, pairs);
			if (multiplying !== null) refuse('multiplied-rows', `${aggregate.name} of ${column.source}.${column.name} beside ${multiplying}`);
		}
	}
}

interface JoinedSource {
	alias: string;
	/** Null for WITH names and queries within, whose keys nobody declared. */
	relation: ReadableRelation | null;
}

interface Pair {
	left: { source: string; name: string };
	right: { source: string; name: string } | null;
}

function sourcesOf(item: FromItem): JoinedSource[] {
	if (item.kind === 'join') return [...sourcesOf(item.left), ...sourcesOf(item.right)];
	return [{ alias: item.alias, relation: item.kind === 'relation' ? item.relation : null }];
}

/** From the summed source outwards: a source joins when it has one row at most for each row of those before. Whatever never does multiplies. */
function multiplies(start: JoinedSource, sources: readonly JoinedSource[], pairs: readonly Pair[]): string | null {
	const single = new Set([start.alias]);
	let grows = true;
	while (grows) {
		grows = false;
		for (const source of sources) {
			if (single.has(source.alias) || !isSingle(source, single, pairs)) continue;
			single.add(source.alias);
			grows = true;
		}
	}
	const others = sources.filter(({ alias }) => !single.has(alias));
	return others.find(({ relation }) => relation !== null)?.alias ?? null;
}

/** Each column of its key, or of what others refer to in it, equals something that is known. */
function isSingle({ alias, relation }: JoinedSource, known: ReadonlySet<string>, pairs: readonly Pair[]): boolean {
	if (relation === null) return false;
	const fixed = new Set(pairs.flatMap((pair) => fixedBy(pair, alias, known)));
	return relation.key.length > 0 && relation.key.every((column) => fixed.has(column));
}

function fixedBy({ left, right }: Pair, alias: string, known: ReadonlySet<string>): string[] {
	if (right === null) return left.source === alias ? [left.name] : [];
	if (left.source === alias && known.has(right.source)) return [left.name];
	return right.source === alias && known.has(left.source) ? [right.name] : [];
}

/** Equalities that hold for every row: those of ON and WHERE that stand alone or in a chain of ANDs. */
function equalPairs(select: Select): Pair[] {
	return [...select.from.flatMap(conditionsOf), ...(select.where === null ? [] : [select.where])].flatMap(pairsIn);
}

function conditionsOf(item: FromItem): Expression[] {
	if (item.kind !== 'join') return [];
	return [...(item.on === null ? [] : [item.on]), ...conditionsOf(item.left), ...conditionsOf(item.right)];
}

function pairsIn(condition: Expression): Pair[] {
	if (condition.kind === 'logic' && condition.operator === 'and') return condition.operands.flatMap(pairsIn);
	if (condition.kind !== 'compare' || condition.operator !== '=') return [];
	const { left, right } = condition;
	if (left.kind === 'column' && right.kind === 'column') return [{ left, right }];
	if (left.kind === 'column' && isConstant(right)) return [{ left, right: null }];
	return right.kind === 'column' && isConstant(left) ? [{ left: right, right: null }] : [];
}

function isConstant({ kind }: Expression): boolean {
	return kind === 'text' || kind === 'number' || kind === 'moment' || kind === 'boolean';
}

function summedColumns(select: Select): { aggregate: Aggregate; column: ColumnPart }[] {
	return aggregatesIn([select.items, select.having])
		.filter(({ name, distinct, over }) => (name === 'sum' || name === 'avg') && !distinct && over === null)
		.flatMap((aggregate) => {
			const columns = columnsIn(aggregate.parameters);
			// A product of two sources' columns belongs to the finer of them: that one tells.
			return new Set(columns.map(({ source }) => source)).size > 1 ? [] : columns.map((column) => ({ aggregate, column }));
		});
}

function selectsIn(part: unknown): Select[] {
	if (typeof part !== 'object' || part === null) return [];
	const own = 'kind' in part && part.kind === 'select' ? [part as Select] : [];
	return [...own, ...Object.entries(part).flatMap(([field, value]) => (field === 'relation' ? [] : selectsIn(value)))];
}
