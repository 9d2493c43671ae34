/** Forms for the commands of administrators: made from their arguments, and filled in as if they had been typed. Pure. */

import { z } from 'zod';
import type { FilledForm, FormField, FormInputs } from '../platform/form.ts';
import type { AdminCommand } from './admin-command.ts';
import { adminCommandNamed, readAdminCommand } from './admin-commands.ts';
import type { AdministrationWords } from './admin-context.ts';

/** What is asked for, where nothing but the name of a command that needs more was typed; null for anything else. */
export function adminForm(typed: string, words: AdministrationWords): { about: string; fields: FormField[] } | null {
	const command = adminCommandNamed(typed);
	if (command === null) return null;
	const fields = fieldsOf(command, words);
	return fields.every(({ mayBeLeftOut }) => mayBeLeftOut) ? null : { about: words.usage[command.name], fields };
}

/** @param typed The name of the command. */
export function fillAdminForm(typed: string, inputs: FormInputs, words: AdministrationWords): FilledForm {
	const command = adminCommandNamed(typed);
	if (command === null) return { text: typed };
	const names = fieldNamesOf(command);
	const given = Object.fromEntries(names.map((name) => [name, inputs[name]?.replace(/\s+/g, ' ').trim() ?? '']));
	const rest = command.write?.(given) ?? names.map((name) => given[name]).join(' ');
	const text = `${typed} ${rest}`.trim();
	const read = readAdminCommand(text);
	if ('values' in read && read.command === command) return { text };
	const argument = 'problem' in read && read.problem === 'misread' ? (read.argument ?? '') : '';
	const field = names.includes(argument) ? argument : (names[0] ?? '');
	return { errors: { [field]: command.explain?.(argument, words) ?? words.misread(words.usage[command.name]) } };
}

function fieldsOf(command: AdminCommand, { fields: words }: AdministrationWords): FormField[] {
	const labels: Readonly<Record<string, { label: string; hint: string }>> = words;
	return fieldNamesOf(command).map((name) => ({
		name,
		label: labels[name]?.label ?? name,
		hint: labels[name]?.hint ?? '',
		mayBeLeftOut: mayBeLeftOut(command, name),
		choices: command.choices?.[name] ?? null,
	}));
}

/** In the order in which they are typed. */
export function fieldNamesOf({ fields, arguments: schema }: AdminCommand): readonly string[] {
	return fields ?? (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
}

function mayBeLeftOut({ arguments: schema }: AdminCommand, name: string): boolean {
	const argument: unknown = schema instanceof z.ZodObject ? schema.shape[name] : undefined;
	return argument instanceof z.ZodType && [undefined, null].some((nothing) => argument.safeParse(nothing).success);
}
