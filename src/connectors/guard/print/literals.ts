/** Names and literals, always printed by us: quoted, with the quote doubled. */

import type { Literal } from '../query.ts';
import { refuse } from '../refusal.ts';
import { type DialectRules, fill } from './dialect-rules.ts';

export function printName(name: string, { nameQuotes: [open, close] }: DialectRules): string {
	return `${open}${name.replaceAll(close, close + close)}${close}`;
}

export function printLiteral(literal: Literal, rules: DialectRules): string {
	switch (literal.kind) {
		case 'null':
			return 'NULL';
		case 'boolean':
			if (rules.hasBooleans) return literal.value ? 'TRUE' : 'FALSE';
			return `CAST(${literal.value ? 1 : 0} AS bit)`;
		case 'number':
			// In brackets, so that no minus stands beside another: two of them begin a comment.
			return literal.value.startsWith('-') ? `(${literal.value})` : literal.value;
		case 'moment':
			return fill(literal.type === 'date' ? rules.date : rules.timestamp, literal.value);
		case 'text':
			return printText(literal.value, rules);
	}
}

export function printText(value: string, rules: DialectRules): string {
	if (/\p{Cc}/u.test(value)) refuse('literal', 'control character');
	const doubled = value.replaceAll("'", "''");
	if (!value.includes('\\') || rules.backslash === 'plain') return fill(rules.text, doubled);
	if (rules.backslash === 'refused') refuse('dialect', 'backslash in a text');
	return `E'${doubled.replaceAll('\\', '\\\\')}'`;
}
