/** `help`: how to talk to the bot, and every command in a line. */

import type { Command, CommandContext } from './command.ts';

export function createHelpCommand(commands: () => readonly Command[]): Command {
	return {
		name: 'help',
		spoken: ['ayuda'],
		run: async ({ words }: CommandContext) =>
			words.command.help(
				commands()
					.map(({ name }) => `• ${name}: ${words.command.about[name]}`)
					.join('\n'),
			),
	};
}
