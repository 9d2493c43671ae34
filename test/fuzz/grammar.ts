/** Hostile model text: constructs of Markdown and mentions, put side by side without a gap, then damaged. */

import { block, inline } from './grammar/constructs.ts';
import { mark, mention, odd, zeroWidths } from './grammar/pieces.ts';
import type { Random } from './random.ts';

/** Most constructs in one text: holes come from two or three neighbours, so short texts find more in the same time. */
const mostConstructs = 6;

/** One text. Most are short; one in fifty is long enough to be cut into messages. */
export function makeHostileText(random: Random): string {
	let text = makeStretch(random, 1 + random.below(mostConstructs));
	if (random.chance(0.02)) {
		for (let count = 4 + random.below(12); count > 0; count--) text += makeStretch(random, 1 + random.below(mostConstructs));
	}
	for (let count = random.pick([0, 0, 0, 1, 1, 2, 4]); count > 0; count--) text = damage(text, random);
	return text;
}

function makeStretch(random: Random, constructs: number): string {
	const pieces = Array.from({ length: constructs }, () => (random.chance(0.15) ? block(random) : inline(random)));
	return random.chance(0.25)
		? interleave(pieces, random)
		: pieces.join(random.chance(0.7) ? '' : random.pick([' ', '\n', '\\', '\u200b', '!']));
}

/** Puts each piece somewhere into what is there already. */
function interleave(pieces: readonly string[], random: Random): string {
	return pieces.reduce((text, piece) => {
		const at = random.below(text.length + 1);
		return text.slice(0, at) + piece + text.slice(at);
	}, '');
}

/** Drops, doubles, swaps or adds a character, or cuts the text off. */
function damage(text: string, random: Random): string {
	const at = random.below(Math.max(text.length, 1));
	const before = text.slice(0, at);
	const character = text.slice(at, at + 1);
	const after = text.slice(at + 1);
	switch (random.below(7)) {
		case 0:
			return before + after;
		case 1:
			return before + character + character + after;
		case 2:
			return before + mark(random) + character + after;
		case 3:
			return before + (random.chance(0.5) ? odd(random) : zeroWidths(random)) + character + after;
		case 4:
			return before + mention(random) + character + after;
		case 5:
			return random.chance(0.5) ? before : character + after;
		default:
			return before + after.slice(0, 1) + character + after.slice(1);
	}
}
