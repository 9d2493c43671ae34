/** A query with its WITH names, order and limits. */

import type { OutputColumn, Query, Select } from '../query.ts';
import { fill } from './dialect-rules.ts';
import { printName } from './literals.ts';
import { needOwnNames, outputNames } from './output-names.ts';
import { printKey, printOrder } from './print-aggregate.ts';
import { printBody } from './print-select.ts';
import { cannotSay, type Printer } from './printer.ts';

/** What holds for the whole statement, and not for a query within it. */
export interface Outermost {
	mostRows: number;
	columns: readonly OutputColumn[];
}

export function printQuery(query: Query, printer: Printer, outermost: Outermost | null): string {
	if (query.with.length > 0 && outermost === null && !printer.rules.knowsInnerWith) cannotSay('WITH within a query');
	const named = query.with.map((entry) => `${printName(entry.name, printer.rules)} AS (${printer.query(entry.query)})`);
	return `${named.length === 0 ? '' : `WITH ${named.join(', ')} `}${printLimited(query, printer, outermost)}`;
}

interface Bounds {
	limit: number | null;
	offset: number | null;
	order: string;
}

function printLimited(query: Query, printer: Printer, outermost: Outermost | null): string {
	const { rules } = printer;
	const limit = outermost === null ? query.limit : Math.min(query.limit ?? outermost.mostRows, outermost.mostRows);
	const { order, select } = needsShell(query, printer, outermost)
		? printShell(query, printer, outermost)
		: printPlain(query, printer, outermost);
	// SQL Server takes no order within a query that has no limit, where it orders nothing.
	const kept = rules.limitsByTop && limit === null && query.offset === null ? '' : order;
	return printBounds({ limit, offset: query.offset, order: kept }, select, printer);
}

interface Ordered {
	order: string;
	select: (top: string) => string;
}

function printPlain(query: Query, printer: Printer, outermost: Outermost | null): Ordered {
	return {
		order: printQueryOrder(query, printer, outermost),
		select: (top) => printBody(query.body, printer, { top, isShown: outermost !== null }),
	};
}

function printQueryOrder({ orderBy, orderByOutput, body, limit }: Query, printer: Printer, outermost: Outermost | null): string {
	if (body.kind !== 'select') {
		if (orderByOutput.length === 0) return '';
		return ` ORDER BY ${orderByOutput.map((key) => printKey(printName(key.name, printer.rules), key, printer)).join(', ')}`;
	}
	const isForReading = outermost !== null && limit === null;
	return printOrder(orderBy, body.distinct || (isForReading && isPlain(body)) ? inOwnOrder(printer, body) : printer);
}

/** What people read is sorted as their database sorts texts; what a limit cuts is cut alike everywhere. */
function inOwnOrder(printer: Printer, { distinct }: Select): Printer {
	const { rules } = printer;
	const own = { ...rules, orderedText: '{0}' };
	if (distinct) return { ...printer, rules: own };
	return {
		...printer,
		rules: own,
		value: (expression) =>
			expression.kind === 'column'
				? `${printName(expression.source, rules)}.${printName(expression.name, rules)}`
				: printer.value(expression),
	};
}

function isPlain({ groupBy, having }: Select): boolean {
	return groupBy.length === 0 && having === null;
}

/** Where an order can only be said of what comes out, or a limit of it, the query becomes the source of another. */
function needsShell({ body, orderBy, orderByOutput, limit, offset }: Query, { rules }: Printer, outermost: Outermost | null): boolean {
	if (body.kind === 'select' && !body.distinct) return false;
	const isOrdered = orderBy.length + orderByOutput.length > 0;
	const isLimited = outermost !== null || limit !== null;
	return (isOrdered && !rules.knowsNulls) || (rules.limitsByTop && (offset !== null || (body.kind !== 'select' && isLimited)));
}

function printShell(query: Query, printer: Printer, outermost: Outermost | null): Ordered {
	const { rules } = printer;
	const shell = printName('result', rules);
	const of = (name: string) => `${shell}.${printName(name, rules)}`;
	needOwnNames(query);
	const names = outputNames(query.body);
	const items = names.map((name, index) => {
		const isDecimal = outermost?.columns[index]?.type === 'decimal' && rules.shownDecimal !== '{0}';
		return isDecimal ? `${fill(rules.shownDecimal, of(name))} AS ${printName(name, rules)}` : of(name);
	});
	const ranked = rankedBy(query, names);
	const keys = ranked.keys.map((key) => printKey(of(key.name), key, printer));
	return {
		order: keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`,
		select: (top) => `SELECT ${top}${items.join(', ')} FROM (${printBody(ranked.body, printer, { top: '', isShown: false })}) AS ${shell}`,
	};
}

/** Keys by what comes out. What a plain SELECT is ordered by and does not show comes out as well, under a name that no statement gives. */
function rankedBy({ body, orderBy, orderByOutput }: Query, names: readonly string[]) {
	if (body.kind !== 'select') return { body, keys: orderByOutput };
	const items = [...body.items];
	const keys = orderBy.map(({ by, ...key }, index) => {
		const position = items.findIndex(({ expression }) => JSON.stringify(expression) === JSON.stringify(by));
		if (position >= 0) return { ...key, name: items[position]?.name ?? names[position] ?? '' };
		items.push({ expression: by, name: `order ${index + 1}` });
		return { ...key, name: `order ${index + 1}` };
	});
	return { body: { ...body, items }, keys };
}

function printBounds({ limit, offset, order }: Bounds, select: (top: string) => string, { rules }: Printer): string {
	if (!rules.limitsByTop) {
		// MariaDB has no OFFSET without LIMIT, and its page says to take the greatest number there is.
		const limited =
			limit === null ? (offset === null || rules.family === 'postgresql' ? '' : ' LIMIT 9223372036854775807') : ` LIMIT ${limit}`;
		return `${select('')}${order}${limited}${offset === null ? '' : ` OFFSET ${offset}`}`;
	}
	// FETCH takes no 0.
	if (offset === null || limit === 0) return `${select(limit === null ? '' : fill('TOP ({0}) ', `${limit}`))}${order}`;
	const fetched = limit === null ? '' : ` FETCH NEXT ${limit} ROWS ONLY`;
	return `${select('')}${order === '' ? ' ORDER BY (SELECT NULL)' : order} OFFSET ${offset} ROWS${fetched}`;
}
