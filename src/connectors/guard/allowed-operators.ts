/** Operators that statements may use between two values. Regular expressions, powers, JSON, geometry and prefix operators other than signs are none of them. */

import type { ArithmeticOperator, ComparisonOperator } from './query.ts';

export const allowedComparisons: Readonly<Record<string, ComparisonOperator>> = {
	'=': '=',
	'<>': '<>',
	'!=': '<>',
	'<': '<',
	'<=': '<=',
	'>': '>',
	'>=': '>=',
};

export const allowedArithmetic: Readonly<Record<string, ArithmeticOperator>> = { '+': '+', '-': '-', '*': '*', '/': '/', '%': '%' };

/** What LIKE and its kin are called in the tree. */
export const allowedLikes: Readonly<Record<string, { negated: boolean; anyCase: boolean }>> = {
	'~~': { negated: false, anyCase: false },
	'!~~': { negated: true, anyCase: false },
	'~~*': { negated: false, anyCase: true },
	'!~~*': { negated: true, anyCase: true },
};
