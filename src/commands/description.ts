/** The bot as menus and app directories show it, in every language: what each platform is told about its commands derives from here. */

import { type Language, languages, type Words } from '../words/words.ts';
import type { Command } from './command.ts';

/** The same text in each language. */
export type Translated = Readonly<Record<Language, string>>;

export interface CommandDescription {
	/** What the bot is sent, whatever the language. */
	name: string;
	/** What people see and may type as well; the registry understands all of them. */
	names: Translated;
	/** One phrase with a capital letter and no full stop. */
	about: Translated;
	audience: Audience;
}

/** Menus show commands of administrators later, or only to them; who may run them is decided when they run. */
export type Audience = 'everyone' | 'administrators';

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
	/** Those for everyone come first. */
	commands: readonly CommandDescription[];
	/** First questions for people who do not know what to ask. */
	prompts: Readonly<Record<Language, readonly { title: string; message: string }[]>>;
}

/** The compiler asks for each command's line. */
const facts: Record<Command['name'], { spanish: string; audience: Audience }> = {
	help: { spanish: 'ayuda', audience: 'everyone' },
	new: { spanish: 'nuevo', audience: 'everyone' },
	stop: { spanish: 'parar', audience: 'everyone' },
	status: { spanish: 'estado', audience: 'everyone' },
};

export const botDescription: BotDescription = {
	name: 'OpenCCB',
	rootCommand: 'ccb',
	summary: inEachLanguage(({ app }) => app.summary),
	about: inEachLanguage(({ app }) => app.about),
	commandsTitle: inEachLanguage(({ app }) => app.commands),
	askAboutMessage: inEachLanguage(({ app }) => app.askAboutMessage),
	commands: commandNames().map((name) => ({
		name,
		names: { en: name, es: facts[name].spanish },
		about: inEachLanguage(({ command }) => capitalised(command.about[name])),
		audience: facts[name].audience,
	})),
	prompts: { en: languages.en.prompts, es: languages.es.prompts },
};

function inEachLanguage(select: (words: Words) => string): Translated {
	return { en: select(languages.en), es: select(languages.es) };
}

function commandNames(): Command['name'][] {
	const names = Object.keys(facts) as Command['name'][];
	const isForEveryone = (name: Command['name']) => facts[name].audience === 'everyone';
	return [...names.filter(isForEveryone), ...names.filter((name) => !isForEveryone(name))];
}

function capitalised(phrase: string): string {
	return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}
