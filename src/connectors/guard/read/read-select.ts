/** One SELECT without its order: sources first, since all other parts name their columns. */

import type { Node, SelectStmt } from 'libpg-query';
import type { Expression, OutputColumn, Select, SelectItem } from '../query.ts';
import { refuse } from '../refusal.ts';
import { needCondition, typeOf } from '../types.ts';
import { givenName, namesOf, only } from './names.ts';
import { outputName } from './output-name.ts';
import { readFrom } from './read-from.ts';
import { readGroups } from './read-order.ts';
import { readWindows } from './read-window.ts';
import { columnExpression, createScope, findSource, type NameScope, type QueryPlace } from './scope.ts';

export function readSelect(statement: SelectStmt, around: QueryPlace): { select: Select; columns: OutputColumn[]; scope: NameScope } {
	const scope = createScope(around.reading, around.outer, around.withNames);
	const from = readFrom(statement.fromClause, scope);
	readWindows(statement.windowClause, scope);
	const items = (statement.targetList ?? []).flatMap((node, index) => readItem(node, scope, index));
	if (items.length === 0) refuse('construct', 'SELECT of nothing');
	const select: Select = {
		kind: 'select',
		distinct: isDistinct(statement.distinctClause),
		items,
		from,
		where: condition(statement.whereClause, scope),
		groupBy: readGroups(statement.groupClause, scope, items),
		having: condition(statement.havingClause, scope),
	};
	const columns = items.map(({ name, expression }) => ({ name, type: typeOf(expression) }));
	if (select.distinct) for (const { type } of columns) if (type === 'other' || type === 'interval') refuse('types', type);
	return { select, columns, scope };
}

/** DISTINCT is a list of nothing; with ON it has what it is on, which PostgreSQL alone knows. */
function isDistinct(clause: readonly Node[] | undefined): boolean {
	if (clause === undefined) return false;
	if (clause.some((node) => Object.keys(node).length > 0)) refuse('construct', 'DISTINCT ON');
	return true;
}

function condition(node: Node | undefined, scope: NameScope): Expression | null {
	if (node === undefined) return null;
	return needCondition(scope.reading.expression(node, scope));
}

function readItem(node: Node, scope: NameScope, index: number): SelectItem[] {
	const { name, val } = only(node, 'ResTarget');
	if (val === undefined) refuse('construct', 'ResTarget');
	const starred = readStar(val, scope);
	if (starred !== null) return starred;
	const expression = scope.reading.expression(val, scope);
	return [{ expression, name: givenName(name ?? outputName(val) ?? `column_${index + 1}`) }];
}

function readStar(node: Node, scope: NameScope): SelectItem[] | null {
	if (!('ColumnRef' in node)) return null;
	const fields = node.ColumnRef.fields ?? [];
	const last = fields.at(-1);
	if (last === undefined || !('A_Star' in last)) return null;
	if (fields.length === 1) return scope.visible.map(({ name, expression }) => ({ name, expression }));
	const [alias = ''] = namesOf(fields.slice(0, -1));
	if (fields.length > 2) refuse('construct', 'name of three parts');
	const source = findSource(scope, alias);
	return source.columns.map((column) => ({ name: column.name, expression: columnExpression(source, column) }));
}
