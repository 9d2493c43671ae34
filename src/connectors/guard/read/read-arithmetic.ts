/** What reckons: numbers, dates and lengths of time, and texts put together. */

import type { ArithmeticOperator, Expression, IntervalUnit } from '../query.ts';
import { refuse } from '../refusal.ts';
import { asType, commonType, isMoment, isNumber, toTimestamp, typeOf } from '../types.ts';

export const arithmetic = { reckon, shift };

function reckon(operator: ArithmeticOperator, left: Expression, right: Expression): Expression {
	const first = isNumber(typeOf(right)) ? asType(left, typeOf(right)) : left;
	if (isMoment(typeOf(first)) && (operator === '+' || operator === '-')) return ofDates(operator, first, right);
	const second = asType(right, isNumber(typeOf(first)) ? typeOf(first) : 'null');
	const types = [typeOf(first), typeOf(second)];
	if (types.some((type) => !isNumber(type) && type !== 'null')) refuse('types', `${types.join(` ${operator} `)}`);
	const type = commonType(typeOf(first), typeOf(second));
	if (operator === '/') return divide(first, second);
	if (operator === '%') return { kind: 'arithmetic', operator, left: first, right: notZero(second), type };
	return { kind: 'arithmetic', operator, left: first, right: second, type };
}

/** Never without its decimals, and nothing where it is by zero: alike in every database. */
function divide(left: Expression, right: Expression): Expression {
	const dividend: Expression = typeOf(left) === 'integer' ? { kind: 'cast', operand: left, to: { type: 'decimal', digits: null } } : left;
	return {
		kind: 'arithmetic',
		operator: '/',
		left: dividend,
		right: notZero(right),
		type: commonType(typeOf(dividend), typeOf(right)),
	};
}

function notZero(divisor: Expression): Expression {
	if (divisor.kind === 'number' && !/^-?[0.]+$/.test(divisor.value)) return divisor;
	const zero: Expression = { kind: 'number', type: 'integer', value: '0' };
	const isGuarded = divisor.kind === 'call' && divisor.name === 'nullif' && JSON.stringify(divisor.parameters[1]) === JSON.stringify(zero);
	return isGuarded ? divisor : { kind: 'call', name: 'nullif', parameters: [divisor, zero], type: typeOf(divisor) };
}

/** Days between two dates, or a date so many days later. Between two timestamps PostgreSQL has lengths of time, which the others do not. */
function ofDates(operator: '+' | '-', left: Expression, right: Expression): Expression {
	const second = asType(right, typeOf(left));
	const types = [typeOf(left), typeOf(second)];
	if (operator === '-' && types.every((type) => type === 'date')) return { kind: 'days-between', left, right: second };
	if (types[0] === 'date' && types[1] === 'integer')
		return { kind: 'shift', operand: left, sign: operator, amount: second, unit: 'day', type: 'date' };
	refuse('types', types.join(` ${operator} `));
}

/** A date with a length of time behind it is a timestamp, as in PostgreSQL. */
function shift(operand: Expression, sign: '+' | '-', amount: number, unit: IntervalUnit): Expression {
	const moment = operand.kind === 'text' ? refuse('types', `text ${sign} interval`) : typeOf(operand);
	if (moment !== 'date' && moment !== 'timestamp' && moment !== 'timestamptz') refuse('types', `${moment} ${sign} interval`);
	const steps: Expression = { kind: 'number', type: 'integer', value: `${amount}` };
	return { kind: 'shift', operand: toTimestamp(operand), sign, amount: steps, unit, type: moment === 'timestamptz' ? moment : 'timestamp' };
}

export function signed(name: string, operand: Expression): Expression {
	const type = typeOf(operand);
	if ((name !== '-' && name !== '+') || !isNumber(type)) refuse('operator', `${name} before ${type}`);
	return name === '+' ? operand : { kind: 'negative', operand, type };
}

/** Of texts and whole numbers; how other things are written depends on the database. */
export function concat(left: Expression, right: Expression): Expression {
	const types = [typeOf(left), typeOf(right)];
	if (!types.includes('text') || types.some((type) => type !== 'text' && type !== 'null' && type !== 'integer'))
		refuse('types', types.join(' || '));
	const [first, second] = [left, right].map(asText);
	return { kind: 'concat', left: first ?? left, right: second ?? right };
}

function asText(expression: Expression): Expression {
	return typeOf(expression) === 'integer' ? { kind: 'cast', operand: expression, to: { type: 'text', digits: null } } : expression;
}
