/** Names of what comes out of a query. */

import type { Query } from '../query.ts';
import { cannotSay } from './printer.ts';

export function outputNames(body: Query['body']): string[] {
	return body.kind === 'select' ? body.items.map(({ name }) => name) : outputNames(body.left.body);
}

/** As the source of another query, whose columns are told apart by their names, and not everywhere by capitals. */
export function needOwnNames({ body }: Query): void {
	const names = outputNames(body).map((name) => name.toLowerCase());
	if (new Set(names).size < names.length) cannotSay('two columns of one name');
}
