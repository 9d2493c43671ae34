/** What can be typed, for whom. */

import { mayRun } from '../../commands/definition.ts';
import { botDescription, type CommandDescription } from '../../commands/description.ts';
import { type Language, languageIn } from '../../locales/locales.ts';
import { type CommandView, listCommands } from '../contract/commands.ts';
import { type ServedRoute, serve } from '../serve.ts';

export const commandRoutes: readonly ServedRoute[] = [
	serve(listCommands, async ({ caller: { person }, words }) => {
		const theirs = botDescription.commands.filter((command) => mayRun(command, person));
		return { root: botDescription.rootCommand, commands: theirs.map((command) => viewOf(command, languageIn(words))) };
	}),
];

function viewOf({ names, about, arguments: declared }: CommandDescription, language: Language): CommandView {
	return {
		name: names[language],
		otherNames: Object.values(names).filter((name) => name !== names[language]),
		about: about[language],
		arguments: declared.map((argument) => ({
			name: argument.names[language],
			about: argument.about[language],
			mayBeLeftOut: argument.mayBeLeftOut,
			choices: argument.choices?.map((choice) => choice.names[language]) ?? null,
		})),
	};
}
