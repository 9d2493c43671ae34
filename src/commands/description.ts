/** The bot as menus and app directories show it, in every language: what each platform is told about its commands derives from here. */

import { type Language, languages, type Translated, type Words } from '../locales/locales.ts';
import { allCommands } from './commands.ts';
import { type Audience, type Command, type CommandArgument, rootCommand } from './definition.ts';
import { spokenAs } from './registry.ts';
import { mayBeLeftOut } from './typed-arguments.ts';

export interface CommandDescription {
	/** What the bot is sent, whatever the language. */
	name: string;
	/** What people see and may type as well; the registry understands all of them. */
	names: Translated;
	/** What is said in a message. */
	spoken: Translated;
	/** One phrase with a capital letter and no full stop. */
	about: Translated;
	audience: Audience;
	/** What can be typed after it, in this order; none for a command that stands alone. */
	arguments: readonly ArgumentDescription[];
}

export interface ArgumentDescription {
	/** As the bot is sent it. */
	name: string;
	/** What menus call it: lower case, no spaces. */
	names: Translated;
	/** As that of a command. */
	about: Translated;
	mayBeLeftOut: boolean;
	/** Whether what can be typed is asked for while somebody types. */
	isCompleted: boolean;
	/** All that can be typed, or null for anything. */
	choices: readonly { value: string; names: Translated }[] | null;
	/** Of a whole number; null where it is none. */
	range: { least: number; most: number } | null;
}

export interface BotDescription {
	name: string;
	/** Typed before a command's name, without the slash. */
	rootCommand: string;
	/** At most 80 characters: one line in a directory of apps. */
	summary: Translated;
	/** A sentence or two. */
	about: Translated;
	/** What the commands are together. */
	commandsTitle: Translated;
	/** Label of the entry in a message's menu that asks the bot about this message. */
	askAboutMessage: Translated;
	/** And of the one that takes the message's files for documents; at most 24 characters, as Slack has it ("App manifest reference", shortcuts). */
	takeFiles: Translated;
	/** What that entry does. */
	takeFilesAbout: Translated;
	/** Those for everyone come first. */
	commands: readonly CommandDescription[];
	/** First questions for people who do not know what to ask. */
	prompts: Readonly<Record<Language, readonly { title: string; message: string }[]>>;
}

/** The same in every installation. */
export const botDescription: BotDescription = {
	name: 'OpenCCB',
	rootCommand,
	summary: inEachLanguage(({ app }) => app.summary),
	about: inEachLanguage(({ app }) => app.about),
	commandsTitle: inEachLanguage(({ app }) => app.commands),
	askAboutMessage: inEachLanguage(({ app }) => app.askAboutMessage),
	takeFiles: inEachLanguage(({ app }) => app.takeFiles),
	takeFilesAbout: inEachLanguage(({ app }) => app.takeFilesAbout),
	commands: forEveryoneFirst(allCommands).map(describe),
	prompts: { en: languages.en.prompts, es: languages.es.prompts },
};

function describe(command: Command): CommandDescription {
	const { names, audience, arguments: declared } = command;
	return {
		name: names.en,
		names,
		spoken: { en: spokenAs(command, 'en'), es: spokenAs(command, 'es') },
		about: inEachLanguage((words) => capitalised(words.command.about[names.en])),
		audience,
		arguments: Object.entries(declared).map(([name, argument]) => describeArgument(names.en, name, argument)),
	};
}

function describeArgument(command: string, name: string, argument: CommandArgument): ArgumentDescription {
	return {
		name,
		names: inEachLanguage((words) => wordsOf(words, command, name).name),
		about: inEachLanguage((words) => capitalised(wordsOf(words, command, name).about)),
		mayBeLeftOut: mayBeLeftOut(argument),
		isCompleted: argument.complete !== undefined,
		choices: choicesOf(argument),
		range: argument.range ?? null,
	};
}

function choicesOf({ choices = {} }: CommandArgument): ArgumentDescription['choices'] {
	const words = Object.entries(choices).map(([value, { en, es }]) => ({ value, names: { en, es } }));
	return words.length === 0 ? null : words;
}

/** A test makes sure that each argument has its words. */
function wordsOf({ command }: Words, name: string, argument: string): { name: string; about: string } {
	const all: Readonly<Record<string, Readonly<Record<string, { name: string; about: string }>>>> = command.arguments;
	return all[name]?.[argument] ?? { name: '', about: '' };
}

function inEachLanguage(select: (words: Words) => string): Translated {
	return { en: select(languages.en), es: select(languages.es) };
}

function forEveryoneFirst(commands: readonly Command[]): Command[] {
	return commands.toSorted((one, other) => Number(one.audience !== 'everyone') - Number(other.audience !== 'everyone'));
}

function capitalised(phrase: string): string {
	return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}
