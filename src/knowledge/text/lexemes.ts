/** Text → what the word search finds it by: stems and codes, the same on every database server. Pure. */

import { isFunctionWord } from './function-words.ts';
import { foldText, stem, type TextLanguage, textLanguageOf, words } from './stems.ts';

/** Of one chunk, as the database keeps them. */
export interface ChunkLexemes {
	/** A `tsvector` literal. */
	vector: string;
	/** How many, each as often as it stands there. */
	length: number;
	language: TextLanguage | null;
}

/** Of a question: `lexemes[i]` stands for its `words[i]`th word. Each lexeme once. */
export interface QuestionLexemes {
	lexemes: string[];
	words: number[];
}

/** PostgreSQL manual, "Text Search Limitations": positions from 1 to 16,383, 255 of them a lexeme. Longer lexemes than this are nobody's word. */
const [mostPositions, mostPositionsOfOne, mostCharacters] = [16_383, 255, 64];
/** More words than this no question needs. */
const mostWords = 64;

/** What is written together: a code, a version, an amount, a date. */
const compound = /[\p{L}\p{N}]+(?:[-./_,:][\p{L}\p{N}]+)+/gu;
/** Scripts without blanks between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2,}/u;

/** Of a chunk: where each lexeme stands, counted from 1 over `length` words. */
export interface LexemePositions extends Omit<ChunkLexemes, 'vector'> {
	/** The first 255 places of each. */
	positions: ReadonlyMap<string, readonly number[]>;
}

/** As `lexemePositions`, written down for the database. */
export function chunkLexemes(context: string, content: string, usual: TextLanguage | null = null): ChunkLexemes {
	const { positions, ...rest } = lexemePositions(context, content, usual);
	const entries = [...positions].map(([lexeme, at]) => `'${lexeme}':${at.map((one) => Math.min(one, mostPositions)).join(',')}`);
	return { vector: entries.join(' '), ...rest };
}

/**
 * @param context where it stands, found like its words.
 * @param usual the language of the rest of the document: a row of a table does not tell its own.
 */
export function lexemePositions(context: string, content: string, usual: TextLanguage | null = null): LexemePositions {
	const language = textLanguageOf(content) ?? usual;
	const positions = new Map<string, number[]>();
	let position = 0;
	for (const text of [context, content]) {
		for (const word of [...words(text), ...codesIn(text)].flatMap(partsOf)) {
			if (isFunctionWord(word, language)) continue;
			position++;
			const lexeme = shortLexeme(stem(word, language));
			const known = positions.get(lexeme);
			if (known === undefined) positions.set(lexeme, [position]);
			else if (known.length < mostPositionsOfOne) known.push(position);
		}
	}
	return { positions, length: position, language };
}

/** A word is looked for as each language has it, since its answer may stand in another one. */
export function questionLexemes(text: string): QuestionLexemes {
	const found = new Map<string, number>();
	for (const [at, word] of tellingWords(text).slice(0, mostWords).entries()) {
		for (const lexeme of [stem(word, 'es'), stem(word, 'en'), word].map(shortLexeme)) if (!found.has(lexeme)) found.set(lexeme, at);
	}
	return { lexemes: [...found.keys()], words: [...found.values()] };
}

/** What a text is about: its words and codes, each once, without those that say nothing by themselves. */
export function tellingWords(text: string): string[] {
	const language = textLanguageOf(text);
	return [...new Set([...words(text), ...codesIn(text)].flatMap(partsOf))].filter((word) => !isFunctionWord(word, language));
}

/** With a digit, in one piece: `BL-300/16` as `bl30016`, however it was divided. */
function codesIn(text: string): string[] {
	return (foldText(text).match(compound) ?? []).filter((code) => /\d/.test(code)).map((code) => code.replace(/[^\p{L}\p{N}]/gu, ''));
}

/** Where nothing parts words, each two neighbours are one. */
function partsOf(word: string): string[] {
	if (!unspaced.test(word)) return [word];
	const characters = [...word];
	return characters.slice(0, -1).map((character, at) => `${character}${characters[at + 1]}`);
}

function shortLexeme(word: string): string {
	return word.length <= mostCharacters ? word : word.slice(0, mostCharacters).toWellFormed();
}
