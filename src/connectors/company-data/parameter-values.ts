/** Values for the parameters of a named question, found in what somebody typed. Pure. */

import type { NamedQuestion } from '../catalogue/catalogue-file.ts';
import { isSameWord, leastSimilarity, similarity, type WordForm, wordForms } from './word-forms.ts';

/** A value that stands in a column, with other words for it: what it means in both languages. */
export interface KnownValue {
	value: string;
	wordings: readonly string[];
}

export interface FoundValue {
	parameter: string;
	value: string;
	/** Which words of the question say it: the first, and how many. */
	start: number;
	length: number;
	/** As it was typed, where it is not quite what stands in the column. */
	typed: string | null;
}

export interface FoundValues {
	found: FoundValue[];
	/** Two values are as near to what was typed: whoever asked has to say which. */
	several: { parameter: string; values: string[] } | null;
	/** Parameters that nothing was found for, or two things. */
	open: string[];
}

/** Words that a value can have. */
const longestValue = 6;
/** Another value that is nearly as near makes both uncertain. */
const clearLead = 0.15;
/** Of a value that is taken although it was typed otherwise. */
const leastTyped = 0.6;

/**
 * @param known the values of each parameter with a lookup.
 * @param passedOver words that belong to the phrase itself: no value is guessed from them.
 */
export function findValues(
	text: string,
	question: readonly WordForm[],
	{ parameters }: Pick<NamedQuestion, 'parameters'>,
	known: ReadonlyMap<string, readonly KnownValue[]>,
	passedOver: (word: WordForm) => boolean,
): FoundValues {
	const result: FoundValues = { found: [], several: null, open: [] };
	const isTaken = (start: number, length: number) =>
		result.found.some((one) => start < one.start + one.length && one.start < start + length);
	for (const [parameter, { type, lookup }] of Object.entries(parameters)) {
		const hits = lookup === undefined ? typedHits(text, question, type) : exactHits(question, known.get(parameter) ?? []);
		const free = longestOf(hits.filter(({ start, length }) => !isTaken(start, length)));
		const values = new Set(free.map(({ value }) => value));
		const [first] = free;
		if (first !== undefined && values.size === 1) result.found.push({ parameter, ...first, typed: null });
		else result.open.push(parameter);
		if (values.size > 1) return result;
	}
	for (const parameter of [...result.open]) guess(parameter);
	return result;

	function guess(parameter: string): void {
		const spans = spansOf(question, 3).filter(
			({ start, length }) => !isTaken(start, length) && !question.slice(start, start + length).some(passedOver),
		);
		const near = (known.get(parameter) ?? [])
			.map(({ value }) => ({ value, ...bestSpan(spans, value) }))
			.filter(({ score }) => score >= leastSimilarity)
			.sort((one, other) => other.score - one.score);
		const [best, second] = near;
		if (best === undefined || best.score < leastTyped) return;
		if (second !== undefined && best.score - second.score < clearLead) {
			result.several ??= { parameter, values: near.filter(({ score }) => best.score - score < clearLead).map(({ value }) => value) };
			return;
		}
		const { value, start, length, said } = best;
		result.found.push({ parameter, value, start, length, typed: said });
		result.open = result.open.filter((open) => open !== parameter);
	}
}

type Hit = Pick<FoundValue, 'value' | 'start' | 'length'>;

function exactHits(question: readonly WordForm[], known: readonly KnownValue[]): Hit[] {
	return known.flatMap(({ value, wordings }) =>
		[value, ...wordings].flatMap((wording) => {
			const forms = wordForms(wording).slice(0, longestValue);
			if (forms.length === 0) return [];
			return question.flatMap((_word, start) =>
				forms.every((form, index) => {
					const said = question[start + index];
					return said !== undefined && isSameWord(said, form);
				})
					? [{ value, start, length: forms.length }]
					: [],
			);
		}),
	);
}

/** What stands in a longer one is part of it: `agua` of `bomba de agua`. */
function longestOf(hits: readonly Hit[]): Hit[] {
	return hits.filter(
		({ start, length }) =>
			!hits.some((other) => other.length > length && other.start <= start && start + length <= other.start + other.length),
	);
}

function typedHits(text: string, question: readonly WordForm[], type: NamedQuestion['parameters'][string]['type']): Hit[] {
	const hit = (value: string): Hit[] => {
		const forms = wordForms(value);
		const start = question.findIndex((_word, index) => forms.every((form, at) => question[index + at]?.word === form.word));
		return start < 0 || forms.length === 0 ? [] : [{ value, start, length: forms.length }];
	};
	if (type === 'date') return [...text.matchAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)].flatMap(([value]) => hit(value));
	if (type === 'integer')
		return [...text.matchAll(/(?<![\p{L}\p{N}.,-])\d{1,18}(?![\p{L}\p{N}]|[.,]\d)/gu)].flatMap(([value]) => hit(value));
	if (type === 'text') return [...text.matchAll(/["«“]([^"«»“”]{1,200})["»”]/g)].flatMap(([, value = '']) => hit(value));
	// Decimals are written in two ways, and truth in many words: nothing to be sure of.
	return [];
}

interface Span {
	start: number;
	length: number;
	said: string;
}

function spansOf(question: readonly WordForm[], longest: number): Span[] {
	return question.flatMap((_word, start) =>
		Array.from({ length: Math.min(longest, question.length - start) }, (_nothing, more) => ({
			start,
			length: more + 1,
			said: question
				.slice(start, start + more + 1)
				.map(({ word }) => word)
				.join(' '),
		})),
	);
}

function bestSpan(spans: readonly Span[], value: string): Span & { score: number } {
	return spans.reduce<Span & { score: number }>(
		(best, span) => {
			const score = similarity(span.said, value);
			return score > best.score ? { ...span, score } : best;
		},
		{ start: 0, length: 0, said: '', score: 0 },
	);
}
