/** FROM: relations that may be read, WITH names, queries within, and their joins. */

import type { JoinExpr, Node, RangeSubselect, RangeVar } from 'libpg-query';
import type { Expression, FromItem, OutputColumn } from '../query.ts';
import { refuse } from '../refusal.ts';
import { alike, needCondition } from '../types.ts';
import { givenName, namesOf, only } from './names.ts';
import { renamed } from './renamed.ts';
import { addSource, columnExpression, findRelation, findWithName, type NameScope, type VisibleColumn, visibleAs } from './scope.ts';

interface ReadSource {
	item: FromItem;
	visible: VisibleColumn[];
}

/** Adds to the scope what the sources make visible. */
export function readFrom(nodes: readonly Node[] | undefined, scope: NameScope): FromItem[] {
	return (nodes ?? []).map((node) => {
		const { item, visible } = readSource(node, scope);
		scope.visible.push(...visible);
		return item;
	});
}

function readSource(node: Node, scope: NameScope): ReadSource {
	if ('RangeVar' in node) return readNamed(node.RangeVar, scope);
	if ('RangeSubselect' in node) return readDerived(node.RangeSubselect, scope);
	return readJoin(only(node, 'JoinExpr'), scope);
}

function readNamed({ schemaname, relname = '', inh, alias }: RangeVar, scope: NameScope): ReadSource {
	if (inh !== true) refuse('construct', 'ONLY');
	if (alias?.colnames !== undefined) refuse('construct', 'Alias.colnames');
	const called = givenName(alias?.aliasname ?? relname);
	const common = schemaname === undefined ? findWithName(scope, relname) : null;
	if (common !== null) return shown({ kind: 'with', name: common.name, alias: called }, called, common.columns, scope);
	const relation = findRelation(scope.reading.bounds, schemaname ?? null, relname);
	scope.reading.used.add(relation);
	return shown({ kind: 'relation', relation, alias: called }, called, relation.columns, scope);
}

function readDerived({ subquery, alias, lateral }: RangeSubselect, scope: NameScope): ReadSource {
	if (lateral === true) refuse('construct', 'LATERAL');
	if (alias?.aliasname === undefined) refuse('construct', 'subquery without a name');
	const { reading, outer, withNames } = scope;
	const { query, columns } = renamed(reading.query(only(subquery, 'SelectStmt'), { reading, outer, withNames }), namesOf(alias.colnames));
	const called = givenName(alias.aliasname);
	return shown({ kind: 'derived', query, alias: called }, called, columns, scope);
}

function shown(item: FromItem, alias: string, columns: readonly OutputColumn[], scope: NameScope): ReadSource {
	const source = { alias, columns };
	addSource(scope, source);
	return { item, visible: columns.map((column) => ({ name: column.name, expression: columnExpression(source, column) })) };
}

const joinTypes = { JOIN_INNER: 'inner', JOIN_LEFT: 'left', JOIN_RIGHT: 'right', JOIN_FULL: 'full' } as const;

function readJoin(join: JoinExpr, scope: NameScope): ReadSource {
	const { jointype = '', larg, rarg, quals, usingClause } = join;
	if (larg === undefined || rarg === undefined || !Object.hasOwn(joinTypes, jointype)) refuse('construct', 'JoinExpr');
	const type = joinTypes[jointype as keyof typeof joinTypes];
	const before = scope.sources.length;
	const left = readSource(larg, scope);
	const right = readSource(rarg, scope);
	if (usingClause !== undefined) return joinUsing(type, left, right, namesOf(usingClause));
	const visible = [...left.visible, ...right.visible];
	if (quals === undefined) return { item: { kind: 'join', type: 'cross', left: left.item, right: right.item, on: null }, visible };
	// ON sees the two sides of its join, and none beside it.
	const on = needCondition(scope.reading.expression(quals, { ...scope, visible, sources: scope.sources.slice(before) }));
	return { item: { kind: 'join', type, left: left.item, right: right.item, on }, visible };
}

/** USING is written as ON, which every database reads alike. */
function joinUsing(type: 'inner' | 'left' | 'right' | 'full', left: ReadSource, right: ReadSource, names: readonly string[]): ReadSource {
	if (type === 'full') refuse('construct', 'FULL JOIN with USING');
	const pairs = names.map((name) => ({ name, left: one(left.visible, name), right: one(right.visible, name) }));
	const equalities = pairs.map((pair): Expression => {
		const [first, second] = alike([pair.left, pair.right]).expressions;
		if (first === undefined || second === undefined) refuse('types', pair.name);
		return { kind: 'compare', operator: '=', left: first, right: second };
	});
	const [equality] = equalities;
	if (equality === undefined) refuse('construct', 'USING');
	const on: Expression = equalities.length === 1 ? equality : { kind: 'logic', operator: 'and', operands: equalities };
	const merged = pairs.map((pair) => ({ name: pair.name, expression: type === 'right' ? pair.right : pair.left }));
	const gone = new Set(pairs.flatMap((pair) => [pair.left, pair.right]));
	const rest = [...left.visible, ...right.visible].filter(({ expression }) => !gone.has(expression));
	return { item: { kind: 'join', type, left: left.item, right: right.item, on }, visible: [...merged, ...rest] };
}

function one(visible: readonly VisibleColumn[], name: string): Expression {
	const [found, another] = visibleAs(visible, name);
	if (another !== undefined) refuse('ambiguous-column', name);
	return found ?? refuse('unknown-column', name);
}
