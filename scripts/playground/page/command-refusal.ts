/** What a platform says instead of sending a command that it does not have. Pure. */

import type { OfferedCommand, Place, View } from '../wire.ts';
import { aboutOf } from './selectors.ts';
import type { Words } from './words.ts';

interface Circumstances {
	view: View;
	words: Words;
	place: Place;
	isThread: boolean;
}

/** It leaves no message. */
export function isCommand(typed: string): boolean {
	return typed.startsWith('/');
}

/** Null when it can be sent; everything can that is no command. */
export function commandRefusal(typed: string, { view, words, place, isThread }: Circumstances): string | null {
	const about = aboutOf(view);
	if (!isCommand(typed) || about === null) return null;
	const [first = '', second = '', third] = typed.slice(1).split(/\s+/);
	const named = (word: string): OfferedCommand | undefined => about.commands.find(({ names }) => names.includes(word));
	const missing = missingOptions(named(second)?.required ?? []);
	switch (place.platform) {
		case 'teams':
			return named(first)?.isForAdministrators ? words.writtenInTeams(first) : null;
		case 'slack':
			if (isThread) return words.noThreadCommands;
			return first === about.rootCommand ? null : words.unknownCommand(`/${first}`);
		default:
			if (!isInDiscord(named(second))) return words.unknownCommand(typed);
			return missing.length === 0 ? null : words.missingOptions(missing.join(', '));
	}

	/** Whoever names no option gives them in their order; the bot says what is wrong with them then. */
	function missingOptions(required: readonly string[]): readonly string[] {
		const unnamed = required.filter((option) => !typed.includes(` ${option}:`));
		return third === undefined || unnamed.length < required.length ? unnamed : [];
	}

	/** Each root has its own commands; that of administrators is shown to everybody in direct conversations only. */
	function isInDiscord(command: OfferedCommand | undefined): boolean {
		if (command === undefined || (third !== undefined && command.argument === null)) return false;
		if (!command.isForAdministrators) return first === about?.rootCommand;
		const isShown = place.kind === 'direct' || view.people[about?.meId ?? '']?.standing === 'admin';
		return isShown && first === `${about?.rootCommand}-admin`;
	}
}
