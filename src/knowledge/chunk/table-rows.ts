/** Rows of a table as lines that say by themselves what they say: `Item: Laptop | Price: 900`. Pure. */

import { estimateTokens } from '../../models/token-estimate.ts';
import type { TableBlock } from '../blocks.ts';
import { cutText, mostTokensPerCharacter } from './cut-text.ts';

/** Names of columns beyond this are sentences, and would take the room of what stands in the rows. */
const mostNameTokens = 40;

/** Cells that are empty are left out. A row is divided only where it alone is too long: between its cells first. */
export function* rowLines({ header, rows }: Pick<TableBlock, 'header' | 'rows'>, mostTokens: number): Generator<string> {
	const names = header.map((name) => cutText(name.replace(/\n/g, ' '), mostNameTokens)[0] ?? '');
	if (rows.length === 0) yield* pack(names.filter(Boolean), mostTokens);
	for (const row of rows) {
		const cells = row.flatMap((cell, column) => (cell === '' ? [] : namedCell(names[column] ?? '', cell.replace(/\n/g, ' '), mostTokens)));
		yield* pack(cells, mostTokens);
	}
}

function namedCell(name: string, cell: string, mostTokens: number): string[] {
	const prefix = name === '' ? '' : `${name}: `;
	return cutText(cell, mostTokens - mostNameTokens * 2).map((part) => `${prefix}${part}`);
}

/** Cells into as few lines as they fit. */
function* pack(cells: readonly string[], mostTokens: number): Generator<string> {
	let line = '';
	let tokens = 0;
	const characters = cells.reduce((sum, cell) => sum + cell.length + 3, 0);
	if (characters * mostTokensPerCharacter <= mostTokens) {
		if (cells.length > 0) yield cells.join(' | ');
		return;
	}
	for (const cell of cells) {
		const cost = estimateTokens(cell) + 2;
		if (line !== '' && tokens + cost > mostTokens) {
			yield line;
			line = '';
			tokens = 0;
		}
		line = line === '' ? cell : `${line} | ${cell}`;
		tokens += cost;
	}
	if (line !== '') yield line;
}
