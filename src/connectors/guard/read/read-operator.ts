/** Operators between values: comparisons, lists, ranges and patterns; what reckons is in `read-arithmetic.ts`. */

import type { A_Expr, Node } from 'libpg-query';
import { allowedArithmetic, allowedComparisons, allowedLikes } from '../allowed-operators.ts';
import type { ComparisonOperator, Expression } from '../query.ts';
import { refuse } from '../refusal.ts';
import { alike, typeOf } from '../types.ts';
import { only, ownName } from './names.ts';
import { arithmetic, concat, signed } from './read-arithmetic.ts';
import { readInterval } from './read-cast.ts';
import type { NameScope } from './scope.ts';

export function readOperator(expression: A_Expr, scope: NameScope): Expression {
	const name = ownName(expression.name, 'operator');
	switch (expression.kind) {
		case 'AEXPR_OP':
			return readPlain(name, expression, scope);
		case 'AEXPR_OP_ANY':
			return readArray(name, '=', expression, scope);
		case 'AEXPR_OP_ALL':
			return readArray(name, '<>', expression, scope);
		case 'AEXPR_IN':
			return readList(name === '<>', expression.lexpr, only(expression.rexpr, 'List').items, scope);
		case 'AEXPR_NOT_DISTINCT':
		case 'AEXPR_DISTINCT': {
			const [left, right] = readPair(expression, scope);
			return { kind: 'same', negated: expression.kind === 'AEXPR_DISTINCT', left, right };
		}
		case 'AEXPR_NULLIF': {
			const [left, right] = readPair(expression, scope);
			return { kind: 'call', name: 'nullif', parameters: [left, right], type: typeOf(left) };
		}
		case 'AEXPR_BETWEEN':
		case 'AEXPR_NOT_BETWEEN':
			return readBetween(expression, scope);
		case 'AEXPR_LIKE':
		case 'AEXPR_ILIKE':
			return readLike(name, expression, scope);
		default:
			refuse('construct', `A_Expr.kind ${expression.kind}`);
	}
}

export function compare(operator: ComparisonOperator, left: Expression, right: Expression): Expression {
	const [first, second] = pair(left, right);
	return { kind: 'compare', operator, left: first, right: second };
}

function readPlain(name: string, { lexpr, rexpr }: A_Expr, scope: NameScope): Expression {
	if (rexpr === undefined) refuse('operator', name);
	if (lexpr === undefined) return signed(name, scope.reading.expression(rexpr, scope));
	const left = scope.reading.expression(lexpr, scope);
	const interval = name === '+' || name === '-' ? readInterval(rexpr) : null;
	if (interval !== null)
		return interval.reduce<Expression>((from, step) => arithmetic.shift(from, name === '-' ? '-' : '+', step.amount, step.unit), left);
	const right = scope.reading.expression(rexpr, scope);
	if (Object.hasOwn(allowedComparisons, name)) return compare(allowedComparisons[name] ?? '=', left, right);
	if (name === '||') return concat(left, right);
	if (Object.hasOwn(allowedArithmetic, name)) return arithmetic.reckon(allowedArithmetic[name] ?? '+', left, right);
	refuse('operator', name);
}

/** `= ANY (ARRAY[…])` is IN, `<> ALL (ARRAY[…])` is NOT IN. */
function readArray(name: string, allowed: '=' | '<>', { lexpr, rexpr }: A_Expr, scope: NameScope): Expression {
	if (name !== allowed) refuse('operator', `${name} ${allowed === '=' ? 'ANY' : 'ALL'}`);
	return readList(allowed === '<>', lexpr, only(rexpr, 'A_ArrayExpr').elements, scope);
}

function readList(negated: boolean, node: Node | undefined, entries: readonly Node[] | undefined, scope: NameScope): Expression {
	if (node === undefined || entries === undefined) refuse('construct', 'IN of nothing');
	const [operand, ...items] = alike([node, ...entries].map((entry) => scope.reading.expression(entry, scope))).expressions;
	if (operand === undefined) refuse('construct', 'IN');
	return { kind: 'in-list', negated, operand, items };
}

function readPair({ lexpr, rexpr }: A_Expr, scope: NameScope): [Expression, Expression] {
	if (lexpr === undefined || rexpr === undefined) refuse('construct', 'A_Expr');
	return pair(scope.reading.expression(lexpr, scope), scope.reading.expression(rexpr, scope));
}

function pair(left: Expression, right: Expression): [Expression, Expression] {
	const [first = left, second = right] = alike([left, right]).expressions;
	return [first, second];
}

function readBetween({ kind, lexpr, rexpr }: A_Expr, scope: NameScope): Expression {
	const [lowest, highest, more] = only(rexpr, 'List').items ?? [];
	if (lexpr === undefined || lowest === undefined || highest === undefined || more !== undefined) refuse('construct', 'BETWEEN');
	const [operand, low, high] = alike([lexpr, lowest, highest].map((node) => scope.reading.expression(node, scope))).expressions;
	if (operand === undefined || low === undefined || high === undefined) refuse('construct', 'BETWEEN');
	return { kind: 'between', negated: kind === 'AEXPR_NOT_BETWEEN', operand, low, high };
}

function readLike(name: string, { lexpr, rexpr }: A_Expr, scope: NameScope): Expression {
	const how = Object.hasOwn(allowedLikes, name) ? allowedLikes[name] : undefined;
	if (how === undefined || lexpr === undefined || rexpr === undefined) refuse('operator', name);
	const operand = scope.reading.expression(lexpr, scope);
	const { pattern, escapedBy } = readPattern(rexpr, scope);
	for (const side of [operand, pattern]) if (typeOf(side) !== 'text') refuse('types', `${typeOf(side)} LIKE`);
	return { kind: 'like', ...how, operand, pattern, escapedBy };
}

/** With ESCAPE the tree has a call around the pattern. */
function readPattern(node: Node, scope: NameScope): { pattern: Expression; escapedBy: string | null } {
	if (!('FuncCall' in node) || ownName(node.FuncCall.funcname, 'function') !== 'like_escape')
		return { pattern: scope.reading.expression(node, scope), escapedBy: null };
	const [pattern, escaping] = (node.FuncCall.args ?? []).map((part) => scope.reading.expression(part, scope));
	if (pattern === undefined || escaping?.kind !== 'text' || [...escaping.value].length !== 1) refuse('literal', 'ESCAPE');
	return { pattern, escapedBy: escaping.value };
}
