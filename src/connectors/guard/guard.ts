/**
 * What a model wrote becomes a statement that is sent, or a refusal. Its text is read as PostgreSQL, checked against what is allowed, and forgotten;
 * what is sent is printed from the checked tree. Pure, but for loading the grammar once.
 */

import type { ColumnType, StatementBounds } from './bounds.ts';
import type { RefusalReason } from './refusal.ts';

export type GuardVerdict =
	| {
			verdict: 'printed';
			/** One statement in the dialect of the bounds. */
			sql: string;
			/** Names of the relations that it reads, each once, in the order in which they were written. */
			relations: string[];
			/** What comes out, in order. Booleans come as 1 and 0 where the database has none. */
			columns: { name: string; type: ColumnType }[];
	  }
	| { verdict: 'refused'; reason: RefusalReason; what: string };

/** `text` is one SELECT as PostgreSQL reads it. It never throws over what the text holds. */
export async function guardStatement(text: string, bounds: StatementBounds): Promise<GuardVerdict> {
	throw new Error(`Not written yet: ${text.length} ${bounds.dialect}`);
}
