/** From a command as a person types it in Discord to what Discord's client makes of it. Pure. */

import { botDescription } from '#src/commands/description.ts';

export interface ChosenCommand {
	name: string;
	subcommand: string;
	options: Record<string, string>;
}

/**
 * `/ccb link code: K7QF-2M9X` is the option `code` of `link` in `/ccb`; its name may be left out. People see names in their language, and
 * Discord sends those that were registered.
 */
export function readCommand(typed: string): ChosenCommand {
	const [, name = '', word = '', rest = ''] = /^\/(\S*)\s*(\S*)\s*([\s\S]*?)\s*$/.exec(typed) ?? [];
	const command = botDescription.commands.find(({ names }) => Object.values(names).includes(word));
	const option = command?.argument?.name ?? null;
	const value = option === null ? rest : withoutLabel(rest, Object.values(option));
	return { name, subcommand: command?.name ?? word, options: value === '' ? {} : { [option?.en ?? word]: value } };
}

function withoutLabel(typed: string, labels: readonly string[]): string {
	const label = labels.find((one) => typed.startsWith(`${one}:`));
	return label === undefined ? typed : typed.slice(label.length + 1).trim();
}
