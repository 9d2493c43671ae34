/** A checked query as the text of one dialect: the only text that is ever sent. */

import type { SqlDialect } from '../bounds.ts';
import type { Query } from '../query.ts';
import type { DialectRules } from './dialect-rules.ts';
import { dialects } from './dialects.ts';
import { printPredicate } from './print-predicate.ts';
import { type Outermost, printQuery } from './print-query.ts';
import { isPredicate, printValue } from './print-value.ts';
import { bounded, type Printer } from './printer.ts';

export function printStatement(query: Query, dialect: SqlDialect, outermost: Outermost): string {
	return bounded(printQuery(query, createPrinter(dialects[dialect]), outermost));
}

function createPrinter(rules: DialectRules): Printer {
	const printer: Printer = {
		rules,
		value: (expression) => bounded(printValue(expression, printer)),
		condition: (expression) => {
			if (isPredicate(expression)) return bounded(printPredicate(expression, printer));
			const printed = bounded(printValue(expression, printer));
			return rules.hasBooleans ? printed : `(${printed} = 1)`;
		},
		query: (query) => bounded(printQuery(query, printer, null)),
	};
	return printer;
}
