import { describe, expect, it } from 'vitest';
import { chooseChunks } from '#src/knowledge/attached/choose-chunks.ts';
import type { Chunk } from '#src/knowledge/chunk/chunk.ts';

const { signal } = new AbortController();
const chunkOf = (text: string): Chunk => ({ text, context: '', page: null });
/** A token a word. */
const room = (tokens: number) => ({ tokens, cost: ({ text }: Chunk) => text.split(' ').length });

const topics = ['holidays and sick leave', 'laptops and phones', 'travel and expenses', 'parking and bicycles', 'training and books'];
const handbook = Array.from({ length: 40 }, (_, at) => chunkOf(`Section ${at} about ${topics[at % 5]} of group ${at}`));
const withPrice = handbook.with(23, chunkOf('El precio de la bomba BL-300 es de 412,50 euros'));

async function chosen(files: readonly (readonly Chunk[])[], question: string, tokens: number) {
	return await chooseChunks(
		files.map((chunks) => ({ chunks })),
		question,
		room(tokens),
		signal,
	);
}

describe('of the files of a question', () => {
	it('small ones are read whole, in their order', async () => {
		expect(await chosen([handbook.slice(0, 3), withPrice.slice(22, 24)], '', 100)).toEqual([
			{ isWhole: true, chunks: handbook.slice(0, 3) },
			{ isWhole: true, chunks: withPrice.slice(22, 24) },
		]);
	});

	it('a large one is read where it fits the question, and where it begins, in its order', async () => {
		const [file] = await chosen([withPrice], '¿Qué precios tienen las bombas BL 300?', 40);
		expect(file?.isWhole).toBe(false);
		expect(file?.chunks[0]).toBe(withPrice[0]);
		expect(file?.chunks).toContain(withPrice[23]);
		const places = file?.chunks.map((chunk) => withPrice.indexOf(chunk)) ?? [];
		expect(places).toEqual([...places].sort((one, other) => one - other));
	});

	it('what stands beside the right words is read too', async () => {
		const [file] = await chosen([withPrice], 'bomba', 40);
		expect(file?.chunks.map((chunk) => withPrice.indexOf(chunk))).toEqual([0, 22, 23, 24]);
	});

	it('a large one is read from its beginning to its end where the question has no word of it', async () => {
		const [file] = await chosen([handbook], 'resúmelo', 80);
		const places = file?.chunks.map((chunk) => handbook.indexOf(chunk)) ?? [];
		expect(places[0]).toBe(0);
		expect(places.at(-1)).toBeGreaterThan(30);
		expect(places.length).toBeGreaterThan(6);
	});

	it('a small one is not cut for a large one, which gets the rest', async () => {
		const [large, small] = await chosen([withPrice, handbook.slice(0, 2)], 'bomba', 70);
		expect(small).toEqual({ isWhole: true, chunks: handbook.slice(0, 2) });
		expect(large?.chunks.length).toBeGreaterThan(2);
	});

	it('never more is read than there is room for', async () => {
		for (const tokens of [0, 5, 9, 50, 200]) {
			const files = await chosen([withPrice, handbook], 'about section and bomba', tokens);
			const used = files.flatMap(({ chunks }) => chunks).reduce((sum, chunk) => sum + room(0).cost(chunk), 0);
			expect(used).toBeLessThanOrEqual(tokens);
		}
	});

	it('nothing is ranked for somebody who is gone', async () => {
		await expect(chooseChunks([{ chunks: handbook }], 'bicycles', room(10), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
	});
});
