/** Expressions as conditions. */

import type { Expression, Predicate, TruthTest } from '../query.ts';
import { typeOf } from '../types.ts';
import { fill } from './dialect-rules.ts';
import { printLike } from './print-like.ts';
import { cannotSay, type Printer } from './printer.ts';

export const predicateKinds = [
	'compare',
	'same',
	'logic',
	'not',
	'is-null',
	'is-truth',
	'in-list',
	'in-query',
	'exists',
	'between',
	'like',
] as const satisfies readonly Predicate['kind'][];

export function printPredicate(predicate: Predicate, printer: Printer): string {
	const { value, condition, query } = printer;
	switch (predicate.kind) {
		case 'compare':
			return printComparison(predicate, printer);
		case 'same':
			needLocalTimes([predicate.left, predicate.right], printer);
			return negate(predicate.negated, fill(printer.rules.same, value(predicate.left), value(predicate.right)));
		case 'logic':
			return `(${predicate.operands.map(condition).join(` ${predicate.operator.toUpperCase()} `)})`;
		case 'not':
			return `(NOT ${condition(predicate.operand)})`;
		case 'is-null':
			return `(${value(predicate.operand)} IS ${predicate.negated ? 'NOT ' : ''}NULL)`;
		case 'is-truth':
			return printTruthTest(predicate.test, predicate.operand, printer);
		case 'in-list':
			needLocalTimes([predicate.operand, ...predicate.items], printer);
			return `(${value(predicate.operand)} ${not(predicate.negated)}IN (${predicate.items.map(value).join(', ')}))`;
		case 'in-query':
			return `(${value(predicate.operand)} ${not(predicate.negated)}IN (${query(predicate.query)}))`;
		case 'exists':
			return `(EXISTS (${query(predicate.query)}))`;
		case 'between': {
			needLocalTimes([predicate.operand, predicate.low, predicate.high], printer);
			const [operand, low, high] = [predicate.operand, predicate.low, predicate.high].map((side) => printOrdered(side, printer));
			return `(${operand} ${not(predicate.negated)}BETWEEN ${low} AND ${high})`;
		}
		case 'like':
			return printLike(predicate, printer);
	}
}

/** Text that is compared by order, with the order of its characters. */
export function printOrdered(expression: Expression, { rules, value }: Printer): string {
	return typeOf(expression) === 'text' ? fill(rules.orderedText, value(expression)) : value(expression);
}

function not(negated: boolean): string {
	return negated ? 'NOT ' : '';
}

function negate(negated: boolean, printed: string): string {
	return negated ? `(NOT ${printed})` : printed;
}

function printComparison({ operator, left, right }: Extract<Predicate, { kind: 'compare' }>, printer: Printer): string {
	needLocalTimes([left, right], printer);
	const isOrder = operator !== '=' && operator !== '<>';
	const [first, second] = [left, right].map((side) => (isOrder ? printOrdered(side, printer) : printer.value(side)));
	return `(${first} ${operator} ${second})`;
}

/** Moments compare with each other everywhere; with a time without a zone only where the session's zone is the connector's. */
function needLocalTimes(sides: readonly Expression[], { rules }: Printer): void {
	const types = new Set(sides.map(typeOf));
	if (types.has('timestamptz') && types.size > 1 && !rules.knowsZones) cannotSay('comparison of times with and without a zone');
}

function printTruthTest(test: TruthTest, operand: Expression, { rules, condition }: Printer): string {
	const printed = condition(operand);
	if (rules.hasBooleans && rules.family !== 'sqlite') return `(${printed} IS ${test.toUpperCase()})`;
	const state = `CASE WHEN ${printed} THEN 1 WHEN NOT ${printed} THEN 0 ELSE 2 END`;
	const wanted = test.endsWith('true') ? 1 : test.endsWith('false') ? 0 : 2;
	return `(${state} ${test.startsWith('not') ? '<>' : '='} ${wanted})`;
}
