/** Cuts what somebody typed into words; what stands in quotes is one word. Pure. */

export interface TypedWord {
	text: string;
	/** With the quotes. */
	source: string;
	/** A quoted word is a name, never a word of ours. */
	isQuoted: boolean;
}

/** Opening quotes and what closes them: keyboards of telephones write the curved ones, Spanish ones the angled. */
const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“', '‘': '’', '«': '»' };

/**
 * A quote that is never closed is a character like any other, and so is one inside a word: O’Brien is one word. Takes time in proportion to
 * the text, whatever quotes it holds.
 */
export function typedWords(text: string): TypedWord[] {
	const words: TypedWord[] = [];
	const findEnd = createEndFinder(text);
	for (let at = skip(/\s*/y, text, 0); at < text.length; ) {
		const closing = quotes[text.charAt(at)];
		const quoteEnd = closing === undefined ? -1 : findEnd(closing, at + 1);
		const end = quoteEnd < 0 ? skip(/\S*/y, text, at) : quoteEnd + 1;
		const source = text.slice(at, end);
		words.push(quoteEnd < 0 ? { text: source, source, isQuoted: false } : { text: within(source), source, isQuoted: true });
		at = skip(/\s*/y, text, end);
	}
	return words;
}

/** Without the quotes, and with single spaces. */
export function joined(words: readonly TypedWord[]): string {
	return words.map(({ text }) => text).join(' ');
}

/** As it was typed, quotes and all: for what quotes are no part of. */
export function joinedAsTyped(words: readonly TypedWord[]): string {
	return words.map(({ source }) => source).join(' ');
}

/** What stands between the quotes. */
function within(quoted: string): string {
	return quoted.slice(1, -1).trim().replace(/\s+/g, ' ');
}

/** Where a run of what the (sticky) pattern describes ends. */
function skip(run: RegExp, text: string, from: number): number {
	run.lastIndex = from;
	run.test(text);
	return run.lastIndex;
}

/**
 * Finds the first closing quote from a position on that ends a word; -1 when there is none. To be asked for growing positions: what was
 * found for one opening quote is remembered for the next, or each of many that are never closed would look through all of the text.
 */
function createEndFinder(text: string): (closing: string, from: number) => number {
	const found = new Map<string, number>();
	const endsWord = (at: number) => at + 1 === text.length || /\s/.test(text.charAt(at + 1));
	return (closing, from) => {
		let end = found.get(closing) ?? 0;
		while (end >= 0 && (end < from || !endsWord(end))) end = text.indexOf(closing, Math.max(end + 1, from));
		found.set(closing, end);
		return end;
	};
}
