/** Cleans model text as it streams in: no control characters, no hidden reordering, no broken Unicode. */

export interface TextCleaner {
	/** Cleans what can be cleaned already; a trailing half of a surrogate pair or of a line break waits for the next delta. */
	push(delta: string): string;
	/** What was still held back, once no more text comes. */
	end(): string;
}

/**
 * Control characters but tab and line feed, and those that reorder text for the reader (Unicode Standard Annex 9): marks U+200E,
 * U+200F and U+061C, embeddings and overrides U+202A to U+202E, isolates U+2066 to U+2069.
 */
const UNWANTED = /(?![\t\n])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Creates a cleaner for one text. A carriage return becomes a line feed, a lone surrogate the replacement character U+FFFD. What ends a line
 * for some readers only (U+2028, U+2029) becomes a blank.
 */
export function createTextCleaner(): TextCleaner {
	let held = '';
	return {
		push(delta) {
			const text = held + delta;
			held = text.slice(heldFrom(text));
			return clean(text.slice(0, text.length - held.length));
		},
		end() {
			const text = held;
			held = '';
			return clean(text);
		},
	};
}

/** Where the part begins that only the next delta can explain. */
function heldFrom(text: string): number {
	const last = text.charCodeAt(text.length - 1);
	const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
	return isHighSurrogate || last === 0x0d ? text.length - 1 : text.length;
}

function clean(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(UNWANTED, '')
		.replace(/[\u2028\u2029]/g, ' ');
}
