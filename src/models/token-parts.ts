/** What a text is made of, in the parts that tokenizers treat differently, each with the tokens that it takes in the least favourable common one. */

/**
 * English is what all vocabularies know best; `code` are the words and marks of programs, `words` all other words in Latin letters, `marks` all
 * other punctuation. `scripts`: letters that are not Latin. `breaks`: line ends and runs of blanks. `turns`: what a template adds to each
 * message.
 */
export const tokenClasses = ['english', 'code', 'words', 'digits', 'marks', 'emoji', 'scripts', 'breaks', 'turns'] as const;
export type TokenClass = (typeof tokenClasses)[number];
export type TokenParts = Record<TokenClass, number>;

/**
 * The numbers were measured with the tokenizers of SmolLM2 and Llama 2, whose vocabularies of 49,152 and 32,000 are the smallest in use, and
 * compared with those of Llama 3 and of gpt-oss, which take fewer everywhere.
 */
const costs = {
	/** English words up to six letters are one token, longer ones a little more; a name now and then is several. */
	english: (letters: number) => 1.1 + Math.max(letters - 6, 0) * 0.06,
	/** Spanish: the small words one, `plazos` two, `condiciones` three. */
	words: (letters: number) => 1 + Math.min(Math.max(letters - 2, 0), 5) * 0.33 + Math.max(letters - 7, 0) * 0.25,
	/** In capitals most words are unknown. */
	capitals: (letters: number) => 1 + (letters - 1) * 0.45,
	/** Every Han or kana character about one; an alphabet that a vocabulary hardly has costs up to one for each letter. */
	dense: 1,
	otherLetter: 0.6,
	/** Most vocabularies have emoji in one to three pieces. */
	emoji: 1.3,
	/** Many marks that follow each other, as `":"` and `();`, are one token. */
	furtherMark: 0.6,
	/** A second line break often goes with the first one. */
	furtherBreak: 0.5,
	/** Role and marks around one message. */
	turn: 8,
} as const;

const pieces = /[\p{L}\p{M}]+|\p{N}+|\n\s*|[^\S\n]+|[^\s\p{L}\p{M}\p{N}]/gu;
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const latin = /^[\p{Script=Latin}\p{M}]+$/u;
/** As most words are written in Western Europe: one word, not in capitals. Whoever knows that needs to look no closer. */
const plainWord = /^[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+$/;
/** `aB`, `ABc`: a new word for every tokenizer. */
const words = /\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}/gu;

/** So frequent that three of them among the last dozen words tell English from everything else. */
const englishWords = new Set(
	'the of and to in is that for it as was with be by on not he this are or his from at which but have an had they you were their one all we can her has there been if more when will would who so no my your me what do how'.split(
		' ',
	),
);
const longestEnglishWord = Math.max(...[...englishWords].map(({ length }) => length));
const lookBackWords = 12;
const englishAmongThem = 3;
/** What stands before every other word of a program and before few of a letter. */
const operators = new Set('_(){}[]<>=\\@#$&*+|~`"');
const operatorsAmongThem = 4;

/** Each text of a prompt is asked about several times, and the instructions at each question. Few, for they are people's words. */
const recentTexts = 32;
const recent = new Map<string, Readonly<TokenParts>>();

/** Linear in the length of the text. A longer text never has less in all. */
export function tokenParts(text: string): Readonly<TokenParts> {
	const parts = recent.get(text) ?? countParts(text);
	recent.delete(text);
	recent.set(text, parts);
	const [oldest] = recent.keys();
	if (recent.size > recentTexts && oldest !== undefined) recent.delete(oldest);
	return parts;
}

function countParts(text: string): TokenParts {
	const parts = noParts();
	const english = createLookBack();
	const code = createLookBack();
	let before: Kind | null = null;
	let isAfterOperator = false;
	let isCode = false;

	function add(name: TokenClass, tokens: number): void {
		parts[name] += tokens;
	}

	function addWord(word: string, isCapitals: boolean): void {
		const englishCount = english.note(word.length <= longestEnglishWord && englishWords.has(word.toLowerCase()));
		isCode = code.note(isAfterOperator) >= operatorsAmongThem;
		isAfterOperator = false;
		const tokens = isCapitals ? costs.capitals(word.length) : costs.words(word.length);
		if (isCode) add('code', tokens);
		else if (englishCount < englishAmongThem || isCapitals) add('words', tokens);
		else add('english', costs.english(word.length));
	}

	function addLetters(letters: string): void {
		if (latin.test(letters)) {
			for (const word of letters.match(words) ?? []) addWord(word, word.length > 1 && word === word.toUpperCase());
			return;
		}
		const denseCount = letters.match(dense)?.length ?? 0;
		const rest = denseCount === 0 ? letters : letters.replace(dense, '');
		add('scripts', denseCount * costs.dense);
		if (rest !== '' && denseCount > 0) addLetters(rest);
		else add('scripts', rest.length * costs.otherLetter);
	}

	function addMark(mark: string): void {
		add(isCode ? 'code' : 'marks', before === 'mark' ? costs.furtherMark : 1);
		isAfterOperator ||= operators.has(mark);
	}

	const read: Record<Kind, (piece: string) => void> = {
		letters: (piece) => (plainWord.test(piece) ? addWord(piece, false) : addLetters(piece)),
		// A blank goes with the word behind it, but not with a digit.
		digits: ({ length }) => add('digits', length + Number(before === 'blank')),
		lines: (piece) => add('breaks', 1 + (piece.split('\n').length - 2) * costs.furtherBreak),
		blank: ({ length }) => add('breaks', Number(length > 1)),
		emoji: () => add('emoji', costs.emoji),
		mark: addMark,
	};
	for (const piece of text.match(pieces) ?? []) {
		const kind = kindOf(piece);
		read[kind](piece);
		before = kind;
	}
	return parts;
}

export function noParts(): TokenParts {
	return { english: 0, code: 0, words: 0, digits: 0, marks: 0, emoji: 0, scripts: 0, breaks: 0, turns: 0 };
}

/** What a template adds to so many messages. */
export function turnParts(messages: number): TokenParts {
	return { ...noParts(), turns: messages * costs.turn };
}

type Kind = 'letters' | 'digits' | 'lines' | 'blank' | 'emoji' | 'mark';

function kindOf(piece: string): Kind {
	const first = piece.charCodeAt(0);
	if (first < 128) return asciiKinds[first] ?? 'mark';
	if (/^[\p{L}\p{M}]/u.test(piece)) return 'letters';
	if (/^\p{N}/u.test(piece)) return 'digits';
	if (piece.trim() === '') return 'blank';
	return piece.length > 1 ? 'emoji' : 'mark';
}

const asciiKinds = Array.from({ length: 128 }, (_, code): Kind => {
	const character = String.fromCharCode(code);
	if (/[a-z]/i.test(character)) return 'letters';
	if (/\d/.test(character)) return 'digits';
	if (character === '\n') return 'lines';
	return character.trim() === '' ? 'blank' : 'mark';
});

/** Counts how often something was so among the last words. */
function createLookBack(): { note(isSo: boolean): number } {
	/** A bit for each word, the last one lowest. */
	let last = 0;
	let count = 0;
	return {
		note(isSo) {
			const forgotten = (last >> (lookBackWords - 1)) & 1;
			last = ((last << 1) | Number(isSo)) & (2 ** lookBackWords - 1);
			count += Number(isSo) - forgotten;
			return count;
		},
	};
}
