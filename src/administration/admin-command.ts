/** What a command of administrators is, which they type after `admin`: a file for one or a few says everything about it. */

import { z } from 'zod';
import type { AdminContext, AdministrationWords, Effect, ProgramContext } from './admin-context.ts';
import type { TypedWord } from './typed-words.ts';

/** With a hyphen where two words are typed. Whoever adds one begins with its usage. */
export type AdminCommandName = keyof AdministrationWords['usage'];

export type AdminCommandDefinition<Values extends object> = Described<Values> & (InTransaction<Values> | AsProgram<Values>);

interface Described<Values extends object> {
	/** Also its name in the log. */
	name: AdminCommandName;
	/** Which argument is given what, unread; null when too little was typed, or too much. */
	split(words: readonly TypedWord[]): object | null;
	/**
	 * Reads what `split` gives. People and roles stay as they were typed: whether they exist, and whether a name can be one, shows when the
	 * command runs.
	 */
	arguments: z.ZodType<Values>;
	/** What a form asks for, in the order in which it is typed: the names of the arguments unless it is said. */
	fields?: readonly string[];
	/** All that can be entered into a field of a form. */
	choices?: Readonly<Record<string, readonly string[]>>;
	/** What the fields are as typed text: one after the other unless it is said. What was left out is empty. */
	write?(inputs: Readonly<Record<string, string>>): string;
	/** Why this argument cannot be read; undefined where the usage says enough. */
	explain?(argument: string, words: AdministrationWords): string | undefined;
	/** What can be typed. */
	examples: readonly string[];
	/** Words of ours among what follows the name: they are understood in both languages. */
	ownWords?: readonly (keyof AdministrationWords['orderWords'])[];
	/** It changes nothing, and so nothing is written down. */
	onlyLooks?: true;
	/** What of the arguments may stand in the log when it is refused: all of them unless it is said. */
	noted?(values: Values): object;
	/** It shows what people said, so it is not answered where some platforms show private words openly. */
	showsWords?: true;
	/** It takes nothing, a number or an id: a message that goes on in another way is a sentence, such as `roles in our company are changing`. */
	takesNoText?: true;
}

interface InTransaction<Values extends object> {
	/** In one transaction; what it throws undoes all. @throws CommandRefusal for what cannot be, BotError as `Transaction.query`. */
	run(scene: AdminContext, values: Values): Promise<Effect>;
}

interface AsProgram<Values extends object> {
	/**
	 * With the program's own books, to which people's roles have no right; the database has said before that an administrator asks. What it did
	 * stays done when it cannot be written down. @throws CommandRefusal for what cannot be, BotError as `Database.query`.
	 */
	runAsProgram(scene: ProgramContext, values: Values): Promise<Effect>;
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
