/** One SELECT, or several put together, with its WITH names, order and limits. */

import type { Node, SelectStmt } from 'libpg-query';
import type { OutputColumn, Query, Select, SetOperation, SortKey, ValueType } from '../query.ts';
import { refuse } from '../refusal.ts';
import { commonType } from '../types.ts';
import { needGrouping } from './grouping.ts';
import { constantInteger, givenName, namesOf, only } from './names.ts';
import { readOrder } from './read-order.ts';
import { readSelect } from './read-select.ts';
import { renamed } from './renamed.ts';
import { type QueryPlace, type ReadQuery, type StatementReading, sameName, type WithNames } from './scope.ts';

export function readQuery(statement: SelectStmt, around: QueryPlace): ReadQuery {
	const named = readWith(statement, around);
	const inside = { ...around, withNames: named.names };
	const limits = {
		with: named.with,
		limit: constantInteger(statement.limitCount, 'LIMIT'),
		offset: constantInteger(statement.limitOffset, 'OFFSET'),
	};
	if (statement.op !== undefined && statement.op !== 'SETOP_NONE') {
		const { body, columns } = readSetOperation(statement, inside);
		const orderByOutput = (statement.sortClause ?? []).map((node) => outputKey(node, columns));
		return { query: { ...limits, body, orderBy: [], orderByOutput }, columns };
	}
	const { select, columns, scope } = readSelect(statement, inside);
	const orderBy = readOrder(statement.sortClause, scope, select.items).filter(isNoConstant);
	needGrouping(select, orderBy, scope);
	needDistinctOrder(select, orderBy);
	return { query: { ...limits, body: select, orderBy, orderByOutput: [] }, columns };
}

function readWith(statement: SelectStmt, around: QueryPlace): { with: Query['with']; names: WithNames | null } {
	let names = around.withNames;
	const read: Query['with'] = [];
	for (const node of statement.withClause?.ctes ?? []) {
		const { ctename, aliascolnames, ctequery } = only(node, 'CommonTableExpr');
		const name = givenName(ctename ?? '');
		needNewName(name, names, around.reading);
		if (ctequery === undefined || !('SelectStmt' in ctequery)) refuse('statement-kind', Object.keys(ctequery ?? {})[0] ?? 'nothing');
		const inner = readQuery(ctequery.SelectStmt, { ...around, withNames: names });
		const { query, columns } = renamed(inner, namesOf(aliascolnames));
		read.push({ name, query });
		names = { name, columns, next: names };
	}
	return { with: read, names };
}

/** A name that means nothing else here: databases do not agree what a WITH name hides, nor whether it may mean itself. */
function needNewName(name: string, names: WithNames | null, { bounds }: StatementReading): void {
	for (let entry = names; entry !== null; entry = entry.next) if (sameName(entry.name, name)) refuse('construct', `WITH ${name} twice`);
	if (bounds.relations.some((relation) => sameName(relation.name, name))) refuse('construct', `WITH ${name}, a relation`);
}

function readSetOperation(statement: SelectStmt, around: QueryPlace): { body: SetOperation; columns: OutputColumn[] } {
	const { op, larg, rarg } = statement;
	if (larg === undefined || rarg === undefined) refuse('construct', 'SelectStmt.op');
	const left = readQuery(larg, around);
	const right = readQuery(rarg, around);
	if (left.columns.length !== right.columns.length) refuse('types', 'columns of both sides');
	const columns = left.columns.map(({ name, type }, index) => ({ name, type: commonType(type, right.columns[index]?.type ?? 'null') }));
	for (const { type } of columns) needComparable(type);
	const kind = op === 'SETOP_UNION' ? 'union' : op === 'SETOP_INTERSECT' ? 'intersect' : 'except';
	return { body: { kind, all: statement.all === true, left: left.query, right: right.query }, columns };
}

function needComparable(type: ValueType): void {
	if (type === 'other' || type === 'interval') refuse('types', type);
}

/** Behind a set operation stand names of what comes out, or positions. */
function outputKey(node: Node, columns: readonly OutputColumn[]) {
	const { node: by, sortby_dir, sortby_nulls } = only(node, 'SortBy');
	const descending = sortby_dir === 'SORTBY_DESC';
	const nullsFirst =
		sortby_nulls === undefined || sortby_nulls === 'SORTBY_NULLS_DEFAULT' ? descending : sortby_nulls === 'SORTBY_NULLS_FIRST';
	return { name: outputName(by, columns), descending, nullsFirst };
}

function outputName(by: Node | undefined, columns: readonly OutputColumn[]): string {
	if (by !== undefined && 'A_Const' in by) {
		const position = constantInteger(by, 'ORDER BY') ?? 0;
		return columns[position - 1]?.name ?? refuse('unknown-column', `${position}`);
	}
	const names = namesOf(only(by, 'ColumnRef').fields);
	const [name = ''] = names;
	const found = columns.filter((column) => column.name === name);
	if (names.length !== 1 || found.length !== 1) refuse('unknown-column', names.join('.'));
	return name;
}

/** To sort by a constant sorts nothing, and printed it would be a position. */
function isNoConstant({ by }: SortKey): boolean {
	return !['text', 'number', 'boolean', 'moment', 'null'].includes(by.kind);
}

function needDistinctOrder(select: Select, orderBy: readonly SortKey[]): void {
	if (!select.distinct) return;
	const shown = new Set(select.items.map(({ expression }) => JSON.stringify(expression)));
	if (orderBy.some(({ by }) => !shown.has(JSON.stringify(by)))) refuse('construct', 'ORDER BY of DISTINCT');
}
