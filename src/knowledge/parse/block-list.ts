/** Collects blocks while a parser runs, cleans them and bounds them: a small file may repeat one long string a million times. */

import type { DocumentBlock } from '../blocks.ts';
import { stretchesOf } from '../stretches.ts';
import { cleanCode, cleanWords } from './clean-text.ts';

/** What one cell of Excel can hold; more of one is no text that people wrote ("Excel specifications and limits"). */
const mostCellCharacters = 32_767;
/** Of one table or sheet. More is data for a database; 200,000 rows of three numbers are read in five seconds. */
export const mostRows = 200_000;
/** About 7,000 pages. The text of a thousand pages of PDF has 3 M. */
const mostCharacters = 20_000_000;
/** Each has a cost of its own, whatever its length. */
const mostBlocks = 500_000;

export interface BlockList {
	readonly blocks: DocumentBlock[];
	/** Whether nothing more is taken: the parser may stop. */
	readonly isFull: boolean;
	heading(level: number, text: string, page?: number | null): void;
	paragraph(text: string, page?: number | null): void;
	code(text: string, page?: number | null): void;
	/** A table without a header has an empty one. Columns that are empty throughout go. */
	table(header: readonly string[], rows: readonly (readonly string[])[], page?: number | null): void;
	/** Something could not be read, and the rest goes on. */
	omit(): void;
	readonly isPartial: boolean;
}

export function createBlockList(): BlockList {
	const blocks: DocumentBlock[] = [];
	let characters = 0;
	let isFull = false;
	let isPartial = false;

	/** What of a text still fits. */
	function take(text: string): string {
		const taken = text.slice(0, mostCharacters - characters);
		characters += taken.length;
		if (taken.length < text.length || blocks.length >= mostBlocks) {
			isFull = true;
			isPartial = true;
		}
		return taken;
	}

	function add(text: string, create: (text: string) => DocumentBlock): void {
		if (text === '' || isFull) return;
		blocks.push(create(take(text)));
	}

	function takeCell(cell: string): string {
		if (cell.length > mostCellCharacters) isPartial = true;
		return isFull ? '' : take(cleanWords(cell.slice(0, mostCellCharacters)));
	}

	return {
		blocks,
		get isFull() {
			return isFull;
		},
		get isPartial() {
			return isPartial;
		},
		heading: (level, text, page = null) =>
			add(cleanWords(text).replace(/\n/g, ' '), (words) => ({ kind: 'heading', level, text: words, page })),
		paragraph(text, page = null) {
			for (const stretch of stretchesOf(text)) add(cleanWords(stretch), (words) => ({ kind: 'paragraph', text: words, page }));
		},
		code: (text, page = null) => add(cleanCode(text), (lines) => ({ kind: 'code', text: lines, page })),
		table(header, rows, page = null) {
			if (isFull) return;
			const names = header.map(takeCell);
			const kept: string[][] = [];
			if (rows.length > mostRows) isPartial = true;
			for (const row of rows.slice(0, mostRows)) {
				if (isFull) break;
				const cells = row.map(takeCell);
				if (cells.some((cell) => cell !== '')) kept.push(cells);
			}
			if (names.some((name) => name !== '') || kept.length > 0) blocks.push({ kind: 'table', header: names, rows: kept, page });
		},
		omit() {
			isPartial = true;
		},
	};
}
