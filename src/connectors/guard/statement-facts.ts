/** What a checked statement asks for, for whoever explains its result: which values it filters by, and which columns it reads. */

import type { ColumnType, ReadableRelation, StatementBounds } from './bounds.ts';
import { loadGrammar, parseSelect } from './parse.ts';
import type { Expression, FromItem, Select } from './query.ts';
import { readTree } from './read/read.ts';

export interface FilteredColumn {
	relation: string;
	column: string;
	type: ColumnType;
}

/** What every row has to be. `anyCase`: capital letters do not count. */
export type StatementFilter = FilteredColumn & ({ kind: 'value'; value: string; anyCase: boolean } | { kind: 'from'; moment: string });

export interface StatementFacts {
	/** Of conditions that hold for every row; those of other branches are left out. */
	filters: StatementFilter[];
	/** Wherever they stand, each once. */
	columns: FilteredColumn[];
}

/** @param text that `guardStatement` has printed within these bounds. @throws RefusedStatement for any other. */
export async function statementFacts(text: string, bounds: StatementBounds): Promise<StatementFacts> {
	const { query } = readTree(parseSelect(await loadGrammar(), text), bounds);
	const parts = partsIn(query);
	const sources = parts.filter(isRelation);
	const find = ({ source, name }: ColumnExpression): FilteredColumn[] =>
		sources
			.filter(({ alias, relation }) => alias === source && relation.columns.some((column) => column.name === name))
			.map(({ relation }) => foundIn(relation, name));
	const columns = parts.filter(isColumn).flatMap(find);
	const filters = parts
		.filter(isSelect)
		.flatMap(conditionsOf)
		.flatMap((condition) => filtersIn(condition, find));
	return { filters, columns: [...new Map(columns.map((column) => [`${column.relation}.${column.column}`, column])).values()] };
}

type ColumnExpression = Extract<Expression, { kind: 'column' }>;
type RelationItem = Extract<FromItem, { kind: 'relation' }>;
type Find = (column: ColumnExpression) => FilteredColumn[];
interface Part {
	kind?: unknown;
}

function foundIn({ name: relation, columns }: ReadableRelation, name: string): FilteredColumn {
	return { relation, column: name, type: columns.find((column) => column.name === name)?.type ?? 'other' };
}

/** Everything in the tree but what relations are declared as. */
function partsIn(part: unknown): Part[] {
	if (typeof part !== 'object' || part === null) return [];
	const within = Object.entries(part).flatMap(([field, value]) => (field === 'relation' ? [] : partsIn(value)));
	return [part, ...within];
}

const isRelation = (part: Part): part is RelationItem => part.kind === 'relation' && 'alias' in part;
const isColumn = (part: Part): part is ColumnExpression => part.kind === 'column';
const isSelect = (part: Part): part is Select => part.kind === 'select' && 'items' in part;

function conditionsOf({ from, where }: Select): Expression[] {
	return [...from.flatMap(joinedOn), ...(where === null ? [] : [where])];
}

/** What an outer join looks for leaves rows out of one side alone. */
function joinedOn(item: FromItem): Expression[] {
	if (item.kind !== 'join') return [];
	const own = item.on === null || item.type !== 'inner' ? [] : [item.on];
	return [...own, ...joinedOn(item.left), ...joinedOn(item.right)];
}

function filtersIn(condition: Expression, find: Find): StatementFilter[] {
	switch (condition.kind) {
		case 'logic':
			return condition.operator === 'and' ? condition.operands.flatMap((operand) => filtersIn(operand, find)) : [];
		case 'compare':
			return compared(condition.left, condition.operator, condition.right, find);
		case 'in-list':
			return condition.negated || condition.items.length > 1
				? []
				: condition.items.flatMap((item) => compared(condition.operand, '=', item, find));
		case 'between':
			return condition.negated ? [] : compared(condition.operand, '>=', condition.low, find);
		case 'like': {
			const { negated, anyCase, operand, pattern } = condition;
			const isWhole = pattern.kind === 'text' && !/[%_\\]/.test(pattern.value);
			return negated || !isWhole
				? []
				: compared(operand, '=', pattern, find).map((filter) => ({ ...filter, ...(anyCase ? { anyCase } : {}) }));
		}
		default:
			return [];
	}
}

function compared(left: Expression, operator: string, right: Expression, find: Find): StatementFilter[] {
	const { column, anyCase } = columnWithin(left);
	if (column === null) return [];
	if (operator === '=' && right.kind === 'text') {
		return find(column).map((found) => ({ ...found, kind: 'value', value: right.value, anyCase }));
	}
	const isFrom = right.kind === 'moment' && ['=', '>', '>='].includes(operator);
	return isFrom ? find(column).map((found) => ({ ...found, kind: 'from', moment: right.value })) : [];
}

/** As it is, or in small or large letters. */
function columnWithin(expression: Expression): { column: ColumnExpression | null; anyCase: boolean } {
	if (expression.kind === 'column') return { column: expression, anyCase: false };
	const [inner] = expression.kind === 'call' && ['lower', 'upper'].includes(expression.name) ? expression.parameters : [];
	return inner?.kind === 'column' ? { column: inner, anyCase: true } : { column: null, anyCase: false };
}
