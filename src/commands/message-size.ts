/** What one private message holds. Pure. */

import type { Capabilities } from '../platform/capabilities.ts';

/** Slack asks for 4,000 characters at most ("chat.postMessage", truncating content), and nobody reads more in a private word. */
const mostCharacters = 3_500;
/** Platforms put a sign before each character that would mean something to them; names and sentences have few. */
const unescapedShare = 0.9;
/** Characters of most languages here have one byte, and none of what is written in them more than two on average. */
const bytesPerCharacter = 2;

/** How many characters we say to one person at once. */
export function privateCharacters({ messageText: { limit, unit } }: Pick<Capabilities, 'messageText'>): number {
	const characters = unit === 'utf8-bytes' ? limit / bytesPerCharacter : limit;
	return Math.min(mostCharacters, Math.floor(characters * unescapedShare));
}

/** How long a line may be so that all fit into `room`, each with its line break: what short ones leave goes to the long ones. */
export function lengthForEach(lines: readonly string[], room: number): number {
	const lengths = lines.map(({ length }) => length + 1).toSorted((one, other) => one - other);
	let left = room;
	for (const [index, length] of lengths.entries()) {
		const share = Math.floor(left / (lengths.length - index));
		if (length > share) return share - 1;
		left -= length;
	}
	return room;
}
