/** A form, as data: asks for what would have to be typed after a command, in the way that a platform has for that. */

export interface Form {
	/** What was typed after the root command, which the inputs complete. */
	text: string;
	/** How it is typed, for those who prefer that. */
	about: string;
	fields: readonly FormField[];
	submit: string;
	cancel: string;
	/** Where a field is empty that may not be. */
	needed: string;
}

export interface FormField {
	/** As the inputs name it. */
	name: string;
	/** A few words with a capital letter. */
	label: string;
	/** What can be entered; empty where the label says enough. */
	hint: string;
	mayBeLeftOut: boolean;
	/** All that can be entered, or null for anything. */
	choices: readonly string[] | null;
}

/** Whom a form was shown to, and when; comes back with what was entered. */
export interface FormTicket {
	/** The account's id on its platform. Empty for a form that says nothing of it. */
	askedOf: string;
	/** ISO 8601. */
	askedAt: string;
}

/** Of a form that says neither: one of long ago. */
export const unknownTicket: FormTicket = { askedOf: '', askedAt: new Date(0).toISOString() };

/** What was entered, by the fields' names; what was left out is missing. Nothing of it is checked. */
export type FormInputs = Readonly<Record<string, string>>;

/** What the inputs make of the command, to be invoked as if it had been typed; or what is wrong, by the fields' names. */
export type FilledForm = { text: string; options?: FormInputs } | { errors: Readonly<Record<string, string>> };
