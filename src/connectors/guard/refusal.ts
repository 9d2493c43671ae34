/** Why a statement is not printed: a closed set of reasons, and what it is about. */

export const refusalReasons = [
	/** No SQL at all, or SQL that PostgreSQL does not read. */
	'not-sql',
	'too-long',
	'too-deep',
	'several-statements',
	/** Anything but one SELECT; named by its kind. */
	'statement-kind',
	/** A part of SQL that is not on the list; named by its node or by node and field. */
	'construct',
	/** Not among the relations that may be read, whether it exists or not. */
	'unknown-relation',
	'unknown-column',
	'ambiguous-column',
	'function',
	'operator',
	/** A type that nothing is converted to, or not from what is given. */
	'cast',
	/** A column beside sums or counts that is neither grouped nor within one: databases differ in which row they show it of. */
	'not-grouped',
	/** Two things that cannot be compared or reckoned with each other. */
	'types',
	/** A literal that is not what it stands for, or holds characters that are not printed. */
	'literal',
	/** What the database of this connector cannot say with the same result. */
	'dialect',
	/** A sum over rows that a join has multiplied. */
	'multiplied-rows',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** Thrown within the guard, and caught by it. */
export class RefusedStatement extends Error {
	readonly reason: RefusalReason;
	/** A name out of the statement or of the grammar. It goes to the model and into the audit, never into a log. */
	readonly what: string;

	constructor(reason: RefusalReason, what: string) {
		super(reason);
		this.name = 'RefusedStatement';
		this.reason = reason;
		this.what = what.slice(0, mostNameCharacters);
	}
}

/** As long as two qualified names of PostgreSQL (63 bytes each) with a word beside them. */
const mostNameCharacters = 140;

export function refuse(reason: RefusalReason, what: string): never {
	throw new RefusedStatement(reason, what);
}
