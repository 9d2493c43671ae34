/** The set that document search and answers are measured with is well-formed, and large and mixed enough to tell something. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const sentence = z
	.string()
	.regex(/^\S/)
	.refine((text) => text === text.trim() && text === text.normalize('NFC'));
const language = z.enum(['es', 'en']);

/** How many questions of each kind there are at least, so that the share of one kind that is found means something. */
const leastOfKind = {
	fact: 40,
	paraphrase: 30,
	code: 25,
	table: 20,
	cross: 35,
	followup: 20,
	typo: 15,
	version: 12,
	named: 40,
	unanswerable: 40,
	offtopic: 10,
};
type Kind = keyof typeof leastOfKind;

const passages = read('passages', z.strictObject({ id, title: sentence, text: sentence, lang: language }));
const queries = read(
	'queries',
	z.strictObject({
		id,
		text: sentence,
		lang: language,
		kind: z.enum(Object.keys(leastOfKind) as [Kind, ...Kind[]]),
		history: z
			.tuple([
				z.strictObject({ role: z.literal('user'), text: sentence }),
				z.strictObject({ role: z.literal('assistant'), text: sentence }),
			])
			.optional(),
		standalone: sentence.optional(),
	}),
);
const judgements = read('qrels', z.strictObject({ query: id, passage: id }));
const answers = read('answers', z.strictObject({ query: id, passage: id, answer: sentence, wrong: sentence.optional() }));

const passageById = new Map(passages.map((passage) => [passage.id, passage]));
const queryById = new Map(queries.map((query) => [query.id, query]));
const relevantTo = Map.groupBy(judgements, ({ query }) => query);

describe('the passages', () => {
	it('have ids and texts of their own, and none is longer than what is embedded at once', () => {
		expect(repeated(passages.map((passage) => passage.id))).toEqual([]);
		expect(repeated(passages.map(({ text }) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')))).toEqual([]);
		expect(passages.filter(({ text }) => wordsOf(text).length > 220)).toEqual([]);
	});

	it('come from many documents, three Spanish ones for two English ones', () => {
		expect(passages.length).toBeGreaterThanOrEqual(400);
		expect(new Set(passages.map(({ title }) => title)).size).toBeGreaterThanOrEqual(60);
		const spanish = passages.filter(({ lang }) => lang === 'es').length / passages.length;
		expect(spanish).toBeGreaterThan(0.55);
		expect(spanish).toBeLessThan(0.65);
	});
});

describe('the questions', () => {
	it('have ids of their own, and there are enough of each kind', () => {
		expect(repeated(queries.map((query) => query.id))).toEqual([]);
		for (const [kind, least] of Object.entries(leastOfKind))
			expect(queries.filter((query) => query.kind === kind).length, kind).toBeGreaterThanOrEqual(least);
	});

	it('have passages that answer them, if and only if they can be answered', () => {
		for (const { id, kind } of queries)
			expect({ id, isAnswered: relevantTo.has(id) }).toEqual({ id, isAnswered: kind !== 'unanswerable' && kind !== 'offtopic' });
	});

	it('are judged once for each passage, and both are there', () => {
		expect(judgements.filter(({ query, passage }) => !(queryById.has(query) && passageById.has(passage)))).toEqual([]);
		expect(repeated(judgements.map(({ query, passage }) => `${query} ${passage}`))).toEqual([]);
	});

	it('of the kind cross stand in the other language than everything that answers them, most in Spanish', () => {
		const crossing = queries.filter(({ kind }) => kind === 'cross');
		for (const { id, lang } of crossing)
			expect({ id, languages: languagesOf(id) }).toEqual({ id, languages: [lang === 'es' ? 'en' : 'es'] });
		expect(crossing.filter(({ lang }) => lang === 'es').length).toBeGreaterThan(crossing.length / 2);
	});

	it('that follow another one bring what was said and what they mean alone, and no others do', () => {
		for (const { id, kind, history, standalone } of queries)
			expect({ id, isWhole: [history !== undefined, standalone !== undefined] }).toEqual({
				id,
				isWhole: kind === 'followup' ? [true, true] : [false, false],
			});
	});
});

describe('the answers', () => {
	it('stand in a passage that was judged to answer the question, and some have a wrong twin', () => {
		expect(repeated(answers.map(({ query }) => query))).toEqual([]);
		const judged = new Set(judgements.map(({ query, passage }) => `${query} ${passage}`));
		expect(answers.filter(({ query, passage }) => !judged.has(`${query} ${passage}`))).toEqual([]);
		expect(answers.filter(({ answer, wrong }) => answer === wrong)).toEqual([]);
		expect(answers.length).toBeGreaterThanOrEqual(60);
		expect(answers.filter(({ wrong }) => wrong).length).toBeGreaterThanOrEqual(30);
	});

	it('name no figure that their passage lacks', () => {
		for (const { query, passage, answer } of answers) {
			const known = new Set(figuresOf(`${passageById.get(passage)?.title} ${passageById.get(passage)?.text}`));
			expect({ query, unknown: figuresOf(answer).filter((figure) => !known.has(figure)) }).toEqual({ query, unknown: [] });
		}
	});
});

it('everything is in the language that it says', () => {
	const answersInTheirLanguage = answers.flatMap(({ query, answer, wrong = answer }) => {
		const lang = queryById.get(query)?.lang ?? 'es';
		return [
			{ lang, text: answer },
			{ lang, text: wrong },
		];
	});
	const standalone = queries.flatMap(({ lang, standalone: text }) => (text ? [{ lang, text }] : []));
	const mistaken = [...passages, ...queries, ...standalone, ...answersInTheirLanguage].filter(({ lang, text }) => {
		const { es, en } = { es: commonWords(text, spanishWords), en: commonWords(text, englishWords) };
		return lang === 'es' ? en > es : es > en;
	});
	expect(mistaken).toEqual([]);
});

/** Words that are frequent in one of the languages and are no words of the other. */
const spanishWords = new Set('el la los las un una de del que qué en y con por para se al es son cuánto cuál cómo lo su si más'.split(' '));
const englishWords = new Set('the of and to is are for with what how which when that it its by from this at be does do not on'.split(' '));

function commonWords(text: string, among: ReadonlySet<string>): number {
	return wordsOf(text.toLowerCase()).filter((word) => among.has(word)).length;
}

function wordsOf(text: string): string[] {
	return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Without separators: 1.475 in Spanish is 1,475 in English. */
function figuresOf(text: string): string[] {
	return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((figure) => figure.replace(/[.,]/g, ''));
}

function languagesOf(query: string): string[] {
	return [...new Set(relevantTo.get(query)?.map(({ passage }) => passageById.get(passage)?.lang ?? 'none'))];
}

function repeated(values: readonly string[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

function read<T>(name: string, shape: z.ZodType<T>): T[] {
	const lines = readFileSync(join(import.meta.dirname, 'set', `${name}.jsonl`), 'utf8')
		.trimEnd()
		.split('\n');
	return lines.map((line) => shape.parse(JSON.parse(line)));
}
