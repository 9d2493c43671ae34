/** How to find the command that somebody means. Pure. */

import type { Language } from '../locales/locales.ts';
import { type Command, type Offers, rootCommand } from './definition.ts';

export interface CommandRegistry {
	/** By what was typed after the root command: a name of several words, or else the first word. Nothing typed means `help`. */
	find(text: string): FoundCommand | null;
	/**
	 * By a whole message that says a command's name or another word for it, and nothing else but what belongs to the command; with or without the
	 * root command before it.
	 */
	findSpoken(message: string): FoundCommand | null;
}

export interface FoundCommand {
	command: Command;
	/** What stood after the name, as it was typed. */
	typed: string;
}

export function createCommandRegistry(commands: readonly Command[], offers: Offers = { models: [] }): CommandRegistry {
	const byWord = new Map(commands.flatMap((command) => spokenNames(command).map((word) => [word, command])));
	return {
		find(text) {
			const named = behindRoot(text) ?? text;
			const whole = byWord.get(bare(named).toLowerCase());
			if (whole !== undefined) return { command: whole, typed: '' };
			const { word, rest } = firstWord(named);
			const command = byWord.get(word === '' ? 'help' : word);
			return command === undefined ? null : { command, typed: rest };
		},
		findSpoken(message) {
			const behind = behindRoot(message);
			const said = behind ?? message;
			const alone = byWord.get(bare(said).toLowerCase());
			if (alone !== undefined) return alone.isEverydayWord === true && behind === null ? null : { command: alone, typed: '' };
			const { word, rest } = firstWord(said);
			const command = byWord.get(word);
			return command?.isArgument?.(rest, offers) ? { command, typed: rest } : null;
		},
	};
}

/** What a message says that is the command. */
export function spokenAs({ names, isEverydayWord }: Command, language: Language): string {
	return isEverydayWord === true ? `${rootCommand} ${names[language]}` : names[language];
}

/** Every word that means it. */
export function spokenNames({ names, otherWords = [] }: Command): string[] {
	return [...Object.values(names), ...otherWords];
}

/** Without the blanks and marks around it. By hand: a pattern for the end would look through every run of marks again and again. */
function bare(message: string): string {
	let end = message.length;
	while (end > 0 && /[\s.!?…]/.test(message.charAt(end - 1))) end--;
	return message.slice(0, end).replace(/^[\s¡¿]+/, '');
}

/** Null where the root command does not stand before it. */
function behindRoot(text: string): string | null {
	const { word, rest } = firstWord(text);
	return word === rootCommand || word === `/${rootCommand}` ? rest : null;
}

function firstWord(text: string): { word: string; rest: string } {
	const trimmed = text.trim();
	const end = trimmed.search(/\s/);
	return end < 0
		? { word: trimmed.toLowerCase(), rest: '' }
		: { word: trimmed.slice(0, end).toLowerCase(), rest: trimmed.slice(end).trim() };
}
