/** `help`: how to talk to the bot, and every command in a line. */

import type { Command, CommandContext } from './command.ts';
import { audienceOf } from './description.ts';

export function createHelpCommand(commands: () => readonly Command[]): Command {
	return {
		name: 'help',
		spoken: ['ayuda'],
		run: async ({ words, person }: CommandContext) => [
			words.command.help.talking,
			'',
			words.command.help.commands,
			{
				rows: commands()
					.filter(({ name }) => audienceOf(name) === 'everyone' || person.role === 'ccb_admin')
					.map(({ name }) => [name, words.command.about[name]] as const),
			},
		],
	};
}
