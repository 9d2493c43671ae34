/** Whether a place in a text that streams in is code, where a number in brackets is an index. */

import { createFenceReader } from '../../markdown/model-text/fences.ts';

export interface CodePlace {
	/** Takes the next character. */
	take(character: string): void;
	/** Whether what comes next is code: in a fence, or in a span of this line, be it closed or not. */
	isCode(): boolean;
}

/** A fence's marker stands among them. */
const beginningCharacters = 200;

export function createCodePlace(): CodePlace {
	const fences = createFenceReader();
	/** The line so far, and whether its beginning says that it is code. */
	let line = '';
	/** Backticks that have just come, and those that opened a span. */
	let ticks = 0;
	let span = 0;

	function settleTicks(): void {
		if (ticks === 0) return;
		if (span === 0) span = ticks;
		else if (span === ticks) span = 0;
		ticks = 0;
	}

	return {
		take(character) {
			if (character === '`') ticks++;
			else settleTicks();
			if (character !== '\n') {
				line += character;
				return;
			}
			// As the reply will have it: what nests is widened.
			fences.take(line, () => true);
			line = '';
			span = 0;
		},
		isCode() {
			settleTicks();
			return span > 0 || fences.readBeginning(`${line.slice(0, beginningCharacters)}[`) === 'code';
		},
	};
}
