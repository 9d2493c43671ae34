/** From a command as a person types it in Discord to what Discord's client makes of it. Pure. */

import { allCommands } from '#src/commands/commands.ts';
import { type ArgumentDescription, botDescription } from '#src/commands/description.ts';
import { splitArguments } from '#src/commands/typed-arguments.ts';

export interface ChosenCommand {
	name: string;
	subcommand: string;
	options: Record<string, string | number>;
}

/**
 * `/ccb link code: K7QF-2M9X` is the option `code` of `link` in `/ccb`; its name may be left out. People see names in their language, and
 * Discord sends those that were registered.
 */
export function readCommand(typed: string): ChosenCommand {
	const [, name = '', word = '', rest = ''] = /^\/(\S*)\s*(\S*)\s*([\s\S]*?)\s*$/.exec(typed) ?? [];
	const described = botDescription.commands.find(({ names }) => Object.values(names).includes(word));
	const command = allCommands.find(({ names }) => names.en === described?.name);
	if (described === undefined || command === undefined) return { name, subcommand: word, options: rest === '' ? {} : { [word]: rest } };
	const options = Object.entries(labelled(described.arguments, rest) ?? splitArguments(command.arguments, rest));
	return { name, subcommand: described.name, options: Object.fromEntries(options.map((option) => chosen(described.arguments, option))) };
}

/** Numbers are sent as numbers, and what was chosen by its value. */
function chosen(described: readonly ArgumentDescription[], [name, typed]: [string, string]): [string, string | number] {
	const { range = null, choices = null } = described.find((argument) => argument.name === name) ?? {};
	const choice = choices?.find(({ names }) => Object.values(names).includes(typed));
	return [name, choice?.value ?? (range === null ? typed : Number(typed))];
}

/** `who: Ana why: a complaint` by the options' names; null when the first is not named. */
function labelled(described: readonly ArgumentDescription[], typed: string): Record<string, string> | null {
	const byLabel = new Map(described.flatMap(({ name, names }) => Object.values(names).map((label) => [label, name])));
	const [before, ...parts] = typed.split(new RegExp(`(?:^|\\s)(${[...byLabel.keys()].join('|')}):`));
	if (before !== '' || byLabel.size === 0) return null;
	const pairs = described.flatMap((_, index) => [[byLabel.get(parts[index * 2] ?? ''), parts[index * 2 + 1]?.trim()] as const]);
	return Object.fromEntries(pairs.flatMap(([name, value]) => (name === undefined || !value ? [] : [[name, value] as const])));
}
