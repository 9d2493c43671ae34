/** `help`: how to talk to the bot, and every command in a line. */

import { languageIn } from '../locales/locales.ts';
import { defineCommand, mayRun } from './definition.ts';
import { spokenAs } from './registry.ts';

export const helpCommand = defineCommand({
	names: { en: 'help', es: 'ayuda' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	mindsNothing: true,
	examples: ['help', 'ayuda'],
	async run({ commands, person, words }) {
		const { about, help } = words.command;
		const language = languageIn(words);
		const theirs = commands.filter((command) => mayRun(command, person));
		const rows = theirs.map((command) => [spokenAs(command, language), about[command.names.en]] as const);
		return [help.talking, '', help.commands, { rows }];
	},
});
