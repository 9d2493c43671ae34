/** What a command of administrators is, which they type after `admin`: a file for one or a few says everything about it. */

import { z } from 'zod';
import type { AdminContext, AdministrationWords, Effect } from './admin-context.ts';
import type { TypedWord } from './typed-words.ts';

/** With a hyphen where two words are typed. Whoever adds one begins with its usage. */
export type AdminCommandName = keyof AdministrationWords['usage'];

export interface AdminCommandDefinition<Values extends object> {
	/** Also its name in the log. */
	name: AdminCommandName;
	/** Which argument is given what, unread; null when too little was typed, or too much. */
	split(words: readonly TypedWord[]): object | null;
	/**
	 * Reads what `split` gives. People and roles stay as they were typed: whether they exist, and whether a name can be one, shows when the
	 * command runs.
	 */
	arguments: z.ZodType<Values>;
	/** Why this argument cannot be read; undefined where the usage says enough. */
	explain?(argument: string, words: AdministrationWords): string | undefined;
	/** What can be typed. */
	examples: readonly string[];
	/** It changes nothing, and so nothing is written down. */
	onlyLooks?: true;
	/** It takes nothing, or a number: a message that goes on in another way is a sentence, such as `roles in our company are changing`. */
	takesNoText?: true;
	/** In one transaction; what it throws undoes all. @throws Refusal for what cannot be, BotError as `Transaction.query`. */
	run(scene: AdminContext, values: Values): Promise<Effect>;
}

/** One among others, whatever its arguments are. */
export type AdminCommand = AdminCommandDefinition<object>;

export function defineAdminCommand<Values extends object>(definition: AdminCommandDefinition<Values>): AdminCommand {
	return definition;
}

/** Takes what `read` can read, and nothing for which that is null. */
export function readBy<Value>(read: (typed: string) => Value | null): z.ZodType<Value, string> {
	return z.string().transform((typed, context) => {
		const value = read(typed);
		if (value !== null) return value;
		context.addIssue('cannot be read');
		return z.NEVER;
	});
}

/** For those that take no arguments. */
export function nothingElse(words: readonly TypedWord[]): object | null {
	return words.length === 0 ? {} : null;
}
