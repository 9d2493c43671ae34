/** Expressions as values: each part in brackets of its own, so that no dialect's precedence matters. */

import type { CastTarget, Expression, Predicate } from '../query.ts';
import { typeOf } from '../types.ts';
import { fill } from './dialect-rules.ts';
import { printLiteral, printName } from './literals.ts';
import { printAggregate } from './print-aggregate.ts';
import { printCall } from './print-call.ts';
import { predicateKinds } from './print-predicate.ts';
import { printShift } from './print-shift.ts';
import { cannotSay, type Printer } from './printer.ts';

export function printValue(expression: Expression, printer: Printer): string {
	const { rules, value } = printer;
	if (isPredicate(expression)) return printTruth(expression, printer);
	switch (expression.kind) {
		case 'column': {
			const name = `${printName(expression.source, rules)}.${printName(expression.name, rules)}`;
			return expression.type === 'text' ? fill(rules.textColumn, name) : name;
		}
		case 'negative':
			return `(- ${value(expression.operand)})`;
		case 'arithmetic':
			return printArithmetic(expression, printer);
		case 'concat':
			return fill(rules.concat, value(expression.left), value(expression.right));
		case 'shift':
			return printShift(expression, printer);
		case 'days-between':
			return fill(rules.daysBetween, value(expression.left), value(expression.right));
		case 'scalar':
			return `(${printer.query(expression.query)})`;
		case 'case':
			return printCase(expression, printer);
		case 'cast':
			return printCast(expression.operand, expression.to, printer);
		case 'call':
			return printCall(expression, printer);
		case 'aggregate':
			return printAggregate(expression, printer);
		default:
			return printLiteral(expression, rules);
	}
}

export function isPredicate(expression: Expression): expression is Predicate {
	return (predicateKinds as readonly string[]).includes(expression.kind);
}

/** What is true, false or neither, where a value is wanted. */
function printTruth(predicate: Predicate, { rules, condition }: Printer): string {
	const printed = condition(predicate);
	return rules.hasBooleans ? printed : `CAST(CASE WHEN ${printed} THEN 1 WHEN NOT ${printed} THEN 0 END AS bit)`;
}

function printArithmetic({ operator, left, right, type }: Extract<Expression, { kind: 'arithmetic' }>, { rules, value }: Printer): string {
	if (operator === '%' && (type === 'float' || (type !== 'integer' && !rules.knowsDecimalRemainder))) cannotSay(`remainder of ${type}s`);
	if (operator === '/') return fill(type === 'float' ? rules.floatDivision : rules.division, value(left), value(right));
	const isAdded = type === 'decimal' && (operator === '+' || operator === '-');
	const [first, second] = [left, right].map((side) => (isAdded ? fill(rules.addedDecimal, value(side)) : value(side)));
	return `(${first} ${operator} ${second})`;
}

function printCase({ branches, otherwise }: Extract<Expression, { kind: 'case' }>, { condition, value }: Printer): string {
	const printed = branches.map(({ when, result }) => `WHEN ${condition(when)} THEN ${value(result)}`);
	return `CASE ${printed.join(' ')}${otherwise === null ? '' : ` ELSE ${value(otherwise)}`} END`;
}

function printCast(operand: Expression, { type, digits }: CastTarget, { rules, value }: Printer): string {
	const from = typeOf(operand);
	if (from === 'timestamptz' && !rules.knowsZones) cannotSay('conversion of a time with a zone');
	if (digits !== null) return fill(rules.casts.digits ?? '', value(operand), `${digits.precision}`, `${digits.scale}`);
	const special = from === 'null' ? undefined : rules.casts[`${from}>${type}`];
	const template = special ?? rules.casts[type];
	if (template === undefined) cannotSay(`conversion to ${type}`);
	return fill(template, value(operand));
}
