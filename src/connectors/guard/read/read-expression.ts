/** One value of a statement, whatever it is made of. */

import type {
	A_Const,
	BoolExpr,
	BooleanTest,
	CaseExpr,
	CoalesceExpr,
	CollateClause,
	ColumnRef,
	MinMaxExpr,
	Node,
	NullTest,
	SubLink,
} from 'libpg-query';
import type { Expression, TruthTest, ValueType } from '../query.ts';
import { refuse } from '../refusal.ts';
import { alike, commonType, needCondition, numberLiteral, typeOf } from '../types.ts';
import { namesOf, only, ownName } from './names.ts';
import { readCall } from './read-call.ts';
import { readCast } from './read-cast.ts';
import { readNow } from './read-now.ts';
import { compare, readOperator } from './read-operator.ts';
import { findColumn, findColumnOf, type NameScope } from './scope.ts';

type Readers = { [Kind in string]?: (fields: never, scope: NameScope) => Expression };

const readers: Readers = {
	A_Const: (fields: A_Const) => readConstant(fields),
	ColumnRef: readColumn,
	A_Expr: readOperator,
	BoolExpr: readLogic,
	NullTest: readNullTest,
	BooleanTest: readTruthTest,
	SubLink: readSubquery,
	CaseExpr: readCase,
	CoalesceExpr: ({ args }: CoalesceExpr, scope: NameScope) => call('coalesce', args, scope),
	MinMaxExpr: ({ op, args }: MinMaxExpr, scope: NameScope) => call(op === 'IS_LEAST' ? 'least' : 'greatest', args, scope),
	TypeCast: readCast,
	FuncCall: readCall,
	CollateClause: readCollation,
	SQLValueFunction: readNow,
};

export function readExpression(node: Node, scope: NameScope): Expression {
	const [kind = ''] = Object.keys(node);
	const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
	if (reader === undefined) refuse('construct', kind);
	return reader((node as Record<string, unknown>)[kind] as never, scope);
}

function readConstant({ ival, fval, sval, boolval, isnull }: A_Const): Expression {
	if (isnull === true) return { kind: 'null' };
	if (ival !== undefined) return { kind: 'number', type: 'integer', value: `${ival.ival ?? 0}` };
	if (fval !== undefined) return numberLiteral((fval.fval ?? '').replace(/^(-?)\./, '$10.').replace(/\.$/, ''));
	if (sval !== undefined) return { kind: 'text', value: sval.sval ?? '' };
	if (boolval !== undefined) return { kind: 'boolean', value: boolval.boolval === true };
	refuse('construct', 'A_Const');
}

function readColumn({ fields = [] }: ColumnRef, scope: NameScope): Expression {
	if (fields.some((field) => 'A_Star' in field)) refuse('construct', 'A_Star');
	const [first = '', second, third] = namesOf(fields);
	if (third !== undefined) refuse('construct', 'name of three parts');
	return second === undefined ? findColumn(scope, first) : findColumnOf(scope, first, second);
}

/** Chains are one list, however they were put in brackets. */
function readLogic({ boolop, args = [] }: BoolExpr, scope: NameScope): Expression {
	const operands = args.map((node) => needCondition(readExpression(node, scope)));
	const [operand] = operands;
	if (boolop === 'NOT_EXPR' && operand !== undefined) return { kind: 'not', operand };
	const operator = boolop === 'OR_EXPR' ? 'or' : 'and';
	const flat = operands.flatMap((part) => (part.kind === 'logic' && part.operator === operator ? part.operands : [part]));
	return { kind: 'logic', operator, operands: flat };
}

function readNullTest({ arg, nulltesttype }: NullTest, scope: NameScope): Expression {
	return { kind: 'is-null', negated: nulltesttype === 'IS_NOT_NULL', operand: readExpression(needed(arg, 'NullTest'), scope) };
}

function readTruthTest({ arg, booltesttype = 'IS_TRUE' }: BooleanTest, scope: NameScope): Expression {
	const test = booltesttype.replace('IS_', '').replace('_', ' ').toLowerCase() as TruthTest;
	return { kind: 'is-truth', test, operand: needCondition(readExpression(needed(arg, 'BooleanTest'), scope)) };
}

function readSubquery({ subLinkType, testexpr, operName, subselect }: SubLink, scope: NameScope): Expression {
	const { reading, withNames } = scope;
	const { query, columns } = reading.query(only(subselect, 'SelectStmt'), { reading, outer: scope, withNames });
	if (subLinkType === 'EXISTS_SUBLINK') return { kind: 'exists', query };
	const [column, another] = columns;
	if (column === undefined || another !== undefined) refuse('types', 'subquery of several columns');
	if (subLinkType === 'EXPR_SUBLINK') return { kind: 'scalar', query, type: column.type };
	if (operName !== undefined && ownName(operName, 'operator') !== '=') refuse('operator', namesOf(operName).join('.'));
	const operand = readExpression(needed(testexpr, 'SubLink'), scope);
	const type = typeOf(operand);
	if (type === 'other' || type === 'interval') refuse('types', type);
	commonType(type, column.type);
	return { kind: 'in-query', negated: false, operand, query };
}

/** As much of the tree as a call within a call takes; doubled in each CASE around, a longer one would have no end. */
const mostSubject = 1_000;

/** `CASE a WHEN b` is `CASE WHEN a = b`. */
function readCase({ arg, args = [], defresult }: CaseExpr, scope: NameScope): Expression {
	const subject = arg === undefined ? null : readExpression(arg, scope);
	// It is written once for each branch.
	if (JSON.stringify(subject).length > mostSubject) refuse('too-long', 'CASE');
	const branches = args.map((node) => {
		const { expr, result } = only(node, 'CaseWhen');
		const when = readExpression(needed(expr, 'CaseWhen'), scope);
		return {
			when: subject === null ? needCondition(when) : compare('=', subject, when),
			result: readExpression(needed(result, 'CaseWhen'), scope),
		};
	});
	const otherwise = defresult === undefined ? null : readExpression(defresult, scope);
	const results = unified([...branches.map(({ result }) => result), ...(otherwise === null ? [] : [otherwise])]);
	return {
		kind: 'case',
		branches: branches.map(({ when }, index) => ({ when, result: results.expressions[index] ?? { kind: 'null' } })),
		otherwise: otherwise === null ? null : (results.expressions.at(-1) ?? null),
		type: results.type,
	};
}

function call(name: string, nodes: readonly Node[] | undefined, scope: NameScope): Expression {
	const { expressions, type } = unified((nodes ?? []).map((node) => readExpression(node, scope)));
	return { kind: 'call', name, parameters: expressions, type };
}

/** Values of which one comes out: of one type. Dates beside timestamps would come out as either. */
function unified(expressions: readonly Expression[]): { expressions: Expression[]; type: ValueType } {
	const { expressions: adapted, type } = alike(expressions);
	const written = adapted.filter(({ kind }) => kind !== 'null').map(typeOf);
	if (['timestamp', 'timestamptz'].includes(type) && written.some((other) => other !== type)) refuse('types', `${written.join(' and ')}`);
	return { expressions: adapted, type };
}

/** Texts are compared by their characters in any case: whoever says so changes nothing, and nobody says otherwise. */
function readCollation({ arg, collname }: CollateClause, scope: NameScope): Expression {
	if (ownName(collname, 'operator') !== 'C') refuse('construct', 'COLLATE');
	return readExpression(needed(arg, 'CollateClause'), scope);
}

function needed(node: Node | undefined, place: string): Node {
	return node ?? refuse('construct', place);
}
