/** What a command is: one file each in this folder says everything about it, and menus, manifests and the help read that. */

import type { z } from 'zod';
import type { Recap } from '../conversation/recap.ts';
import type { Person } from '../identity/person.ts';
import type { Words } from '../locales/locales.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { CommandResult, ResultPart } from '../platform/command-result.ts';
import type { FilledForm, Form, FormInputs } from '../platform/form.ts';
import type { Place } from '../platform/place.ts';
import type { FinalAnswer } from '../tools/tool.ts';
import type { Choices } from './choices.ts';
import type { CommandServices } from './services.ts';

/** Whoever adds one begins with its strings. */
export type CommandName = keyof Words['command']['about'];

/** Typed before a command's name, without the slash. */
export const rootCommand = 'ccb';

/** Menus show commands of administrators later, or only to them; `mayRun` decides when they run. */
export type Audience = 'everyone' | 'administrators';

export interface CommandDefinition<Arguments extends CommandArguments = CommandArguments> {
	/** What is typed after the root command. Menus show the word of the reader's language, and all of them are understood. */
	names: { en: CommandName; es: string };
	/** More words that mean the same. */
	otherWords?: readonly string[];
	/** Its name is what people say to anybody: in a message to the bot it is the command only behind the root command. */
	isEverydayWord?: boolean;
	audience: Audience;
	/**
	 * Where the answer shows. `private`: wherever it was asked, to the person alone. `direct-chat`: nowhere else, because some platforms show
	 * private words openly when they cannot show them privately.
	 */
	answer: 'private' | 'direct-chat';
	/**
	 * Whether what is typed behind its name changes nothing. Commands that say so are offered on the page of administrators, and what changes something
	 * asks there for a new sign-in.
	 */
	onlyLooks?(typed: string): boolean;
	/** Some of what is asked with it is answered like a question, and can be asked again below its answer. */
	isAnswered?: true;
	/** It takes no arguments, and whatever is typed behind it makes no difference. */
	mindsNothing?: true;
	/** In the order in which they are typed; their names are the English ones of menus. */
	arguments: Arguments;
	/** What can be typed after the root command, in each language. */
	examples: readonly string[];
	/**
	 * Whether a message to the bot that begins with the command's name, or another word for it, and goes on like this is the command and not
	 * a sentence. Absent where a command stands alone.
	 */
	isArgument?(typed: string, offers: Offers): boolean;
	/** Where forms are made in another way than from `arguments`. What is typed, given and filled in is without the command's name. */
	forms?: {
		formFor(typed: string, asking: Asking): Pick<Form, 'about' | 'fields'> | null;
		fill(typed: string, inputs: FormInputs, words: Words): FilledForm;
	};
	/** Why this argument cannot be read. Without it the examples are shown. */
	explain?(argument: keyof Arguments, context: CommandContext): ResultPart;
	run(context: CommandContext, values: ArgumentValues<Arguments>): Promise<CommandResult | CommandQuestion | CommandRecap>;
}

/** What was asked by a command and is answered like a question: with its place in the conversation, and with what stands below answers. */
export interface CommandQuestion {
	/** @param questionId `messages.id` of what was typed. @throws whatever the answer needs. */
	answer(questionId: string, signal: AbortSignal): Promise<FinalAnswer>;
}

/** What people said is to be summed up by a model, for whoever asks alone. */
export interface CommandRecap {
	/** Called once it is known that they may ask now. A sentence: why there is nothing to sum up. */
	begin(signal: AbortSignal): Promise<{ sentence: string } | BegunRecap>;
}

export interface BegunRecap {
	/** What asks for the same anywhere, without the root command. */
	typed: string;
	/** The same as people read it, in Markdown. */
	shown: string;
	recap: Recap;
}

/** In whose language a form asks, and in what kind of place. */
export interface Asking {
	words: Words;
	kind: Place['kind'];
}

export type CommandArguments = Readonly<Record<string, CommandArgument>>;

export interface CommandArgument<Value = unknown> {
	/** Reads what was typed, without quotes where there are several arguments. One that takes nothing as well may be left out. */
	schema: z.ZodType<Value, string | undefined>;
	/** For menus, where only some words can be typed. */
	choices?: Choices;
	/** For menus that ask while somebody types: what can be typed that is known only then, in the reader's language. */
	complete?(asker: Completing, typed: string): Promise<readonly string[]>;
	/** For menus, where a whole number is typed. */
	range?: { least: number; most: number };
}

/** What can be typed that the settings name. */
export interface Offers {
	models: readonly string[];
}

export type ArgumentValues<Arguments extends CommandArguments> = {
	readonly [Name in keyof Arguments]: z.output<Arguments[Name]['schema']>;
};

/** Who asks, and where. */
export interface Caller {
	person: Person;
	/** The account that they ask with. */
	account: Actor;
	platform: ChatPlatform;
	words: Words;
	/** Without a thread when the platform has no commands in threads. */
	place: Place;
	/** Whether the place is one conversation; false for a channel in which many stand side by side, each in a thread of its own. */
	isConversation: boolean;
	signal: AbortSignal;
}

/** Who types, with the parts of the program that know what can be typed. */
export interface Completing extends Pick<Caller, 'person' | 'words'> {
	services: CommandServices;
}

export interface CommandContext extends Caller {
	services: CommandServices;
	/** All that the bot has. */
	commands: readonly Command[];
}

/** A command among others, whatever its arguments are. */
export type Command = CommandDefinition;

export function defineCommand<Arguments extends CommandArguments>(definition: CommandDefinition<Arguments>): Command {
	return definition;
}

/** The one place that decides who may run what. */
export function mayRun({ audience }: Pick<Command, 'audience'>, { role }: Pick<Person, 'role'>): boolean {
	return audience === 'everyone' || role === 'ccb_admin';
}
