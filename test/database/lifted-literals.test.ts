/** Values that were written into a statement, and are taken out of it again. */

import { expect, test } from 'vitest';
import { liftLiterals } from '#src/database/lifted-literals.ts';

test.each([
	['a statement without values', 'select "a" from "b" where "c" is null', 'select "a" from "b" where "c" is null', []],
	['values', `insert into "a" ("b") values ('x', 7, 'y')`, 'insert into "a" ("b") values ($1, 7, $2)', ['x', 'y']],
	['an empty one', `set "a" = ''`, 'set "a" = $1', ['']],
	['quotes', `values ('it''s', '''', 'a "b" c')`, 'values ($1, $2, $3)', ["it's", "'", 'a "b" c']],
	['backslashes', String.raw`values ( E'a\\b''c', 'd')`, 'values ( $1, $2)', ["a\\b'c", 'd']],
	['what looks like a parameter', `values ('$1', E'\\\\x00')`, 'values ($1, $2)', ['$1', '\\x00']],
	['names with quotes in them', `select "it's", "a""b'" from c where d = 'e'`, `select "it's", "a""b'" from c where d = $1`, ['e']],
	['a name that ends with E', `select "E" from "TABLE" where "TYPE"='x'`, 'select "E" from "TABLE" where "TYPE"=$1', ['x']],
	['lines', `values ('a\nb')`, 'values ($1)', ['a\nb']],
])('of %s', (_what, statement, sql, parameters) => {
	expect(liftLiterals(statement)).toEqual({ sql, parameters });
});
