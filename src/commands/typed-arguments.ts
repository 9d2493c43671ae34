/** From what was typed after a command's name to the values of its arguments. Pure. */

import { joined, typedWords } from '../administration/typed-words.ts';
import { storableText } from '../database/storable.ts';
import type { ArgumentValues, CommandArgument, CommandArguments } from './definition.ts';

/** A text as it was typed, or what a menu asked for one by one. */
export type Typed = string | Readonly<Record<string, string>>;

export type ReadArguments<Arguments extends CommandArguments> =
	| { values: ArgumentValues<Arguments> }
	/** The first argument that cannot be read, or is missing. */
	| { unread: keyof Arguments & string };

export function readArguments<Arguments extends CommandArguments>(declared: Arguments, typed: Typed): ReadArguments<Arguments> {
	const given = typeof typed === 'string' ? splitArguments(declared, typed) : typed;
	const values: Record<string, unknown> = {};
	for (const [name, { schema }] of Object.entries(declared)) {
		const text = given[name];
		const read = schema.safeParse(text === undefined ? text : storableText(text));
		if (!read.success) return { unread: name };
		values[name] = read.data;
	}
	return { values: values as ArgumentValues<Arguments> };
}

export function mayBeLeftOut({ schema }: CommandArgument): boolean {
	return schema.safeParse(undefined).success;
}

/**
 * Which argument is given what, unread. A single one takes all that was typed. Of several each takes a word, or what stands in quotes, and
 * the last takes the rest; one that may be left out takes a word only if it can read it.
 */
export function splitArguments(declared: CommandArguments, text: string): Record<string, string> {
	const entries = Object.entries(declared);
	const [only, ...others] = entries;
	if (only === undefined || text.trim() === '') return {};
	if (others.length === 0) return { [only[0]]: text };
	let words = typedWords(text);
	const given: Record<string, string> = {};
	for (const [index, [name, argument]] of entries.entries()) {
		const [first] = words;
		if (first === undefined) break;
		const isLast = index === entries.length - 1;
		const taken = isLast ? joined(words) : first.text;
		if (!isLast && mayBeLeftOut(argument) && !argument.schema.safeParse(taken).success) continue;
		given[name] = taken;
		words = isLast ? [] : words.slice(1);
	}
	return given;
}
