/** `help`: how to talk to the bot, and every command in a line. */

import { defineCommand, mayRun } from './definition.ts';

export const helpCommand = defineCommand({
	names: { en: 'help', es: 'ayuda' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['help', 'ayuda'],
	async run({ commands, person, words: { command: words } }) {
		const theirs = commands.filter((command) => mayRun(command, person));
		const rows = theirs.map(({ names: { en: name } }) => [name, words.about[name]] as const);
		return [words.help.talking, '', words.help.commands, { rows }];
	},
});
