/** The tree of PostgreSQL's grammar becomes the guard's own: names resolved, types found, everything else refused. */

import type { SelectStmt } from 'libpg-query';
import type { ReadableRelation, StatementBounds } from '../bounds.ts';
import { readExpression } from './read-expression.ts';
import { readQuery } from './read-query.ts';
import type { ReadQuery, StatementReading } from './scope.ts';

export interface ReadStatement extends ReadQuery {
	relations: ReadableRelation[];
}

export function readTree(statement: SelectStmt, bounds: StatementBounds): ReadStatement {
	const used = new Set<ReadableRelation>();
	const reading: StatementReading = { bounds, used, expression: readExpression, query: readQuery };
	const read = readQuery(statement, { reading, outer: null, withNames: null });
	return { ...read, relations: [...used] };
}
