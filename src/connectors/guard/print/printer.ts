/** What all parts of the printer share: the rules of the dialect, and the three that all parts need and that need all parts. */

import type { Expression, Query } from '../query.ts';
import { refuse } from '../refusal.ts';
import type { DialectRules } from './dialect-rules.ts';

export interface Printer {
	rules: DialectRules;
	/** As a value that can be shown, compared and reckoned with. */
	value(expression: Expression): string;
	/** As what is true or not. */
	condition(expression: Expression): string;
	/** Within another query, without brackets. */
	query(query: Query): string;
}

/** Ten times as much as a statement may have. What stands twice in each of many parts within each other would have no end. */
const mostPrinted = 80_000;

export function bounded(printed: string): string {
	return printed.length > mostPrinted ? refuse('too-long', 'printed') : printed;
}

/** What the dialect cannot say with the same result. */
export function cannotSay(what: string): never {
	refuse('dialect', what);
}
