/** Names of what a query within another gives: those it has, or those it gets from outside. */

import type { Query } from '../query.ts';
import { refuse } from '../refusal.ts';
import { givenName } from './names.ts';
import { type ReadQuery, sameName } from './scope.ts';

/** A query whose columns others name: each has a name of its own, given from outside or not. */
export function renamed({ query, columns }: ReadQuery, names: readonly string[]): ReadQuery {
	if (names.length > columns.length) refuse('unknown-column', names[columns.length] ?? '');
	const called = columns.map((column, index) => ({ ...column, name: givenName(names[index] ?? column.name) }));
	for (const [index, { name }] of called.entries())
		if (called.findIndex((other) => sameName(other.name, name)) !== index) refuse('ambiguous-column', name);
	rename(
		query,
		called.map(({ name }) => name),
	);
	return { query, columns: called };
}

/** The first SELECT of a set operation names what comes out. */
function rename(query: Query, names: readonly string[]): void {
	const { body } = query;
	const before = outputNames(body);
	query.orderByOutput = query.orderByOutput.map((key) => ({ ...key, name: names[before.indexOf(key.name)] ?? key.name }));
	if (body.kind === 'select') body.items = body.items.map((item, index) => ({ ...item, name: names[index] ?? item.name }));
	else rename(body.left, names);
}

function outputNames(body: Query['body']): string[] {
	return body.kind === 'select' ? body.items.map(({ name }) => name) : outputNames(body.left.body);
}
