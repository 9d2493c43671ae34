/** SELECT with its sources and conditions, and several put together. */

import type { FromItem, Query, Select, SetOperation } from '../query.ts';
import { printName } from './literals.ts';
import { cannotSay, type Printer } from './printer.ts';

/** `top` stands behind SELECT, where a dialect limits so. */
export function printBody(body: Select | SetOperation, printer: Printer, top: string): string {
	return body.kind === 'select' ? printSelect(body, printer, top) : printSetOperation(body, printer);
}

function printSelect(select: Select, printer: Printer, top: string): string {
	const { rules, value, condition } = printer;
	const items = select.items.map(({ expression, name }) => `${value(expression)} AS ${printName(name, rules)}`);
	return [
		`SELECT ${select.distinct ? 'DISTINCT ' : ''}${top}${items.join(', ')}`,
		select.from.length === 0 ? '' : ` FROM ${select.from.map((item) => printSource(item, printer)).join(' CROSS JOIN ')}`,
		select.where === null ? '' : ` WHERE ${condition(select.where)}`,
		select.groupBy.length === 0 ? '' : ` GROUP BY ${select.groupBy.map(value).join(', ')}`,
		select.having === null ? '' : ` HAVING ${condition(select.having)}`,
	].join('');
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
	const [first, second] = [left, right].map((side) => printSource(side, printer));
	const join = `${first} ${type.toUpperCase()} JOIN ${right.kind === 'join' ? `(${second})` : second}`;
	return on === null ? join : `${join} ON ${printer.condition(on)}`;
}

/** Each side as a source of its own, since databases do not agree which of several goes first, nor take brackets. */
function printSetOperation({ kind, all, left, right }: SetOperation, printer: Printer): string {
	if (all && kind !== 'union' && !printer.rules.knowsAll) cannotSay(`${kind.toUpperCase()} ALL`);
	const [first, second] = [left, right].map((side) => printSide(side, printer));
	return `${first} ${kind.toUpperCase()}${all ? ' ALL' : ''} ${second}`;
}

function printSide(side: Query, printer: Printer): string {
	const isPlain =
		side.body.kind === 'select' && side.limit === null && side.offset === null && side.with.length === 0 && side.orderBy.length === 0;
	if (isPlain) return printer.query(side);
	return printer.rules.family === 'postgresql'
		? `(${printer.query(side)})`
		: `SELECT * FROM (${printer.query(side)}) AS ${printName('side', printer.rules)}`;
}
