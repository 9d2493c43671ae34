/** Which types go together, and what a literal becomes beside another type. */

import type { Expression, ValueType } from './query.ts';
import { refuse } from './refusal.ts';

const numbers: readonly ValueType[] = ['integer', 'decimal', 'float'];
const moments: readonly ValueType[] = ['date', 'timestamp', 'timestamptz'];

export const isNumber = (type: ValueType) => numbers.includes(type);
export const isMoment = (type: ValueType) => moments.includes(type);

export function typeOf(expression: Expression): ValueType {
	switch (expression.kind) {
		case 'text':
		case 'concat':
			return 'text';
		case 'null':
			return 'null';
		case 'days-between':
			return 'integer';
		case 'cast':
			return expression.to.type;
		default:
			return 'type' in expression ? expression.type : 'boolean';
	}
}

export function needCondition(expression: Expression): Expression {
	const type = typeOf(expression);
	if (type !== 'boolean' && type !== 'null') refuse('types', `${type} as a condition`);
	return expression;
}

/** The wider of two types, as both sides of a comparison or two results of a CASE need one. */
export function commonType(one: ValueType, other: ValueType): ValueType {
	if (one === other || other === 'null') return one;
	if (one === 'null') return other;
	for (const family of [numbers, moments])
		if (family.includes(one) && family.includes(other)) return family[Math.max(family.indexOf(one), family.indexOf(other))] ?? one;
	refuse('types', `${one} and ${other}`);
}

/** Values that shall be comparable: texts that stand beside dates or numbers become what they stand for. What is `other` compares with nothing. */
export function alike(expressions: readonly Expression[]): { expressions: Expression[]; type: ValueType } {
	const typed = expressions.filter(({ kind }) => kind !== 'text' && kind !== 'null').map(typeOf);
	const wanted = typed.reduce<ValueType>(commonType, 'null');
	if (typed.some((type) => type === 'other' || type === 'interval') && expressions.length > 1) refuse('types', wanted);
	const adapted = expressions
		.map((expression) => asType(expression, wanted))
		.map((expression) => (wanted === 'timestamp' ? toTimestamp(expression) : expression));
	return { expressions: adapted, type: adapted.map(typeOf).reduce<ValueType>(commonType, 'null') };
}

/** A date as the moment at which it begins. */
export function toTimestamp(expression: Expression): Expression {
	if (typeOf(expression) !== 'date') return expression;
	if (expression.kind === 'moment') return { ...expression, type: 'timestamp', value: `${expression.value} 00:00:00` };
	return { kind: 'cast', operand: expression, to: { type: 'timestamp', digits: null } };
}

/** A text literal as a date, time or number where one of these is meant, as PostgreSQL reads it; everything else stays. */
export function asType(expression: Expression, type: ValueType): Expression {
	if (expression.kind !== 'text') return expression;
	if (isMoment(type)) return momentLiteral(expression.value, type === 'date' ? 'date' : 'timestamp');
	if (isNumber(type)) return numberLiteral(expression.value);
	if (type === 'boolean') return booleanLiteral(expression.value);
	return expression;
}

/** `YYYY-MM-DD`, with a time for timestamps. Other ways to write a date depend on the server's settings. */
export function momentLiteral(text: string, type: 'date' | 'timestamp'): Expression {
	const [, date, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text.trim()) ?? [];
	const whole = time.length === 5 ? `${time}:00` : time;
	if (date === undefined || !isRealTime(date, whole)) refuse('literal', type);
	return { kind: 'moment', type, value: type === 'date' ? date : `${date} ${whole}` };
}

function isRealTime(date: string, time: string): boolean {
	const read = new Date(`${date}T${time}Z`);
	return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(`${date}T${time}`) && !date.startsWith('0000');
}

/** As many digits as the widest decimals of the databases have. */
const mostDigits = 38;

export function numberLiteral(text: string): Expression {
	const trimmed = text.trim();
	if (!/^-?\d+(\.\d+)?$/.test(trimmed) || trimmed.length > mostDigits) refuse('literal', 'number');
	// Beyond 18 digits no database has integers.
	const isInteger = /^-?\d{1,18}$/.test(trimmed);
	return { kind: 'number', type: isInteger ? 'integer' : 'decimal', value: trimmed };
}

function booleanLiteral(text: string): Expression {
	const word = text.trim().toLowerCase();
	if (word !== 'true' && word !== 'false') refuse('literal', 'boolean');
	return { kind: 'boolean', value: word === 'true' };
}
