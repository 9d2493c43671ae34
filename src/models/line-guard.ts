/** Checks the framing of NDJSON before the client library parses it, because that prints a broken line, which may hold an answer, to the console. */

const LINE_FEED = 0x0a;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

export interface LineGuard {
	/** How many lines end in these bytes. Null when a line that begins or ends in them is no JSON object. */
	linesIn(bytes: Uint8Array): number | null;
	/** False when the stream ended in the middle of a line. */
	acceptsEnd(): boolean;
}

/** Looks at line ends only, so its cost does not grow with the text. */
export function createLineGuard(): LineGuard {
	let previous = LINE_FEED;
	return {
		linesIn: (bytes) => {
			const before = previous;
			let lines = 0;
			previous = bytes[bytes.length - 1] ?? previous;
			if (before === LINE_FEED && !isLineStart(bytes, 0)) return null;
			for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
				const last = at === 0 ? before : bytes[at - 1];
				if (last !== CLOSING_BRACE || !isLineStart(bytes, at + 1)) return null;
				lines++;
			}
			return lines;
		},
		acceptsEnd: () => previous === LINE_FEED || previous === CLOSING_BRACE,
	};
}

/** True also where the bytes end: the line begins in the next ones. */
function isLineStart(bytes: Uint8Array, at: number): boolean {
	return at >= bytes.length || bytes[at] === OPENING_BRACE;
}
