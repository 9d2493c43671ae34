/** ORDER BY and GROUP BY: positions and names of what comes out become what they stand for. */

import type { Node } from 'libpg-query';
import type { Expression, SelectItem, SortKey } from '../query.ts';
import { refuse } from '../refusal.ts';
import { typeOf } from '../types.ts';
import { constantInteger, namesOf, only } from './names.ts';
import { type NameScope, visibleAs } from './scope.ts';

/** `items` is null where nothing comes out, as within a window. */
export function readOrder(nodes: readonly Node[] | undefined, scope: NameScope, items: readonly SelectItem[] | null): SortKey[] {
	return (nodes ?? []).map((entry) => {
		const { node, sortby_dir, sortby_nulls } = only(entry, 'SortBy');
		if (node === undefined) refuse('construct', 'SortBy');
		const by = (items === null ? null : shownItem(node, items, 'ORDER BY')) ?? scope.reading.expression(node, scope);
		needOrder(by);
		const descending = sortby_dir === 'SORTBY_DESC';
		const usual = sortby_nulls === undefined || sortby_nulls === 'SORTBY_NULLS_DEFAULT';
		return { by, descending, nullsFirst: usual ? descending : sortby_nulls === 'SORTBY_NULLS_FIRST' };
	});
}

/** In GROUP BY a column of the sources goes before what comes out under the same name. */
export function readGroups(nodes: readonly Node[] | undefined, scope: NameScope, items: readonly SelectItem[]): Expression[] {
	return (nodes ?? []).map((node) => {
		const grouped = isOwnColumn(node, scope)
			? scope.reading.expression(node, scope)
			: (shownItem(node, items, 'GROUP BY') ?? scope.reading.expression(node, scope));
		if (['text', 'number', 'boolean', 'moment', 'null'].includes(grouped.kind)) refuse('construct', 'GROUP BY a constant');
		needOrder(grouped);
		return grouped;
	});
}

function isOwnColumn(node: Node, scope: NameScope): boolean {
	const name = bareName(node);
	return name !== null && visibleAs(scope.visible, name).length > 0;
}

function shownItem(node: Node, items: readonly SelectItem[], place: string): Expression | null {
	if ('A_Const' in node) {
		const position = constantInteger(node, place) ?? 0;
		return items[position - 1]?.expression ?? refuse('unknown-column', `${place} ${position}`);
	}
	const name = bareName(node);
	const named = items.filter((item) => item.name === name);
	if (new Set(named.map(({ expression }) => JSON.stringify(expression))).size > 1) refuse('ambiguous-column', name ?? '');
	return named[0]?.expression ?? null;
}

function bareName(node: Node): string | null {
	if (!('ColumnRef' in node) || node.ColumnRef.fields?.length !== 1) return null;
	const [field] = node.ColumnRef.fields;
	return field !== undefined && 'String' in field ? (namesOf([field])[0] ?? null) : null;
}

function needOrder(by: Expression): void {
	const type = typeOf(by);
	if (type === 'other' || type === 'interval') refuse('types', type);
}
