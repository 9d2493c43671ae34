/** Follows a Markdown text as it grows and tells whether its end lies in code: in a fence, or behind backticks that may open a span. */

export interface CodeTracker {
	take(text: string): void;
	/** `fence` also in its first line. A number is the length of the backticks that a span was opened with, if the same number follows in the line. */
	state(): 'text' | 'fence' | number;
	/** Nothing but blanks stands before the end in its line. */
	isAtLineStart(): boolean;
	/** Another text begins. */
	reset(): void;
}

interface Fence {
	mark: string;
	length: number;
}

/** Of a line only its beginning counts: what opens or closes a fence is not longer, however deep it is nested. */
const keptOfLine = 400;
const pieces = /`+|~+|\n|[^`~\n]+/g;
/** What may stand before a fence: blanks, marks of quotes and of list items. */
const fencePrefix = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+[\s>]*)*$/;

export function createCodeTracker(): CodeTracker {
	let line = '';
	/** Backticks or tildes at the end, which the next text may make more. */
	let run = '';
	let fence: Fence | null = null;
	/** Opened in this line, unless a backtick follows in it: then it was a span. */
	let opening: Fence | null = null;
	let ticks = 0;

	function addToLine(text: string): void {
		if (line.length < keptOfLine) line += text;
	}

	function settleRun(): void {
		if (run === '') return;
		if (fence === null) readRun();
		addToLine(run);
		run = '';
	}

	function readRun(): void {
		const mark = run.charAt(0);
		if (opening === null && ticks === 0 && run.length >= 3 && fencePrefix.test(line)) opening = { mark, length: run.length };
		else if (mark === '`') readTicks(run.length);
	}

	function readTicks(length: number): void {
		if (opening?.mark === '`') {
			ticks = opening.length;
			opening = null;
		}
		if (ticks === 0) ticks = length;
		else if (ticks === length) ticks = 0;
	}

	function endLine(): void {
		settleRun();
		if (fence === null) fence = opening;
		else if (isClosing(line, fence)) fence = null;
		opening = null;
		ticks = 0;
		line = '';
	}

	return {
		take(text) {
			for (const piece of text.match(pieces) ?? []) {
				const isRun = piece.startsWith('`') || piece.startsWith('~');
				if (isRun && piece.charAt(0) === run.charAt(0)) {
					run += piece;
					continue;
				}
				settleRun();
				if (isRun) run = piece;
				else if (piece === '\n') endLine();
				else addToLine(piece);
			}
		},
		state() {
			settleRun();
			if (fence !== null || opening !== null) return 'fence';
			return ticks === 0 ? 'text' : ticks;
		},
		isAtLineStart: () => line.trim() === '' && run === '',
		reset() {
			line = '';
			run = '';
			fence = null;
			opening = null;
			ticks = 0;
		},
	};
}

function isClosing(line: string, { mark, length }: Fence): boolean {
	const marks = line.replace(/^[\s>]+/, '').trimEnd();
	return marks.length >= length && marks === mark.repeat(marks.length);
}
