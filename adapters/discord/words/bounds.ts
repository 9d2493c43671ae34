/** Keeps what a message says within bounds, and says what was left out. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';

/** The question of a poll has 300 characters at most ("Poll Media Object"); of a file's description, which has 1,024, the beginning is enough. */
const lineCharacters = 300;

/** What somebody wrote where a line is shown: whatever it holds, it is one line. */
export function oneLine(text: string): string {
	return toDisplayName(text, lineCharacters);
}

/** What is not words, or cannot be read, by its name: `[sticker: Wave]`. The detail, which may be anybody's, does not end the brackets. */
export function named(kind: string, detail = ''): string {
	const shown = oneLine(detail).replaceAll('[', '(').replaceAll(']', ')');
	return shown === '' ? `[${kind}]` : `[${kind}: ${shown}]`;
}

/** The first of many, each as its words, and how many more there are. `what` names several of them. */
export function firstOf<T>(items: readonly T[], most: number, what: string, toText: (item: T) => string): string[] {
	const texts = items.slice(0, most).map(toText);
	return items.length > most ? [...texts, `[${items.length - most} more ${what}]`] : texts;
}

/** Those that are not empty, one below the other. */
export function lines(texts: readonly string[], gap = '\n'): string {
	return texts.filter((text) => text !== '').join(gap);
}

/** The beginning of a text that is too long, and a mark that there is more. */
export function beginningOf(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, limit).toWellFormed().trimEnd()} […]`;
}
