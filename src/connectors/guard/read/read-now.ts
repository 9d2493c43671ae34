/** `now()`, `current_date` and their kin. */

import type { SQLValueFunction } from 'libpg-query';
import type { Expression } from '../query.ts';
import { momentLiteral } from '../types.ts';
import type { NameScope } from './scope.ts';

/** The present moment is a literal, so that all databases and all parts of an answer mean the same one. */
export function readNow({ op }: SQLValueFunction, { reading: { bounds } }: Pick<NameScope, 'reading'>): Expression {
	return op === 'SVFOP_CURRENT_DATE' ? momentLiteral(bounds.now.slice(0, 10), 'date') : momentLiteral(bounds.now, 'timestamp');
}
