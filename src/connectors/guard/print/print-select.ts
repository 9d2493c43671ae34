/** SELECT with its sources and conditions, and several put together. */

import { aggregatesIn, columnsIn, queriesIn } from '../parts.ts';
import type { FromItem, Query, Select, SetOperation } from '../query.ts';
import { typeOf } from '../types.ts';
import { fill } from './dialect-rules.ts';
import { printName } from './literals.ts';
import { needOwnNames } from './output-names.ts';
import { cannotSay, type Printer } from './printer.ts';

export interface SelectHead {
	/** Stands behind SELECT, where a dialect limits so. */
	top: string;
	/** Whether its values are what is shown, and no source of another query. */
	isShown: boolean;
}

export function printBody(body: Select | SetOperation, printer: Printer, head: SelectHead): string {
	return body.kind === 'select' ? printSelect(body, printer, head) : printSetOperation(body, printer);
}

function printSelect(select: Select, printer: Printer, { top, isShown }: SelectHead): string {
	const { rules, value, condition } = printer;
	if (rules.family === 'sqlserver') needSqlServerGroups(select);
	const items = select.items.map(({ expression, name }) => {
		const shown = isShown && typeOf(expression) === 'decimal' ? fill(rules.shownDecimal, value(expression)) : value(expression);
		return `${shown} AS ${printName(name, rules)}`;
	});
	return [
		`SELECT ${select.distinct ? 'DISTINCT ' : ''}${top}${items.join(', ')}`,
		select.from.length === 0 ? '' : ` FROM ${select.from.map((item, index) => printSide(item, printer, index > 0)).join(' CROSS JOIN ')}`,
		select.where === null ? '' : ` WHERE ${condition(select.where)}`,
		select.groupBy.length === 0 ? '' : ` GROUP BY ${printGroups(select, printer)}`,
		select.having === null ? '' : ` HAVING ${condition(select.having)}`,
	].join('');
}

/** What SQL Server does not take ("GROUP BY", "STRING_AGG"), and others do. */
function needSqlServerGroups({ items, groupBy, having }: Select): void {
	if (queriesIn(groupBy).length > 0) cannotSay('GROUP BY of a query');
	if (groupBy.some((key) => columnsIn(key).length === 0)) cannotSay('GROUP BY of what has no column');
	const joined = aggregatesIn([items, having]).filter(({ name, orderBy }) => name === 'string_agg' && orderBy.length > 0);
	if (new Set(joined.map(({ orderBy }) => JSON.stringify(orderBy))).size > 1) cannotSay('string_agg in two orders');
}

/**
 * A query beside groups may name what they are by. SQL Server looks for the column there, not for what is made of it, so the column itself is a group
 * too: where all characters are the same it is the same, so there are no more groups than before.
 */
function printGroups({ items, groupBy, having }: Select, { rules, value }: Printer): string {
	const groups = groupBy.map(value);
	if (rules.family !== 'sqlserver' || queriesIn([items, having]).length === 0) return groups.join(', ');
	const columns = groupBy.flatMap((key) =>
		key.kind === 'column' ? [`${printName(key.source, rules)}.${printName(key.name, rules)}`] : [],
	);
	return [...new Set([...groups, ...columns])].join(', ');
}

function printSource(item: FromItem, printer: Printer): string {
	const { rules } = printer;
	switch (item.kind) {
		case 'relation': {
			const { schema, name } = item.relation;
			const qualified = schema === null ? printName(name, rules) : `${printName(schema, rules)}.${printName(name, rules)}`;
			return `${qualified} AS ${printName(item.alias, rules)}`;
		}
		case 'with':
			return `${printName(item.name, rules)} AS ${printName(item.alias, rules)}`;
		case 'derived':
			return `(${printer.query(item.query)}) AS ${printName(item.alias, rules)}`;
		case 'join':
			return printJoin(item, printer);
	}
}

function printJoin({ type, left, right, on }: Extract<FromItem, { kind: 'join' }>, printer: Printer): string {
	if (type === 'full' && !printer.rules.knowsFullJoin) cannotSay('FULL JOIN');
	const join = `${printSource(left, printer)} ${type.toUpperCase()} JOIN ${printSide(right, printer, true)}`;
	return on === null ? join : `${join} ON ${printer.condition(on)}`;
}

/** Another join behind a JOIN is one of its own, whose rows do not depend on those before it. */
function printSide(item: FromItem, printer: Printer, isBehind: boolean): string {
	return isBehind && item.kind === 'join' ? `(${printSource(item, printer)})` : printSource(item, printer);
}

/** Each side as a source of its own, since databases do not agree which of several goes first, nor take brackets. */
function printSetOperation({ kind, all, left, right }: SetOperation, printer: Printer): string {
	if (all && kind !== 'union' && !printer.rules.knowsAll) cannotSay(`${kind.toUpperCase()} ALL`);
	const [first, second] = [left, right].map((side) => printOperand(side, printer));
	return `${first} ${kind.toUpperCase()}${all ? ' ALL' : ''} ${second}`;
}

function printOperand(side: Query, printer: Printer): string {
	const isPlain =
		side.body.kind === 'select' && side.limit === null && side.offset === null && side.with.length === 0 && side.orderBy.length === 0;
	if (isPlain) return printer.query(side);
	if (printer.rules.family === 'postgresql') return `(${printer.query(side)})`;
	needOwnNames(side);
	return `SELECT * FROM (${printer.query(side)}) AS ${printName('side', printer.rules)}`;
}
