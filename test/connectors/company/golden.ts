/** The questions of `golden.yaml`, and whether two results of one question are the same. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { FetchedRows } from '#src/connectors/engines/engine.ts';
import { type RefusalReason, refusalReasons } from '#src/connectors/guard/refusal.ts';

const questions = z.array(
	z.strictObject({
		es: z.string(),
		en: z.string(),
		sql: z.string(),
		/** What the guard says of the statement: nobody may be told. */
		refused: z.enum(refusalReasons).optional(),
	}),
);

export interface GoldenQuestion {
	es: string;
	en: string;
	sql: string;
	refused?: RefusalReason | undefined;
}

export function goldenQuestions(): GoldenQuestion[] {
	return questions.parse(parse(readFileSync(join(import.meta.dirname, 'golden.yaml'), 'utf8')));
}

/**
 * Rows in a form in which the same are equal, whatever database they are of: numbers to six places, truth as 1 and 0, and in any order unless the
 * statement says one.
 */
export function comparableRows({ rows }: Pick<FetchedRows, 'rows'>, sql: string): string[] {
	const texts = rows.map((row) => JSON.stringify(row.map(comparableCell)));
	return /\border by\b(?!.*\))/i.test(sql) ? texts : texts.sort();
}

function comparableCell(cell: string | null): string | number | null {
	if (cell === null) return null;
	if (cell === 'true' || cell === 'false') return cell === 'true' ? 1 : 0;
	return /^-?\d+(\.\d+)?$/.test(cell) ? Number(Number(cell).toFixed(6)) : cell;
}
