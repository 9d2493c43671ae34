/** Aggregates and window functions, with their DISTINCT, FILTER and OVER. */

import { aggregatesIn, columnsIn, queriesIn } from '../parts.ts';
import type { Aggregate, Expression, SortKey, Window } from '../query.ts';
import { typeOf } from '../types.ts';
import { fill } from './dialect-rules.ts';
import { printOrdered } from './print-predicate.ts';
import { cannotSay, type Printer } from './printer.ts';

export function printAggregate(aggregate: Aggregate, printer: Printer): string {
	const { rules, condition } = printer;
	if (rules.family === 'sqlserver' && queriesIn([aggregate.parameters, aggregate.filter]).length > 0)
		cannotSay(`${aggregate.name} of a query`);
	const over = aggregate.over === null ? '' : ` OVER (${printWindow(aggregate.over, printer)})`;
	const filter = aggregate.filter !== null && rules.knowsFilter ? ` FILTER (WHERE ${condition(aggregate.filter)})` : '';
	return `${printCore(aggregate, printer)}${filter}${over}`;
}

function printCore(aggregate: Aggregate, printer: Printer): string {
	const { rules } = printer;
	const { name, parameters, distinct } = aggregate;
	if (name === 'string_agg') return printJoined(aggregate, printer);
	const printed = parameters.map((parameter, index) =>
		index === 0 ? printFiltered(aggregate, parameter, printer) : printer.value(parameter),
	);
	if (name === 'count' && parameters.length === 0)
		printed.push(aggregate.filter === null || rules.knowsFilter ? '*' : `CASE WHEN ${printer.condition(aggregate.filter)} THEN 1 END`);
	return `${printFunction(name, rules.family)}(${distinct ? 'DISTINCT ' : ''}${printed.join(', ')})`;
}

function printFunction(name: string, family: Printer['rules']['family']): string {
	if (family === 'postgresql') return `pg_catalog.${name}`;
	if (family === 'sqlserver' && name === 'count') return 'COUNT_BIG';
	return name.toUpperCase();
}

/** Where there is no FILTER, what does not pass it is NULL, which no aggregate looks at. */
function printFiltered(aggregate: Aggregate, parameter: Expression, printer: Printer): string {
	const printed = printWide(aggregate.name, parameter, printer);
	if (aggregate.filter === null || printer.rules.knowsFilter) return printed;
	return `CASE WHEN ${printer.condition(aggregate.filter)} THEN ${printed} END`;
}

/** SQL Server sums whole numbers in their own size, and cuts their mean; PostgreSQL has an order of texts for min and max. */
function printWide(name: string, parameter: Expression, printer: Printer): string {
	const { rules, value } = printer;
	if (name === 'min' || name === 'max') return printOrdered(parameter, printer);
	if (rules.family !== 'sqlserver' || typeOf(parameter) === 'float') return value(parameter);
	if (name === 'avg') return fill(rules.casts.decimal ?? '', value(parameter));
	return name === 'sum' && typeOf(parameter) === 'integer' ? `CAST(${value(parameter)} AS bigint)` : value(parameter);
}

function printJoined(aggregate: Aggregate, printer: Printer): string {
	const { rules, value } = printer;
	const [text, separator] = aggregate.parameters;
	if (text === undefined || separator === undefined || aggregate.over !== null) cannotSay('string_agg');
	const printed = printFiltered(aggregate, text, printer);
	const order = printOrder(aggregate.orderBy, printer);
	if (rules.family === 'mysql') return `GROUP_CONCAT(${printed}${order} SEPARATOR ${value(separator)})`;
	if (rules.family === 'sqlserver')
		return `STRING_AGG(CAST(${printed} AS nvarchar(max)), ${value(separator)})${order === '' ? '' : ` WITHIN GROUP (${order.trim()})`}`;
	return `${rules.family === 'postgresql' ? 'pg_catalog.string_agg' : 'string_agg'}(${printed}, ${value(separator)}${order})`;
}

function printWindow({ partitionBy, orderBy, frame }: Window, printer: Printer): string {
	const partition = partitionBy.length === 0 ? '' : `PARTITION BY ${partitionBy.map(printer.value).join(', ')}`;
	const rows =
		frame === null
			? ''
			: ` ROWS BETWEEN ${frame.preceding === null ? 'UNBOUNDED' : frame.preceding} PRECEDING AND ${frame.end === 'current' ? 'CURRENT ROW' : 'UNBOUNDED FOLLOWING'}`;
	const order = printOrder(orderBy, printer);
	// What needs an order and has none that tells rows apart.
	return `${partition}${order === '' && orderBy.length > 0 ? ' ORDER BY (SELECT NULL)' : order}${rows}`.trim();
}

/** Begins with a space, or is nothing. */
export function printOrder(keys: readonly SortKey[], printer: Printer): string {
	const sorting = printer.rules.sortsByAnything ? keys : keys.filter(isSorting);
	if (sorting.length === 0) return '';
	return ` ORDER BY ${sorting.map((key) => printKey(printOrdered(key.by, printer), key, printer)).join(', ')}`;
}

/** What is not alike in all rows, nor sorted by before. */
function isSorting({ by }: SortKey, index: number, keys: readonly SortKey[]): boolean {
	if (columnsIn(by).length + aggregatesIn(by).length + queriesIn(by).length === 0) return false;
	return keys.findIndex((key) => JSON.stringify(key.by) === JSON.stringify(by)) === index;
}

/** PostgreSQL puts what is missing behind everything, and before it when it descends. The others are told so. */
export function printKey(by: string, { descending, nullsFirst }: Pick<SortKey, 'descending' | 'nullsFirst'>, { rules }: Printer): string {
	const direction = descending ? 'DESC' : 'ASC';
	if (rules.knowsNulls) return `${by} ${direction} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
	const missing = `CASE WHEN ${by} IS NULL THEN ${nullsFirst ? 0 : 1} ELSE ${nullsFirst ? 1 : 0} END`;
	return `${missing}, ${by} ${direction}`;
}
