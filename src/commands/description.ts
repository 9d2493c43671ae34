/** The bot as menus and app directories show it, in every language: what each platform is told about its commands derives from here. */

import { type Language, languages, type Words } from '../words/words.ts';
import type { CommandName } from './command.ts';

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
	/** What can be typed after it, or null for a command that stands alone. */
	argument: { name: Translated; about: Translated } | null;
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

interface CommandFacts {
	spanish: string;
	audience: Audience;
	/** What menus call it: lower case, no spaces. */
	argument?: Translated;
}

/** The compiler asks for each command's line. */
const facts: Record<CommandName, CommandFacts> = {
	help: { spanish: 'ayuda', audience: 'everyone' },
	new: { spanish: 'nuevo', audience: 'everyone' },
	stop: { spanish: 'parar', audience: 'everyone' },
	status: { spanish: 'estado', audience: 'everyone' },
	quota: { spanish: 'cuota', audience: 'everyone' },
	link: { spanish: 'vincular', audience: 'everyone', argument: { en: 'code', es: 'código' } },
	unlink: { spanish: 'desvincular', audience: 'everyone' },
	queue: { spanish: 'cola', audience: 'administrators', argument: { en: 'action', es: 'acción' } },
	admin: { spanish: 'administrar', audience: 'administrators', argument: { en: 'order', es: 'orden' } },
	audit: { spanish: 'auditar', audience: 'administrators', argument: { en: 'who-and-why', es: 'quién-y-por-qué' } },
};

export const botDescription: BotDescription = {
	name: 'OpenCCB',
	rootCommand: 'ccb',
	summary: inEachLanguage(({ app }) => app.summary),
	about: inEachLanguage(({ app }) => app.about),
	commandsTitle: inEachLanguage(({ app }) => app.commands),
	askAboutMessage: inEachLanguage(({ app }) => app.askAboutMessage),
	commands: commandNames().map(describe),
	prompts: { en: languages.en.prompts, es: languages.es.prompts },
};

export function audienceOf(name: CommandName): Audience {
	return facts[name].audience;
}

function describe(name: CommandName): CommandDescription {
	const { spanish, audience, argument } = facts[name];
	return {
		name,
		names: { en: name, es: spanish },
		about: inEachLanguage(({ command }) => capitalised(command.about[name])),
		audience,
		argument:
			argument === undefined ? null : { name: argument, about: inEachLanguage(({ command }) => capitalised(argumentOf(command, name))) },
	};
}

function argumentOf({ argument }: Words['command'], name: CommandName): string {
	return name in argument ? argument[name as keyof typeof argument] : '';
}

function inEachLanguage(select: (words: Words) => string): Translated {
	return { en: select(languages.en), es: select(languages.es) };
}

function commandNames(): CommandName[] {
	const names = Object.keys(facts) as CommandName[];
	const isForEveryone = (name: CommandName) => facts[name].audience === 'everyone';
	return [...names.filter(isForEveryone), ...names.filter((name) => !isForEveryone(name))];
}

function capitalised(phrase: string): string {
	return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}
