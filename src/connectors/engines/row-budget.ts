/** How much more of a result may be fetched. Every engine counts alike. */

import type { RunLimits } from '../catalogue/catalogue-file.ts';
import type { FetchedRows } from './engine.ts';

/** A cell for people: longer ones are cut, with a mark. The longest number of 40 digits is far from it. */
const mostCellCharacters = 10_000;
const cutMark = '…';

export interface RowBudget {
	/** @returns whether the row was taken; after the first that was not, nothing more is to be fetched. */
	take(row: readonly (string | null)[]): boolean;
	/** How many rows to ask for next, so that what is on its way stays within the budget. */
	nextStep(): number;
	rows(): Pick<FetchedRows, 'rows' | 'cutBy'>;
}

/** Beyond so many rows a time, fetching was no faster in PostgreSQL. */
const mostStep = 100;

export function createRowBudget({ rows: mostRows, bytes: mostBytes }: Pick<RunLimits, 'rows' | 'bytes'>): RowBudget {
	const taken: (string | null)[][] = [];
	let bytes = 0;
	let cutBy: FetchedRows['cutBy'] = null;
	return {
		take(row) {
			if (taken.length === mostRows) cutBy = 'rows';
			if (cutBy !== null) return false;
			const cells = row.map(cutCell);
			const size = cells.reduce((sum, cell) => sum + Buffer.byteLength(cell ?? ''), 0);
			if (bytes + size > mostBytes) cutBy = 'bytes';
			if (cutBy !== null) return false;
			bytes += size;
			taken.push(cells);
			return true;
		},
		nextStep() {
			// The first alone: how wide rows are is not known yet.
			if (taken.length === 0) return 1;
			const usual = Math.max(1, bytes / taken.length);
			const byBytes = Math.max(1, Math.floor((mostBytes - bytes) / usual));
			// One more than may be taken tells whether there is more.
			return Math.min(mostStep, byBytes, mostRows - taken.length + 1);
		},
		rows: () => ({ rows: taken, cutBy }),
	};
}

function cutCell(cell: string | null): string | null {
	return cell === null || cell.length <= mostCellCharacters ? cell : `${cell.slice(0, mostCellCharacters).toWellFormed()}${cutMark}`;
}

/** Bytes as PostgreSQL writes them; not more of them than a cell may have. */
export function hexOf(bytes: Uint8Array): string {
	return `\\x${Buffer.from(bytes.subarray(0, mostCellCharacters)).toString('hex')}`;
}
