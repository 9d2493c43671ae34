/** Every command that there is, and how one is run. */

import type { Person } from '../identity/person.ts';
import { languageIn } from '../locales/locales.ts';
import { nearestWord } from '../nearest-word.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Typing } from '../platform/typing.ts';
import { adminCommand } from './admin.ts';
import { auditCommand } from './audit.ts';
import { catchupCommand } from './catchup.ts';
import { channelCommand } from './channel.ts';
import { type Caller, type Command, type CommandQuestion, type CommandRecap, mayRun } from './definition.ts';
import { docsCommand } from './docs.ts';
import { helpCommand } from './help.ts';
import { historyCommand } from './history.ts';
import { langCommand } from './lang.ts';
import { linkCommand } from './link.ts';
import { modelCommand } from './model.ts';
import { myDataCommand } from './my-data.ts';
import { newCommand } from './new.ts';
import { queueCommand } from './queue.ts';
import { quotaCommand } from './quota.ts';
import { type CommandRegistry, createCommandRegistry, spokenNames } from './registry.ts';
import type { CommandServices } from './services.ts';
import { shhCommand } from './shh.ts';
import { sourcesCommand } from './sources.ts';
import { sqlCommand } from './sql.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { summarizeCommand } from './summarize.ts';
import { readArguments, type Typed } from './typed-arguments.ts';
import { unlinkCommand } from './unlink.ts';
import { webCommand } from './web.ts';
import { whyCommand } from './why.ts';

/** As the help lists them. */
export const allCommands: readonly Command[] = [
	helpCommand,
	newCommand,
	stopCommand,
	statusCommand,
	quotaCommand,
	modelCommand,
	channelCommand,
	shhCommand,
	docsCommand,
	sourcesCommand,
	whyCommand,
	summarizeCommand,
	catchupCommand,
	historyCommand,
	myDataCommand,
	langCommand,
	webCommand,
	sqlCommand,
	linkCommand,
	unlinkCommand,
	queueCommand,
	adminCommand,
	auditCommand,
];

export interface Commands extends CommandRegistry {
	/** Runs one for whoever asks. Throws what the command throws; `not-allowed`: it is not for them, and nothing was done. */
	run(command: Command, typed: Typed, caller: Caller): Promise<CommandResult | CommandQuestion | CommandRecap | 'not-allowed'>;
	/** What somebody may have meant of what they may run; null where nothing is near. */
	nearest(text: string, person: Pick<Person, 'role'>): Command | null;
	/** What can be typed that has this in it; nothing for whoever may not run the command. Throws what the command throws. */
	complete(typing: Pick<Typing, 'command' | 'argument' | 'typed'>, asker: Pick<Caller, 'person' | 'words'>): Promise<string[]>;
}

export function createCommands(services: CommandServices, commands: readonly Command[] = allCommands): Commands {
	const registry = createCommandRegistry(commands, { models: services.models.models.map(({ name }) => name) });
	return {
		...registry,
		nearest(text, person) {
			const theirs = commands.filter((command) => mayRun(command, person));
			const word = nearestWord(text.trim().split(/\s/, 1)[0] ?? '', theirs.flatMap(spokenNames));
			return word === null ? null : (registry.find(word)?.command ?? null);
		},
		async complete({ command: name, argument, typed }, asker) {
			const command = registry.find(name)?.command;
			if (command === undefined || !mayRun(command, asker.person) || !Object.hasOwn(command.arguments, argument)) return [];
			const known = (await command.arguments[argument]?.complete?.({ ...asker, services }, typed)) ?? [];
			return known.filter((each) => each.toLowerCase().includes(typed.trim().toLowerCase()));
		},
		async run(command, typed, caller) {
			const { person, place, words } = caller;
			if (!mayRun(command, person)) return 'not-allowed';
			if (command.answer === 'direct-chat' && place.kind !== 'direct') return [words.command.directOnly];
			if (typeof typed === 'string' && isTooMuch(command, typed)) return [words.command.nothingBehind(command.names[languageIn(words)])];
			const context = { ...caller, services, commands };
			const read = readArguments(command.arguments, typed);
			if ('values' in read) return await command.run(context, read.values);
			return [command.explain?.(read.unread, context) ?? words.command.misread(command.examples.join(' · '))];
		},
	};
}

/** Whoever types more than the command takes may have meant something else. */
function isTooMuch({ arguments: declared, mindsNothing }: Command, typed: string): boolean {
	return Object.keys(declared).length === 0 && mindsNothing !== true && /[^\s.!?…]/.test(typed);
}
