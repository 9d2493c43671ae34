/** Texts that a model does not take, alone and among others. */

import { describe, expect, it } from 'vitest';
import { embedEach, halvesOf, type SendOutcome } from '#src/models/embed-each.ts';

/** A host that takes so many texts at a time, none of them longer than that, and none with `NaN` in it. Its vectors tell how many words a text has. */
function createSender({ mostTexts = 32, mostCharacters = 400 } = {}) {
	const sent: string[][] = [];
	const send = async (texts: readonly string[]): Promise<SendOutcome> => {
		const taken = texts.slice(0, mostTexts);
		sent.push(taken);
		const count = taken.length;
		if (taken.some((text) => text.length > mostCharacters)) return { count, refusal: 'too-long' };
		if (taken.some((text) => text.includes('NaN'))) return { count, refusal: 'bad-vector' };
		return { count, vectors: taken.map((text) => (text.startsWith('p: left') ? [1, 0] : [0, 1])) };
	};
	return { sent, send };
}

const long = `${'left '.repeat(100).trim()} ${'right '.repeat(100).trim()}`;

describe('embedEach', () => {
	it('sends on until every text has had its turn', async () => {
		const { sent, send } = createSender({ mostTexts: 2 });
		expect(await embedEach(['a', 'left', 'c'], 'p: ', send)).toEqual([
			[0, 1],
			[1, 0],
			[0, 1],
		]);
		expect(sent).toEqual([['p: a', 'p: left'], ['p: c']]);
	});

	it('asks nobody for nothing', async () => {
		const { sent, send } = createSender();
		expect(await embedEach([], 'p: ', send)).toEqual([]);
		expect(sent).toEqual([]);
	});

	it('finds the one that is refused among others with few requests, and keeps theirs', async () => {
		const { sent, send } = createSender();
		const texts = Array.from({ length: 32 }, (_, index) => (index === 20 ? 'NaN' : `text ${index}`));
		const vectors = await embedEach(texts, '', send);
		expect(vectors.flatMap((vector, index) => (typeof vector === 'string' ? [[index, vector]] : []))).toEqual([[20, 'bad-vector']]);
		expect(sent.length).toBeLessThan(14);
	});

	it('gives one that is too long the mean of its halves, each with the words before it', async () => {
		const { sent, send } = createSender({ mostCharacters: 620 });
		const [short, mean] = await embedEach(['left', long], 'p: ', send);
		expect(short).toEqual([1, 0]);
		expect(mean).toEqual([expect.closeTo(Math.SQRT1_2, 9), expect.closeTo(Math.SQRT1_2, 9)]);
		expect(sent.flat().every((text) => text.startsWith('p: '))).toBe(true);
		expect(sent.slice(-2)).toEqual([[expect.stringMatching(/^p: left.*$/)], [expect.stringMatching(/right$/)]]);
	});

	it('halves on as long as that is needed', async () => {
		const { sent, send } = createSender({ mostCharacters: 160 });
		const [mean] = await embedEach([long], '', send);
		expect(Math.hypot(...(mean as number[]))).toBeCloseTo(1, 9);
		expect(sent).toHaveLength(15);
	});

	it('halves also what makes numbers that are none, for its parts may do', async () => {
		const send = async ([text = '']: readonly string[]): Promise<SendOutcome> =>
			text.includes('left') && text.includes('right') ? { count: 1, refusal: 'bad-vector' } : { count: 1, vectors: [[1, 0]] };
		expect(await embedEach([`${'left '.repeat(40)}${'right '.repeat(33)}`], '', send)).toEqual([[1, 0]]);
	});

	it.each([
		['a short text', 'x'.repeat(150), 1],
		['a text far longer than a passage', 'word '.repeat(100_000), 6],
	])('gives up with the reason and without many requests: %s', async (_, text, requests) => {
		const { sent, send } = createSender({ mostCharacters: 100 });
		expect(await embedEach([text], '', send)).toEqual(['too-long']);
		expect(sent).toHaveLength(requests);
	});

	it('throws what is not about a text', async () => {
		const send = () => Promise.reject(new Error('away'));
		await expect(embedEach(['a'], '', send)).rejects.toThrow('away');
	});
});

describe('halvesOf', () => {
	it.each([
		['at the blank nearest to the middle', 'one two three', ['one two', 'three']],
		['in the middle where no blank is near', 'a'.repeat(10), ['aaaaa', 'aaaaa']],
		['never within a character', '😀😀😀', ['😀😀', '😀']],
		['without blanks around', ' one  two ', ['one', 'two']],
		['into one where the other has no words', 'one          ', ['one']],
	])('cuts %s', (_, text, halves) => {
		expect(halvesOf(text)).toEqual(halves);
	});
});
