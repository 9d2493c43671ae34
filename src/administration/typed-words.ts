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

/** A quote that is never closed is a character like any other, and so is one inside a word: O’Brien is one word. */
export function typedWords(text: string): TypedWord[] {
	const words: TypedWord[] = [];
	let rest = text.trim();
	while (rest !== '') {
		const quoted = readQuoted(rest);
		const [taken = rest] = quoted === null ? (/^\S+/.exec(rest) ?? []) : [quoted.source];
		words.push(quoted === null ? { text: taken, source: taken, isQuoted: false } : { ...quoted, isQuoted: true });
		rest = rest.slice(taken.length).trimStart();
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

function readQuoted(text: string): { text: string; source: string } | null {
	const closing = quotes[text.charAt(0)];
	if (closing === undefined) return null;
	for (let end = text.indexOf(closing, 1); end > 0; end = text.indexOf(closing, end + 1)) {
		const isEnd = end + 1 === text.length || /\s/.test(text.charAt(end + 1));
		if (isEnd) return { text: text.slice(1, end).trim().replace(/\s+/g, ' '), source: text.slice(0, end + 1) };
	}
	return null;
}
