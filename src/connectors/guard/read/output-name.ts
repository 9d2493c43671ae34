/** What PostgreSQL calls a column of the result that was given no name. */

import type { Node } from 'libpg-query';
import { namesOf } from './names.ts';

/** Null where it has no name for it. */
export function outputName(node: Node): string | null {
	if ('ColumnRef' in node) return namesOf(node.ColumnRef.fields).at(-1) ?? null;
	if ('FuncCall' in node) return namesOf(node.FuncCall.funcname).at(-1) ?? null;
	if ('TypeCast' in node)
		return node.TypeCast.arg === undefined
			? null
			: (outputName(node.TypeCast.arg) ?? namesOf(node.TypeCast.typeName?.names).at(-1) ?? null);
	if ('CoalesceExpr' in node) return 'coalesce';
	if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
	if ('CaseExpr' in node) return 'case';
	if ('SQLValueFunction' in node) return (node.SQLValueFunction.op ?? '').replace('SVFOP_', '').toLowerCase();
	return null;
}
