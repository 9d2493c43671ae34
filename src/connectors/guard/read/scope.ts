/** What names mean at one place of a statement. Sources are looked for from the inside out, WITH names in their order; nothing else is ever found. */

import type { Node, SelectStmt } from 'libpg-query';
import type { ReadableColumn, ReadableRelation, StatementBounds } from '../bounds.ts';
import type { Expression, OutputColumn, Query, Window } from '../query.ts';
import { refuse } from '../refusal.ts';

/** What all parts of one statement share. */
export interface StatementReading {
	bounds: StatementBounds;
	/** Relations that were read, each once. */
	used: Set<ReadableRelation>;
	/** The two that all parts need, and that need all parts. */
	expression(node: Node, scope: NameScope): Expression;
	query(statement: SelectStmt, around: QueryPlace): ReadQuery;
}

/** Where a query stands: what its inside may name besides its own. */
export interface QueryPlace {
	reading: StatementReading;
	outer: NameScope | null;
	withNames: WithNames | null;
}

export interface ReadQuery {
	query: Query;
	columns: OutputColumn[];
}

/** WITH names that may be used here, the newest first: a list and no set, so that a name of one subquery excuses none elsewhere. */
export interface WithNames {
	name: string;
	columns: readonly OutputColumn[];
	next: WithNames | null;
}

export interface RowSource {
	alias: string;
	columns: readonly OutputColumn[];
}

export interface NameScope {
	reading: StatementReading;
	outer: NameScope | null;
	withNames: WithNames | null;
	sources: RowSource[];
	/** What a name without a source may mean, in the order of `*`: a column of two sources that USING made one stands there once. */
	visible: VisibleColumn[];
	windows: Map<string, Window>;
}

export interface VisibleColumn {
	name: string;
	expression: Expression;
}

export function createScope(reading: StatementReading, outer: NameScope | null, withNames: WithNames | null): NameScope {
	return { reading, outer, withNames, sources: [], visible: [], windows: new Map() };
}

/** An alias means one thing all the way out, or is written the same: databases do not agree whether `O` is `o`. */
export function addSource(scope: NameScope, source: RowSource): void {
	if (scope.sources.some(({ alias }) => sameName(alias, source.alias))) refuse('ambiguous-column', source.alias);
	for (let outer = scope.outer; outer !== null; outer = outer.outer)
		if (outer.sources.some(({ alias }) => alias !== source.alias && sameName(alias, source.alias)))
			refuse('ambiguous-column', source.alias);
	scope.sources.push(source);
}

export function findWithName(scope: NameScope, name: string): WithNames | null {
	for (let entry = scope.withNames; entry !== null; entry = entry.next) if (entry.name === name) return entry;
	return null;
}

/** By its name as it is, or in other case when only one is meant: PostgreSQL reads `Customers` as `customers`. */
export function findRelation(bounds: StatementBounds, schema: string | null, name: string): ReadableRelation {
	const inSchema = bounds.relations.filter((relation) => schema === null || sameName(relation.schema ?? '', schema));
	const [found, another] = named(inSchema, name);
	if (found === undefined || another !== undefined) refuse('unknown-relation', schema === null ? name : `${schema}.${name}`);
	return found;
}

export function findColumn(scope: NameScope, name: string): Expression {
	for (let here: NameScope | null = scope; here !== null; here = here.outer) {
		const found = visibleAs(here.visible, name);
		if (found.length > 1) refuse('ambiguous-column', name);
		if (found[0] !== undefined) return found[0];
	}
	refuse('unknown-column', name);
}

export function visibleAs(visible: readonly VisibleColumn[], name: string): Expression[] {
	return named(visible, name).map(({ expression }) => expression);
}

export function findColumnOf(scope: NameScope, alias: string, name: string): Expression {
	const [column, another] = columnsOf(findSource(scope, alias), name);
	if (another !== undefined) refuse('ambiguous-column', `${alias}.${name}`);
	return column ?? refuse('unknown-column', `${alias}.${name}`);
}

/** The innermost source of that name. */
export function findSource(scope: NameScope, alias: string): RowSource {
	for (let here: NameScope | null = scope; here !== null; here = here.outer) {
		const source = here.sources.find((candidate) => sameName(candidate.alias, alias));
		if (source !== undefined) return source;
	}
	refuse('unknown-relation', alias);
}

function columnsOf(source: RowSource, name: string): Expression[] {
	return named(source.columns, name).map((column) => columnExpression(source, column));
}

export function columnExpression({ alias }: RowSource, { name, type }: OutputColumn): Expression {
	return { kind: 'column', source: alias, name, type: shownType(type) };
}

/** Of an expression without a type, as NULL, text comes out; an interval is shown as it is written. */
export function shownType(type: OutputColumn['type']): ReadableColumn['type'] {
	if (type === 'null') return 'text';
	return type === 'interval' ? 'other' : type;
}

export function sameName(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/** As it is written, or else in other case. */
function named<Named extends { name: string }>(candidates: readonly Named[], name: string): Named[] {
	const exact = candidates.filter((candidate) => candidate.name === name);
	return exact.length > 0 ? exact : candidates.filter((candidate) => sameName(candidate.name, name));
}
