/** Calls about dates and times: parts of them, their beginnings, and how they are written. */

import { allowedFields, allowedFormatParts, allowedTruncations } from '../allowed-functions.ts';
import type { Expression } from '../query.ts';
import { refuse } from '../refusal.ts';
import { asType, isMoment, toTimestamp, typeOf } from '../types.ts';

type MomentCall = (parameters: readonly Expression[]) => Expression;

export const momentCalls: Readonly<Record<string, MomentCall>> = {
	extract: readField,
	date_part: readField,
	date_trunc: ([word, moment, more]) => {
		const unit = constantWord(word, allowedTruncations, 'date_trunc');
		if (moment === undefined || more !== undefined) refuse('function', 'date_trunc');
		const operand = asType(moment, 'timestamp');
		needMoment(operand);
		const type = typeOf(operand) === 'timestamptz' ? 'timestamptz' : 'timestamp';
		return { kind: 'call', name: `trunc.${unit}`, parameters: [type === 'timestamp' ? toTimestamp(operand) : operand], type };
	},
	to_char: ([moment, format, more]) => {
		if (moment === undefined || format?.kind !== 'text' || more !== undefined) refuse('function', 'to_char');
		needMoment(moment);
		needFormat(format.value);
		return { kind: 'call', name: 'to_char', parameters: [moment, format], type: 'text' };
	},
};

function readField([word, moment, more]: readonly Expression[]): Expression {
	const field = constantWord(word, allowedFields, 'extract');
	if (moment === undefined || more !== undefined) refuse('function', 'extract');
	needMoment(moment);
	if (typeOf(moment) === 'date' && (field === 'hour' || field === 'minute')) refuse('types', `${field} of a date`);
	return { kind: 'call', name: `extract.${field}`, parameters: [moment], type: 'integer' };
}

function constantWord(word: Expression | undefined, allowed: readonly string[], name: string): string {
	const given = word?.kind === 'text' ? word.value.toLowerCase() : '';
	return allowed.includes(given) ? given : refuse('function', `${name} ${given}`);
}

function needMoment(operand: Expression): void {
	if (operand.kind === 'text' || !isMoment(typeOf(operand))) refuse('types', `a time of ${typeOf(operand)}`);
}

function needFormat(format: string): void {
	const rest = allowedFormatParts.reduce((left, part) => left.replaceAll(part, ''), format);
	if (!/^[-/.: ]*$/.test(rest)) refuse('function', `to_char ${format}`);
}
