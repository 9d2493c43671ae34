/** An argument that takes one of a few words, each in both languages. Pure. */

import { z } from 'zod';
import type { Translated } from '../locales/locales.ts';
import type { CommandArgument } from './definition.ts';

/** By what each means; menus show the words of the reader's language. */
export type Choices<Value extends string = string> = Readonly<Record<Value, Choice>>;

export interface Choice extends Translated {
	/** More words that mean the same. */
	otherWords?: readonly string[];
}

/** Nothing typed is undefined. Capitals and marks at the end do not count. */
export function choiceOf<Value extends string>(choices: Choices<Value>): CommandArgument<Value | undefined> & { choices: Choices } {
	const entries = Object.entries<Choice>(choices) as [Value, Choice][];
	const byWord = new Map(
		entries.flatMap(([value, { en, es, otherWords = [] }]) => [value, en, es, ...otherWords].map((word) => [word, value])),
	);
	const schema = z
		.string()
		.optional()
		.transform((typed = '', context) => {
			const word = typed.toLowerCase().replace(/[\s.!?…]+$/, '');
			const value = byWord.get(word);
			if (value === undefined && word !== '') context.addIssue('not one of the choices');
			return value;
		});
	return { schema, choices };
}
