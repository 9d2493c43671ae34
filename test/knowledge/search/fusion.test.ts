/** How two searches become one list, and whether anything in it is about the question. */

import { describe, expect, test } from 'vitest';
import { type FusedHit, fuse } from '#src/knowledge/search/fusion.ts';
import { isRelevant } from '#src/knowledge/search/relevance.ts';
import { wordingsOf } from '#src/knowledge/search/wordings.ts';

const word = (chunkId: number, score: number, coverage: number) => ({ chunkId, score, coverage, isNamed: false });
const vector = (chunkId: number, similarity: number, language = 'es') => ({ chunkId, similarity, language, isNamed: false });
const ids = (hits: readonly FusedHit[]) => hits.map(({ chunkId }) => chunkId);
/** A hundred unrelated passages of a language, ever further away. */
const unrelated = (from: number, best: number, language: string) =>
	Array.from({ length: 100 }, (_, at) => vector(from + at, best - at / 1_000, language));
const byNearness = (hits: ReturnType<typeof vector>[]) => hits.toSorted((one, other) => other.similarity - one.similarity);

describe('fused', () => {
	test('what both searches find goes before what one finds', () => {
		const hits = fuse([{ words: [word(1, 9, 0.8), word(2, 8, 0.7)], vectors: [vector(2, 0.9), vector(3, 0.89), vector(4, 0.7)] }]);
		expect(ids(hits)[0]).toBe(2);
		expect(hits[0]).toMatchObject({ coverage: 0.7, similarity: 0.9 });
		expect(hits.find(({ chunkId }) => chunkId === 1)).toMatchObject({ similarity: null });
	});

	test('the answer in another language goes before passages that are near because of theirs', () => {
		const spanish = unrelated(100, 0.84, 'es');
		const english = unrelated(300, 0.78, 'en');
		const hits = fuse([{ words: [], vectors: byNearness([...spanish, vector(1, 0.83, 'en'), ...english]).slice(0, 300) }]);
		expect(ids(hits)[0]).toBe(1);
	});

	test('a few passages of a language, or of none that is known, are not pushed up', () => {
		const vectors = byNearness([...unrelated(100, 0.84, 'es'), vector(1, 0.7, 'fr'), vector(2, 0.69, 'fr')]);
		expect(ids(fuse([{ words: [], vectors }]))[0]).toBe(100);
	});

	test('words that the corpus does not have leave the order to the vectors', () => {
		const vectors = byNearness([vector(1, 0.95), ...unrelated(100, 0.8, 'es')]);
		expect(ids(fuse([{ words: [word(150, 3, 0.05)], vectors }]))[0]).toBe(1);
		expect(ids(fuse([{ words: [word(150, 3, 0.05)], vectors: [] }]))).toEqual([150]);
	});

	test('what stands in a named document goes before what is a little better elsewhere', () => {
		const named = { ...word(2, 7, 0.6), isNamed: true };
		expect(ids(fuse([{ words: [word(1, 9, 0.8), named, word(3, 6, 0.6)], vectors: [] }]))).toEqual([2, 1, 3]);
		const faint = { ...word(2, 2, 0.6), isNamed: true };
		expect(ids(fuse([{ words: [word(1, 9, 0.8), word(3, 6, 0.6), faint], vectors: [] }]))[0]).toBe(1);
	});

	test('several wordings add up, and equals are in the order of their ids', () => {
		const lists = [
			{ words: [word(5, 1, 0.5)], vectors: [] },
			{ words: [word(7, 4, 0.5), word(5, 4, 0.5)], vectors: [] },
		];
		expect(ids(fuse(lists))).toEqual([5, 7]);
		expect(ids(fuse([{ words: [word(9, 1, 1), word(3, 1, 1)], vectors: [] }]))).toEqual([3, 9]);
		expect(fuse([])).toEqual([]);
		expect(fuse([{ words: [], vectors: [] }])).toEqual([]);
	});
});

describe('relevant is', () => {
	const hit = (coverage: number, similarity: number | null): FusedHit => ({ chunkId: 1, score: 1, coverage, similarity });
	test.each([
		['what has the words of the question', [hit(0.6, null)], null, true],
		['what has some of them, where there are no vectors', [hit(0.15, null)], null, true],
		['not what has hardly any', [hit(0.05, null)], null, false],
		['what is near without any of the words', [hit(0, 0.87)], 0.8, true],
		['not what is as near as anything', [hit(0.1, 0.81)], 0.8, false],
		['nothing where nothing was found', [], 0.8, false],
	])('%s', (_, hits, noise, expected) => {
		expect(isRelevant(hits, noise)).toBe(expected);
	});
});

describe('searched for is', () => {
	test.each([
		['a whole question as it is', '¿Cuántos días laborables de vacaciones corresponden a cada persona de la oficina de Valencia?', 1],
		['a short one with the one before', '¿y en domingo?', 1],
		['one that points back with the one before, too', '¿Cuál es el plazo máximo de entrega de eso para clientes de Portugal en agosto?', 2],
	])('%s', (_, question, count) => {
		const wordings = wordingsOf(question, '¿Con qué recargo se pagan las horas extra?');
		expect(wordings.length).toBeGreaterThanOrEqual(count);
		expect(wordings.at(-1)?.includes('recargo')).toBe(!question.startsWith('¿Cuántos'));
	});

	test('nothing for what says nothing', () => {
		expect(wordingsOf('¿y?', null)).toEqual([]);
	});
});
