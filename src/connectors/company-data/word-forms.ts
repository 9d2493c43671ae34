/** Words of questions and catalogues, as they are compared: without case, accents and endings, in both languages. Pure. */

import { isFunctionWord } from '../../knowledge/text/function-words.ts';
import { stem, words } from '../../knowledge/text/stems.ts';

/** One word with what it has in common with its other forms, whichever of the languages it is of. */
export interface WordForm {
	word: string;
	es: string;
	en: string;
}

/** Of short texts: the phrases of a catalogue are read again with each question. */
const read = new Map<string, WordForm[]>();
const [mostRead, mostReadCharacters] = [2_000, 200];

export function wordForms(text: string): WordForm[] {
	const known = read.get(text);
	if (known !== undefined) return known;
	const forms = words(text).map((word) => ({ word, es: stem(word, 'es'), en: stem(word, 'en') }));
	if (read.size >= mostRead) read.clear();
	if (text.length <= mostReadCharacters) read.set(text, forms);
	return forms;
}

export function isSameWord(one: WordForm, other: WordForm): boolean {
	return one.word === other.word || one.es === other.es || one.en === other.en;
}

export function includesWord(list: readonly WordForm[], wanted: WordForm): boolean {
	return list.some((one) => isSameWord(one, wanted));
}

const listed = (text: string) => new Set(text.split(' '));

/** What people say around a question, and words that change nothing about it, wherever they stand. */
const idle = listed(
	'hola buenos buenas dias tardes por favor gracias dime dame saber quiero me nos el la los las un una de del en al y ' +
		'please hello hi tell show give thanks know want us the an of in at for and',
);

export function changesNothing({ word }: WordForm): boolean {
	return idle.has(word) || word.length === 1;
}

/** Alone it is about nothing. */
export function saysNothing(form: WordForm): boolean {
	return changesNothing(form) || isFunctionWord(form.word, null);
}

/** From 0 to 1: how many groups of three characters two words or names share. */
export function similarity(one: string, other: string): number {
	const [left, right] = [trigramsOf(one), trigramsOf(other)];
	const shared = left.intersection(right).size;
	return shared === 0 ? 0 : (2 * shared) / (left.size + right.size);
}

function trigramsOf(text: string): Set<string> {
	const padded = `  ${words(text).join(' ')} `;
	return new Set(Array.from({ length: padded.length - 2 }, (_nothing, index) => padded.slice(index, index + 3)));
}

/** The most similar of these first; none that are hardly alike. */
export function nearest(wanted: string, known: readonly string[], most: number): string[] {
	return known
		.map((value) => ({ value, score: similarity(wanted, value) }))
		.filter(({ score }) => score >= leastSimilarity)
		.sort((one, other) => other.score - one.score)
		.slice(0, most)
		.map(({ value }) => value);
}

/** `Valensia` and `Valencia` have 0.63, `bomba` and `bombona` 0.67, `Sevilla` and `Zaragoza` 0. */
export const leastSimilarity = 0.4;
