/** What the composer offers while one types: people after `@`, commands after `/`. Pure. */

import type { Platform, View } from '../wire.ts';
import { aboutOf } from './selectors.ts';

export interface Suggestion {
	/** What it puts into the text. */
	insert: string;
	label: string;
	note: string;
}

/** The unfinished word before the caret that suggestions would replace. */
export function openWord(text: string, caret: number): string | null {
	const before = text.slice(0, caret);
	if (/^\/\S* ?\S*$/.test(before)) return before;
	return /(?:^|\s)(@[\p{L}]*(?: [\p{L}]*)?)$/u.exec(before)?.[1] ?? null;
}

/** At most six, the bot first. None for a word that is already complete. */
export function suggestionsFor(view: View, platform: Platform, word: string | null): Suggestion[] {
	if (word === null) return [];
	if (word.startsWith('/')) return matching(commandsOn(view, platform), word);
	const people = Object.values(view.people).map(({ name, title }) => ({ insert: `@${name} `, label: `@${name}`, note: title }));
	return matching([{ insert: '@OpenCCB ', label: '@OpenCCB', note: 'APP' }, ...people], word);
}

/** Teams has each command as one of its own; the others have one command for all. */
function commandsOn(view: View, platform: Platform): Suggestion[] {
	const { rootCommand = '', commands = [] } = aboutOf(view) ?? {};
	const before = platform === 'teams' ? '/' : `/${rootCommand} `;
	return commands.map((command) => ({ insert: before + command, label: before + command, note: 'OpenCCB' }));
}

function matching(suggestions: Suggestion[], word: string): Suggestion[] {
	const typed = word.toLowerCase();
	return suggestions.filter(({ label }) => label.toLowerCase().startsWith(typed) && label.toLowerCase() !== typed).slice(0, 6);
}
