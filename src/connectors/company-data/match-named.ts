/**
 * Which named question somebody asks, found by its words without a model: sure, or not at all. What a question says beyond a phrase, its values and
 * the names of what they are values of, makes it another question. Pure.
 */

import type { NamedQuestion } from '../catalogue/catalogue-file.ts';
import { type FoundValue, findValues, type KnownValue } from './parameter-values.ts';
import { changesNothing, includesWord, saysNothing, type WordForm, wordForms } from './word-forms.ts';

export interface NamedCandidate {
	connector: string;
	name: string;
	question: NamedQuestion;
	/** By parameter with a lookup. */
	values: ReadonlyMap<string, readonly KnownValue[]>;
	/** What the columns and views of the lookups are called: said or not, it is the same question. */
	aside: readonly string[];
}

/** A question that was asked before in the conversation, and with which values. */
export interface NamedFrame {
	connector: string;
	name: string;
	given: Readonly<Record<string, string>>;
}

export type NamedMatch =
	| { kind: 'sure'; candidate: NamedCandidate; given: Record<string, string>; guessed: { typed: string; value: string }[] }
	/** Sure but for one value, of which there are several that may be meant. */
	| { kind: 'which'; candidate: NamedCandidate; values: string[] }
	| { kind: 'none' };

/** Of the words that count, by weight. Below it the model is asked: a wrong number is worse than a slow one. */
const leastScore = 0.8;
/** Over the best phrase of every other question. */
const leastLead = 0.1;
/** Of words of a phrase such as `hay` and `en`. */
const functionWeight = 0.25;

const none: NamedMatch = { kind: 'none' };

export function matchNamed(text: string, candidates: readonly NamedCandidate[], frame: NamedFrame | null = null): NamedMatch {
	const question = wordForms(text);
	if (question.length === 0) return none;
	const followed = followUp(text, question, candidates, frame);
	if (followed !== null) return followed;
	const weigh = weightsOf(candidates);
	const scored = candidates.map((candidate) => score(text, question, candidate, weigh)).sort((one, other) => other.score - one.score);
	const [best, second] = scored;
	if (best === undefined || best.score < leastScore) return none;
	if (second !== undefined && best.score - second.score < leastLead) return none;
	const { candidate, values } = best;
	if (values.several !== null && values.open.length === 1) return { kind: 'which', candidate, values: values.several.values };
	return values.open.length > 0 ? none : sureOf(candidate, values.found, {});
}

/** `And in Sevilla?` says nothing but a value of the question before. */
function followUp(
	text: string,
	question: readonly WordForm[],
	candidates: readonly NamedCandidate[],
	frame: NamedFrame | null,
): NamedMatch | null {
	const candidate = candidates.find(({ connector, name }) => connector === frame?.connector && name === frame.name);
	if (candidate === undefined || frame === null) return null;
	const { found, several, open } = findValues(text, question, candidate.question, candidate.values, saysNothing);
	const rest = question.filter((word, at) => !isWithin(found, at) && !saysNothing(word) && !includesWord(asideOf(candidate), word));
	if (found.length === 0 || several !== null || rest.length > 0) return null;
	const known = { ...frame.given };
	return open.every((parameter) => Object.hasOwn(known, parameter)) ? sureOf(candidate, found, known) : null;
}

function sureOf(candidate: NamedCandidate, found: readonly FoundValue[], known: Record<string, string>): NamedMatch {
	const values = new Map([...Object.entries(known), ...found.map(({ parameter, value }) => [parameter, value] as const)]);
	// In the order of the file, whatever order they were said or kept in.
	const given = Object.fromEntries(Object.keys(candidate.question.parameters).map((name) => [name, values.get(name) ?? '']));
	const guessed = found.flatMap(({ typed, value }) => (typed === null ? [] : [{ typed, value }]));
	return { kind: 'sure', candidate, given, guessed };
}

function score(text: string, question: readonly WordForm[], candidate: NamedCandidate, weigh: (word: WordForm) => number) {
	const phrases = phraseWords(candidate.question);
	const inPhrases = phrases.flat();
	const values = findValues(
		text,
		question,
		candidate.question,
		candidate.values,
		(word) => saysNothing(word) || includesWord(inPhrases, word),
	);
	const aside = asideOf(candidate);
	// What may be one of several values is said for the parameter all the same.
	const guessable = values.several === null ? 0 : 1;
	const said = question.filter((word, at) => !isWithin(values.found, at) && !includesWord(aside, word));
	// Of words such as `no` and `sin` none may be passed over.
	const best = Math.max(...phrases.map((phrase) => likeness(said, phrase, weigh, guessable)));
	return { candidate, values, score: best };
}

/** Twice what both say, by what both say together. */
function likeness(said: readonly WordForm[], phrase: readonly WordForm[], weigh: (word: WordForm) => number, forgiven: number): number {
	const sum = (list: readonly WordForm[]) => list.reduce((total, word) => total + (saysNothing(word) ? functionWeight : weigh(word)), 0);
	const strange = said
		.filter((word) => !includesWord(phrase, word) && !changesNothing(word))
		.map(weigh)
		.sort((one, other) => other - one);
	const missing = phrase.filter((word) => !includesWord(said, word));
	const shared = sum(phrase) - sum(missing);
	const all = 2 * shared + strange.slice(forgiven).reduce((total, weight) => total + weight, 0) + sum(missing);
	return all === 0 ? 0 : (2 * shared) / all;
}

/** A word that few phrases have tells more; one that none has tells most: it is about something else. */
function weightsOf(candidates: readonly NamedCandidate[]): (word: WordForm) => number {
	const phrases = candidates.flatMap(({ question }) => phraseWords(question));
	const known = new Map<string, number>();
	return (form) => {
		const { word } = form;
		const found = known.get(word);
		if (found !== undefined) return found;
		const having = phrases.filter((phrase) => includesWord(phrase, form)).length;
		const weight = 1 + Math.log((phrases.length + 1) / (having + 1));
		known.set(word, weight);
		return weight;
	};
}

export function phraseWords({ phrases }: NamedQuestion): WordForm[][] {
	return [...phrases.es, ...phrases.en].map((phrase) => wordForms(phrase.replaceAll(/\{\w+\}/g, ' ')));
}

function asideOf({ aside }: NamedCandidate): WordForm[] {
	return aside.flatMap(wordForms);
}

function isWithin(found: readonly FoundValue[], at: number): boolean {
	return found.some(({ start, length }) => start <= at && at < start + length);
}
