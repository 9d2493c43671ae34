/** What the composer offers while one types: people after `@`, commands after `/`. Pure. */

import type { OfferedCommand, Place, View } from '../wire.ts';
import { aboutOf } from './selectors.ts';

export interface Suggestion {
	/** What one begins to type to find it, and what else would do in its place. */
	words: string[];
	/** What it puts into the text. */
	insert: string;
	label: string;
	note: string;
}

/** The people there are, and the bot. */
const mostPeople = 6;
/** All of the bot's commands. */
const mostCommands = 12;

/** The unfinished word before the caret that suggestions would replace. */
export function openWord(text: string, caret: number): string | null {
	const before = text.slice(0, caret);
	if (/^\/\S* ?\S*$/.test(before)) return before;
	return /(?:^|\s)(@[\p{L}]*(?: [\p{L}]*)?)$/u.exec(before)?.[1] ?? null;
}

/** At most as many as one can overlook, the bot first. None for a word that is already complete. */
export function suggestionsFor(view: View, place: Place, word: string | null): Suggestion[] {
	if (word === null) return [];
	if (word.startsWith('/')) return matching(commandsAt(view, place), word).slice(0, mostCommands);
	const people = Object.values(view.people).map(({ name, title }) => mention(name, title));
	return matching([mention('OpenCCB', 'APP'), ...people], word).slice(0, mostPeople);
}

function mention(name: string, note: string): Suggestion {
	return { words: [`@${name}`], insert: `@${name} `, label: `@${name}`, note };
}

/** Those of administrators for the administrator alone. */
function commandsAt(view: View, place: Place): Suggestion[] {
	const { rootCommand = '', commands = [], meId = '' } = aboutOf(view) ?? {};
	const isAdministrator = view.people[meId]?.standing === 'admin';
	const offered = commands.filter(({ isForAdministrators }) => isAdministrator || !isForAdministrators);
	return offered.map((command) => ({ ...typedAt(place, rootCommand, command), note: command.about }));
}

/**
 * Slack has one command for all. Discord has one for everyone's and one for those of administrators, and its arguments have names. Teams
 * has each as one of its own, but those of administrators are in no menu: they are words that one writes to the bot.
 */
function typedAt({ platform, kind }: Place, root: string, command: OfferedCommand): Omit<Suggestion, 'note'> {
	const [name = ''] = command.names;
	const { argument, isForAdministrators } = command;
	if (platform === 'teams' && isForAdministrators) {
		const said = kind === 'direct' ? name : `@OpenCCB ${name}`;
		return { words: command.names.map((one) => `/${one}`), insert: `${said} `, label: said };
	}
	const rootHere = platform === 'discord' && isForAdministrators ? `${root}-admin` : root;
	const [label = '', ...others] = command.names.map((one) => (platform === 'teams' ? `/${one}` : `/${rootHere} ${one}`));
	const rest = argument === null ? '' : platform === 'discord' ? ` ${argument}: ` : ' ';
	return { words: [label, ...others], insert: label + rest, label };
}

function matching(suggestions: Suggestion[], word: string): Suggestion[] {
	const typed = word.toLowerCase();
	if (suggestions.some(({ words }) => words.some((one) => one.toLowerCase() === typed))) return [];
	return suggestions.filter(({ words: [first = ''] }) => first.toLowerCase().startsWith(typed));
}
