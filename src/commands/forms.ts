/** Forms for commands that were typed without what they need, from what the commands say of their arguments. Pure. */

import type { Words } from '../locales/locales.ts';
import type { FilledForm, Form, FormField, FormInputs } from '../platform/form.ts';
import { allCommands } from './commands.ts';
import type { Asking, Command } from './definition.ts';
import { type CommandRegistry, createCommandRegistry } from './registry.ts';
import { mayBeLeftOut, readArguments } from './typed-arguments.ts';

export interface Forms {
	/** @param text What was typed after the root command. @returns null where nothing is missing, or nobody can tell what. */
	formFor(text: string, asking: Asking): Form | null;
	/** @param text The form's. Whether they may run it, and whether whom they name exists, shows when the command runs. */
	fill(text: string, inputs: FormInputs, words: Words): FilledForm;
}

/** Of every command that there is. */
export const commandForms: Forms = createForms(createCommandRegistry(allCommands));

function createForms(registry: Pick<CommandRegistry, 'find'>): Forms {
	return {
		formFor(text, asking) {
			const found = registry.find(text);
			const asked = found === null ? null : askedBy(found.command, found.typed, asking);
			return asked === null ? null : { text: text.trim(), ...asked, ...asking.words.command.form };
		},
		fill(text, inputs, words) {
			const found = registry.find(text);
			if (found === null) return { text };
			const { command, typed } = found;
			if (command.forms !== undefined) return under(text.trim().split(/\s/, 1)[0] ?? '', command.forms.fill(typed, inputs, words));
			const read = readArguments(command.arguments, inputs);
			if ('values' in read) return { text, options: inputs };
			return { errors: { [read.unread]: words.command.misread(command.examples.join(' · ')) } };
		},
	};
}

function askedBy(command: Command, typed: string, asking: Asking): Pick<Form, 'about' | 'fields'> | null {
	if (command.forms !== undefined) return command.forms.formFor(typed, asking);
	const { words } = asking;
	const needsMore = Object.values(command.arguments).some((argument) => !mayBeLeftOut(argument));
	return typed === '' && needsMore ? { about: words.command.about[command.names.en], fields: fieldsOf(command, words) } : null;
}

function fieldsOf({ names: { en: command }, arguments: declared }: Command, words: Words): FormField[] {
	const said: Partial<Record<string, Readonly<Record<string, { name: string; about: string }>>>> = words.command.arguments;
	return Object.entries(declared).map(([name, argument]) => {
		const { name: label = name, about: hint = '' } = said[command]?.[name] ?? {};
		return { name, label: capitalised(label), hint, mayBeLeftOut: mayBeLeftOut(argument), choices: null };
	});
}

function capitalised(phrase: string): string {
	return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}

function under(name: string, filled: FilledForm): FilledForm {
	return 'errors' in filled ? filled : { ...filled, text: `${name} ${filled.text}` };
}
