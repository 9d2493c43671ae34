/** Text of a file as it may be stored, searched and quoted: what nobody sees is gone, what looks alike is alike. Pure. */

/** Of fonts: one character for what are several letters ("Alphabetic Presentation Forms", Unicode). NFKC would also turn `m²` into `m2`. */
const ligatures: Readonly<Record<string, string>> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };
const ligature = /[ﬀ-ﬆ]/g;

const lineBreaks = /\r\n?|[\u2028\u2029\u0085\v\f]/g;
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** Word's and PowerPoint's bullets, in the private use of the font Symbol. */
const bullets = /[\uf0b7\uf0a7\uf0d8\uf0fc]/g;

/**
 * Control characters, soft hyphens, fillers, marks of direction, invisible operators, tags, further variation selectors, what stands for what
 * could not be read, and private use, which means something only within one font. PostgreSQL refuses NUL; the others hide words in words.
 */
const invisible =
	/[\p{Cc}--[\t\n]]|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]|\p{Co}|\p{Cs}/gv;
/** Joiners mean something in some scripts and between emoji, and nothing after Latin letters, digits, marks and blanks. */
const uselessJoiners = /(^|[\p{Script=Latin}\p{Nd}\p{P}\s])[\u200c\u200d]+/gu;

const endOfLine = /[^\S\n]+$/gm;
const tooManyBreaks = /\n{3,}/g;

/** Letters, digits and marks of Western Europe: nothing in them is cleaned, and most texts are nothing else. */
const plain = /^[\t\n -~¡-¬®-ſ‐-―‘-•…€]*$/;

/** Keeps line breaks, and blanks at the beginning of lines. Linear in the length. */
export function cleanText(text: string): string {
	if (plain.test(text)) return text;
	return text
		.replace(lineBreaks, '\n')
		.replace(blanks, ' ')
		.replace(bullets, '•')
		.replace(invisible, '')
		.replace(uselessJoiners, '$1')
		.replace(ligature, (character) => ligatures[character] ?? character)
		.normalize('NFC');
}

/** Of what is no word: encoded bytes, for the most part. What was written begins it. */
const mostWordCharacters = 2_000;
const endlessWord = new RegExp(`[\\w+/=-]{${mostWordCharacters + 1},}`, 'g');

/** One line of plain words with one blank between them, as in most cells. */
const plainWords = /^(?:[!-~¡-¬®-ſ]+(?: [!-~¡-¬®-ſ]+)*)?$/;

/** The same for words that run on: one blank between two of them, and no blank lines within. */
export function cleanWords(text: string): string {
	if (text.length <= mostWordCharacters && plainWords.test(text)) return text;
	return cleanText(text)
		.replace(endlessWord, (word) => word.slice(0, mostWordCharacters))
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.replace(tooManyBreaks, '\n\n')
		.trim();
}

/** The same for code: the lines stay as they are. */
export function cleanCode(text: string): string {
	return cleanText(text)
		.replace(endOfLine, '')
		.replace(/^\n+|\n+$/g, '');
}

/** A word that was divided where its line ends: `compu-⏎tadora`. Before a capital or a digit the hyphen is the word's own. */
export function joinDividedWords(text: string): string {
	return text.replace(/(?<=\p{Ll}{2})[-\u2010\u00ad]\n(?=\p{Ll})/gu, '');
}
