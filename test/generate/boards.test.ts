import { describe, expect, it } from 'vitest';
import { allBoards, boardFiles } from '../../scripts/generate/boards/all-boards.ts';

interface WrittenPanel {
	id: number;
	title: string;
	gridPos: { x: number; y: number; w: number; h: number };
}

const files = Object.entries(boardFiles()).map(([path, content]) => ({
	path,
	board: JSON.parse(String(content)) as { uid: string; title: string; panels: WrittenPanel[] },
}));

describe('the boards', () => {
	it('are there once in each language, each with an address of its own', () => {
		expect(files).toHaveLength(2 * allBoards.length);
		expect(new Set(files.map(({ board }) => board.uid)).size).toBe(files.length);
		for (const { board } of files) expect(board.uid.length).toBeLessThanOrEqual(40);
	});

	it.each(files)('$path has panels side by side, and none upon another', ({ board: { panels } }) => {
		expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
		const taken = new Set<string>();
		for (const { title, gridPos } of panels) {
			expect(title).not.toBe('');
			expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
			for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
				for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
					expect(taken.has(`${x},${y}`)).toBe(false);
					taken.add(`${x},${y}`);
				}
			}
		}
	});

	it('say something else in Spanish where that is not the same word', () => {
		const same = allBoards
			.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.map(({ title }) => title)))
			.filter(({ en, es }) => en === es);
		expect(same).toEqual([]);
	});

	it('ask for nothing by the name of a platform or a model: installations differ', () => {
		for (const { rows } of allBoards) {
			for (const { panels } of rows)
				for (const { queries } of panels) for (const { expression } of queries) expect(expression).not.toMatch(/platform="|model="/);
		}
	});
});
