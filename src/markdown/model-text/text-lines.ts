/** Rewrites the text between fences as it comes: formulas, line breaks and names, but nothing within code spans. */

import { keepFormula, readFormula } from './formulas.ts';
import { readBreakTag, readDunder } from './spellings.ts';
import type { ReadAt, Replacement } from './text-place.ts';

export interface TextLines {
	/** Takes more text and gives what is certain of all that came. */
	push(text: string): string;
	/** The rest, as it is: code follows, or nothing. */
	end(): string;
}

/** What may begin one of those; all else is text. */
const SPECIAL = /`+|[\\$<_\n]/g;
const others: Readonly<Record<string, ReadAt>> = { '<': readBreakTag, _: readDunder };
const writing: Readonly<Record<string, ReadAt>> = { ...others, '\\': readFormula, $: readFormula };
const keeping: Readonly<Record<string, ReadAt>> = { ...others, '\\': keepFormula, $: keepFormula };

/** Twice an address. */
const mostLineCharacters = 4_096;
const BLANK = /^[ \t>]*$/;

/** @param keepsFormulas Whether formulas stay TeX. */
export function createTextLines(keepsFormulas: boolean): TextLines {
	const readers = keepsFormulas ? keeping : writing;
	let waiting = '';
	/** The line so far, as it was written. */
	let line = '';
	let isAfterText = false;
	/** How many backticks are open, if any, for those who take what stands between two blank lines for one paragraph, or each line for one. */
	let openInParagraph = 0;
	let openInLine = 0;

	function write(text: string): string {
		const lineEnd = text.lastIndexOf('\n');
		if (lineEnd >= 0) {
			const lines = `${line}${text}`.slice(0, line.length + lineEnd).split('\n');
			isAfterText = !BLANK.test(lines.at(-1) ?? '');
			openInLine = 0;
			if (lines.some((one) => BLANK.test(one))) openInParagraph = 0;
		}
		line = lineEnd < 0 ? line + text : text.slice(lineEnd + 1);
		// Nobody looks at more than its marks and its end.
		if (line.length > mostLineCharacters) line = line.slice(0, mostLineCharacters / 4) + line.slice(-mostLineCharacters / 2);
		return text;
	}

	function readTicks(ticks: string): Replacement {
		openInParagraph = afterTicks(openInParagraph, ticks.length);
		openInLine = afterTicks(openInLine, ticks.length);
		return { length: ticks.length, text: ticks };
	}

	/** What is written of `rest`, which begins with something special; null when more must come. */
	function readSpecial(rest: string, special: string, isEnd: boolean): Replacement | null {
		const mayGoOn = rest.length === special.length && !isEnd;
		if (special.startsWith('`')) return mayGoOn ? null : readTicks(special);
		if (openInParagraph > 0 || openInLine > 0) return { length: 1, text: special };
		const found = readers[special]?.({ rest, line, isAfterText, isEnd });
		if (found === 'wait') return null;
		// What is escaped begins nothing.
		const kept = special === '\\' ? rest.slice(0, 2) : special;
		return found ?? { length: kept.length, text: kept };
	}

	function drain(isEnd: boolean): string {
		let output = '';
		let position = 0;
		while (position < waiting.length) {
			SPECIAL.lastIndex = position;
			const special = SPECIAL.exec(waiting);
			const start = special?.index ?? waiting.length;
			output += write(waiting.slice(position, start));
			position = start;
			const read = special === null ? null : readSpecial(waiting.slice(start), special[0], isEnd);
			if (read === null) break;
			output += write(read.text);
			position += read.length;
		}
		waiting = waiting.slice(position);
		return output;
	}

	return {
		push(text) {
			waiting += text;
			return drain(false);
		},
		end() {
			const output = drain(true);
			line = '';
			isAfterText = false;
			openInParagraph = 0;
			openInLine = 0;
			return output;
		},
	};
}

/** A code span ends with as many backticks as it begins with. */
function afterTicks(open: number, ticks: number): number {
	if (open === 0) return ticks;
	return open === ticks ? 0 : open;
}
