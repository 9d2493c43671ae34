/** A named question with the values of its parameters, as one text that the guard reads like any other. Pure. */

import { BotError } from '../../errors.ts';
import type { NamedQuestion } from './catalogue-file.ts';

type ParameterType = NamedQuestion['parameters'][string]['type'];

/** A string, a quoted name, a comment, a cast, or a parameter: only the last is one. */
const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|::|:([a-z_][a-z0-9_]*)/g;

/** What a value of each type looks like, typed by a person or found by a lookup. */
const forms: Readonly<Record<ParameterType, RegExp>> = {
	text: /^[^\0\\]{0,500}$/,
	integer: /^-?\d{1,18}$/,
	decimal: /^-?\d{1,20}(\.\d{1,20})?$/,
	date: /^\d{4}-\d{2}-\d{2}$/,
	boolean: /^(true|false)$/,
};

export function parameterNamesIn(sql: string): string[] {
	return [...sql.matchAll(piece)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** @throws BotError `NOT_FOUND` for a parameter without a value, `CONFLICT` for a value that is not of its type; `reason` is the parameter. */
export function fillQuestion({ sql, parameters }: NamedQuestion, given: Readonly<Record<string, string>>): string {
	return sql.replaceAll(piece, (found, name?: string) => {
		if (name === undefined) return found;
		const value = given[name];
		const parameter = parameters[name];
		if (value === undefined || parameter === undefined) throw new BotError('NOT_FOUND', 'a named question lacks a value', { reason: name });
		if (!forms[parameter.type].test(value)) throw new BotError('CONFLICT', 'a value is not of its type', { reason: name });
		return literal(value, parameter.type);
	});
}

function literal(value: string, type: ParameterType): string {
	if (type === 'text') return `'${value.replaceAll("'", "''")}'`;
	return type === 'date' ? `date '${value}'` : value;
}
