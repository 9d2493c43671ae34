/** Calls: plain functions, aggregates and window functions, by list. */

import type { FuncCall, Node } from 'libpg-query';
import {
	allowedAggregates,
	allowedFunctions,
	allowedWindowFunctions,
	type FunctionRule,
	type ParameterKind,
} from '../allowed-functions.ts';
import { aggregatesIn, columnsIn } from '../parts.ts';
import type { Aggregate, Expression, ValueType } from '../query.ts';
import { refuse } from '../refusal.ts';
import { asType, isNumber, needCondition, typeOf } from '../types.ts';
import { ownName } from './names.ts';
import { arithmetic } from './read-arithmetic.ts';
import { momentCalls } from './read-moment-call.ts';
import { readNow } from './read-now.ts';
import { readOrder } from './read-order.ts';
import { readOver } from './read-window.ts';
import type { NameScope } from './scope.ts';

export function readCall(call: FuncCall, scope: NameScope): Expression {
	const name = ownName(call.funcname, 'function');
	const aggregate = ruleOf(allowedAggregates, name) ?? ruleOf(allowedWindowFunctions, name);
	if (aggregate !== undefined) return readAggregate(name, aggregate, call, scope);
	const { agg_order, agg_filter, over, agg_star, agg_distinct } = call;
	if ([agg_order, agg_filter, over].some((part) => part !== undefined) || agg_star === true || agg_distinct === true)
		refuse('function', name);
	const parameters = (call.args ?? []).map((node) => scope.reading.expression(node, scope));
	if (name === 'now' && parameters.length === 0) return readNow({ op: 'SVFOP_CURRENT_TIMESTAMP' }, scope);
	const special = Object.hasOwn(specialCalls, name) ? specialCalls[name] : undefined;
	if (special !== undefined) return special(parameters);
	const rule = ruleOf(allowedFunctions, name);
	if (rule === undefined) refuse('function', name);
	const taken = takeParameters(name, rule, parameters);
	return { kind: 'call', name: rule.name ?? name, parameters: taken, type: returnType(rule, taken) };
}

type SpecialCall = (parameters: readonly Expression[]) => Expression;

const specialCalls: Readonly<Record<string, SpecialCall>> = {
	...momentCalls,
	mod: ([left, right, more]) => {
		if (left === undefined || right === undefined || more !== undefined) refuse('function', 'mod');
		return arithmetic.reckon('%', left, right);
	},
	concat: (parameters) => {
		const texts = parameters.map((parameter) => {
			const type = typeOf(parameter);
			if (type === 'integer') return { kind: 'cast' as const, operand: parameter, to: { type: 'text' as const, digits: null } };
			return type === 'text' ? parameter : refuse('types', `concat of ${type}`);
		});
		if (texts.length === 0) refuse('function', 'concat');
		return { kind: 'call', name: 'concat', parameters: texts, type: 'text' };
	},
};

function ruleOf(rules: Readonly<Record<string, FunctionRule>>, name: string): FunctionRule | undefined {
	return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

function readAggregate(name: string, rule: FunctionRule, call: FuncCall, scope: NameScope): Aggregate {
	const given = (call.args ?? []).map((node) => scope.reading.expression(node, scope));
	const isOfRows = call.agg_star === true;
	if (isOfRows !== (name === 'count' && given.length === 0)) refuse('function', `${name}(*)`);
	const parameters = isOfRows ? [] : takeParameters(name, rule, given);
	const aggregate: Aggregate = {
		kind: 'aggregate',
		name,
		parameters,
		distinct: call.agg_distinct === true,
		filter: readFilter(call.agg_filter, scope),
		orderBy: readOrder(call.agg_order, scope, null),
		over: call.over === undefined ? null : readOver(call.over, scope),
		type: returnType(rule, parameters),
	};
	needSense(aggregate);
	needOwnRows(aggregate, scope);
	return aggregate;
}

function needSense({ name, distinct, filter, orderBy, over }: Aggregate): void {
	const isJoined = name === 'string_agg';
	if (orderBy.length > 0 && !isJoined) refuse('function', `${name} with an order`);
	if (distinct && (over !== null || isJoined)) refuse('function', `${name} of DISTINCT`);
	if (over !== null && isJoined) refuse('function', `${name} with OVER`);
	if (ruleOf(allowedWindowFunctions, name) === undefined) return;
	if (over === null || over.orderBy.length === 0) refuse('function', `${name} without an order`);
	if (distinct || filter !== null) refuse('function', `${name} of some`);
}

/** Of rows, not of other sums, and of the query that it stands in: one of the outside's columns alone would be the outside's. */
function needOwnRows({ name, parameters, filter, orderBy, over }: Aggregate, scope: NameScope): void {
	const within = aggregatesIn([parameters, filter, orderBy]);
	if (over === null ? within.length > 0 : within.some((inner) => inner.over !== null)) refuse('function', `${name} of ${within[0]?.name}`);
	const columns = columnsIn([parameters, filter]);
	if (columns.length > 0 && !columns.some(({ source }) => scope.sources.some(({ alias }) => alias === source)))
		refuse('function', `${name} of a column outside`);
}

function readFilter(node: Node | undefined, scope: NameScope): Expression | null {
	return node === undefined ? null : needCondition(scope.reading.expression(node, scope));
}

function returnType(rule: FunctionRule, [first]: readonly Expression[]): ValueType {
	const given = first === undefined ? 'integer' : typeOf(first);
	if (rule.returns === 'decimal' && given === 'float') return 'float';
	return rule.returns === 'first' ? given : rule.returns;
}

function takeParameters(name: string, { parameters, optional = 0 }: FunctionRule, given: readonly Expression[]): Expression[] {
	if (given.length > parameters.length || given.length < parameters.length - optional) refuse('function', `${name} of ${given.length}`);
	return given.map((parameter, index) => {
		const kind = parameters[index] ?? 'any';
		const taken = takeParameter(kind, parameter);
		return taken ?? refuse('types', `${name} of ${typeOf(parameter)}`);
	});
}

/** Null for what does not fit. */
function takeParameter(kind: ParameterKind, given: Expression): Expression | null {
	if (kind === 'decimal') return toDecimal(asType(given, 'decimal'));
	return fits[kind](given, typeOf(given)) ? given : null;
}

/** Of numbers that are reckoned the printers judge: PostgreSQL takes them as they come. */
const fits: Readonly<Record<Exclude<ParameterKind, 'decimal'>, (given: Expression, type: ValueType) => boolean>> = {
	any: () => true,
	text: (_, type) => type === 'text' || type === 'null',
	'constant text': ({ kind }) => kind === 'text',
	comparable: (_, type) => !['boolean', 'other', 'interval', 'null'].includes(type),
	number: (_, type) => isNumber(type),
	count: (given, type) => type === 'integer' && (given.kind !== 'number' || Number(given.value) >= 0),
	position: (given, type) => type === 'integer' && (given.kind !== 'number' || Number(given.value) >= 1),
};

function toDecimal(given: Expression): Expression | null {
	const type = typeOf(given);
	if (!isNumber(type)) return null;
	return type === 'decimal' ? given : { kind: 'cast', operand: given, to: { type: 'decimal', digits: null } };
}
