/**
 * What a model wrote becomes a statement that is sent, or a refusal. Its text is read as PostgreSQL, checked against what is allowed, and forgotten;
 * what is sent is printed from the checked tree. Pure, but for loading the grammar once.
 */

import type { ColumnType, StatementBounds } from './bounds.ts';
import { needSingleRows } from './multiplied-rows.ts';
import { loadGrammar, parseSelect } from './parse.ts';
import { printStatement } from './print/print.ts';
import { readTree } from './read/read.ts';
import { shownType } from './read/scope.ts';
import { type RefusalReason, RefusedStatement } from './refusal.ts';

declare const byTheGuard: unique symbol;

/** What may be sent: the guard alone makes it, from a tree that it has checked, and engines take nothing else. */
export interface PrintedQuery {
	readonly [byTheGuard]: true;
	readonly verdict: 'printed';
	/** One statement in the dialect of the bounds. */
	readonly sql: string;
	/** Names of the relations that it reads, each once, in the order in which they were written. */
	readonly relations: readonly string[];
	/** What comes out, in order. Booleans come as 1 and 0 where the database has none. */
	readonly columns: readonly { name: string; type: ColumnType }[];
}

export type GuardVerdict = PrintedQuery | { verdict: 'refused'; reason: RefusalReason; what: string };

/** `text` is one SELECT as PostgreSQL reads it. It never throws over what the text holds. */
export async function guardStatement(text: string, bounds: StatementBounds): Promise<GuardVerdict> {
	const grammar = await loadGrammar();
	try {
		const { query, columns, relations } = readTree(parseSelect(grammar, text), bounds);
		needSingleRows(query);
		const sql = printStatement(query, bounds.dialect, { mostRows: bounds.maxRows + 1, columns });
		const printed: Omit<PrintedQuery, typeof byTheGuard> = {
			verdict: 'printed',
			sql,
			relations: relations.map(({ name }) => name),
			columns: columns.map(({ name, type }) => ({ name, type: shownType(type) })),
		};
		return printed as PrintedQuery;
	} catch (error) {
		if (error instanceof RefusedStatement) return { verdict: 'refused', reason: error.reason, what: error.what };
		// A tree as deep as the stack; nothing else in here depends on how much there is of anything.
		if (error instanceof RangeError) return { verdict: 'refused', reason: 'too-deep', what: 'stack' };
		throw error;
	}
}
