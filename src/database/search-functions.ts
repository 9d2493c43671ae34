/**
 * The functions of the database that find chunks. They run with the librarian's rights, so that policies are not asked for each row, and keep to what
 * the asker may read. Made at every start, so that they can get better without a migration; the newest version wins.
 */

import type { Pool } from 'pg';
import { namedDocuments } from './named-documents.ts';
import { vectorSearchFunctions } from './vector-search.ts';
import { wordSearch } from './word-search.ts';

/**
 * A function that takes something else is another one: processes of an older version still have theirs.
 * @param vectorSchema where pgvector's types are; null without it. Throws the driver's own errors.
 */
export async function makeSearchFunctions(pool: Pool, vectorSchema: string | null): Promise<void> {
	const functions = [namedDocuments, wordSearch, ...(vectorSchema === null ? [] : vectorSearchFunctions(vectorSchema))];
	await pool.query(['begin', 'set local role ccb_librarian', ...functions, 'commit'].join(';\n'));
}
