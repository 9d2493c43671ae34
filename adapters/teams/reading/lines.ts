/** Puts words together into lines, as a browser lays out HTML without any looks. */

export interface Lines {
	/** Words with blanks as HTML has them: several are one, except those that do not break. */
	words(text: string): void;
	/** As it is, line breaks and all: code. */
	verbatim(text: string): void;
	breakLine(): void;
	/** What comes next begins a line of its own. */
	endBlock(): void;
	/** Begins a list's item: what comes next stands behind this mark. */
	beginItem(mark: string): void;
	/** The blank that follows belongs to what was left out here. */
	skipBlank(): void;
	/** How much was written, for `since`. */
	readonly length: number;
	/** What was written since then. */
	since(length: number): string;
	/** Everything, without blanks at the ends of lines and more than one empty line. */
	toString(): string;
}

export function createLines(): Lines {
	const pieces: string[] = [];
	/** The line holds something; something besides blanks; and a blank at its end. */
	let isBegun = false;
	let hasWords = false;
	let endsBlank = false;
	let isMarked = false;
	let skipsBlank = false;

	function push(text: string): void {
		if (text === '') return;
		pieces.push(text);
		isBegun = true;
		hasWords ||= text.trim() !== '';
		endsBlank = text.endsWith(' ');
	}

	function followsBlank(): boolean {
		return !hasWords || endsBlank;
	}

	function breakLine(): void {
		pieces.push('\n');
		isBegun = hasWords = endsBlank = isMarked = skipsBlank = false;
	}

	return {
		words(text) {
			const piece = skipsBlank && followsBlank() ? text.trimStart() : text;
			skipsBlank &&= piece === '';
			// At a line's beginning, blanks that do not break indent it.
			const indent = hasWords ? '' : (/^[ \t\r\n\f\u00a0]*/.exec(piece)?.[0] ?? '');
			const words = piece.slice(indent.length).replace(/[ \t\r\n\f\u00a0]+/g, ' ');
			push(indent.replace(/[ \t\r\n\f]+/g, '').replaceAll('\u00a0', ' '));
			push(endsBlank && hasWords && words.startsWith(' ') ? words.slice(1) : words);
		},
		verbatim(text) {
			for (const [index, line] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
				if (index > 0) breakLine();
				push(line.replaceAll('\u00a0', ' '));
			}
		},
		breakLine,
		endBlock() {
			if (isBegun) breakLine();
		},
		beginItem(mark) {
			if (isBegun || isMarked) breakLine();
			pieces.push(mark);
			isMarked = true;
		},
		skipBlank() {
			skipsBlank = true;
		},
		get length() {
			return pieces.length;
		},
		since: (length) => pieces.slice(length).join(''),
		toString: () =>
			pieces
				.join('')
				.split('\n')
				.map((line) => line.trimEnd())
				.join('\n')
				.replace(/\n{3,}/g, '\n\n')
				.trim(),
	};
}
