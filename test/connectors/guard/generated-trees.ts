/** Checked trees, made at random: whatever the reader could have made of a statement over the company. */

import fc from 'fast-check';
import type { CastTarget, ComparisonOperator, Expression, Query, SortKey } from '#src/connectors/guard/query.ts';
import { relations } from './company.ts';

const orders = relations.find(({ name }) => name === 'orders');
const customers = relations.find(({ name }) => name === 'customers');

/** Anything that can be shown. */
export const texts = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
const names = texts.filter(
	(text) => text !== '' && !/[\p{Cf}\p{Zl}\p{Zp}]/u.test(text) && !text.endsWith(' ') && Buffer.byteLength(text) < 60,
);

const column = (source: string, name: string, type: 'integer' | 'decimal' | 'text' | 'boolean' | 'date' | 'timestamp'): Expression => ({
	kind: 'column',
	source,
	name,
	type,
});
const number = (value: number): Expression => ({ kind: 'number', type: 'integer', value: String(value) });

const comparisons = fc.constantFrom<ComparisonOperator[]>('=', '<>', '<', '<=', '>', '>=');

interface Expressions {
	integer: Expression;
	text: Expression;
	truth: Expression;
	date: Expression;
}

const expressions = fc.letrec<Expressions>((tie) => {
	const integer = tie('integer') as fc.Arbitrary<Expression>;
	const text = tie('text') as fc.Arbitrary<Expression>;
	const truth = tie('truth') as fc.Arbitrary<Expression>;
	const date = tie('date') as fc.Arbitrary<Expression>;
	return {
		integer: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			fc.constantFrom(column('o', 'id', 'integer'), column('c', 'id', 'integer')),
			fc.integer({ min: -1_000, max: 1_000 }).map(number),
			fc.record({
				kind: fc.constant('arithmetic' as const),
				operator: fc.constantFrom('+' as const, '-' as const, '*' as const),
				left: integer,
				right: integer,
				type: fc.constant('integer' as const),
			}),
			text.map((parameter): Expression => ({ kind: 'call', name: 'length', parameters: [parameter], type: 'integer' })),
			date.map((parameter): Expression => ({ kind: 'call', name: 'extract.year', parameters: [parameter], type: 'integer' })),
			fc.record({ kind: fc.constant('days-between' as const), left: date, right: date }),
			fc
				.record({ when: truth, result: integer, otherwise: integer })
				.map(({ when, result, otherwise }): Expression => ({ kind: 'case', branches: [{ when, result }], otherwise, type: 'integer' })),
		),
		text: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			fc.constantFrom(column('c', 'name', 'text'), column('c', 'city', 'text')),
			texts.map((value): Expression => ({ kind: 'text', value })),
			fc.record({ kind: fc.constant('concat' as const), left: text, right: text }),
			text.map((parameter): Expression => ({ kind: 'call', name: 'upper', parameters: [parameter], type: 'text' })),
			integer.map((operand): Expression => ({ kind: 'cast', operand, to: { type: 'text', digits: null } satisfies CastTarget })),
		),
		date: fc.oneof(
			{ maxDepth: 3, withCrossShrink: true },
			fc.constantFrom(column('o', 'placed_on', 'date'), column('c', 'since', 'date')),
			fc
				.integer({ min: 1, max: 28 })
				.map((day): Expression => ({ kind: 'moment', type: 'date', value: `2025-02-${String(day).padStart(2, '0')}` })),
			fc.record({
				kind: fc.constant('shift' as const),
				operand: date,
				sign: fc.constantFrom('+' as const, '-' as const),
				amount: integer,
				unit: fc.constant('day' as const),
				type: fc.constant('date' as const),
			}),
		),
		truth: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			fc.constantFrom(column('o', 'paid', 'boolean'), column('c', 'is_company', 'boolean')),
			fc.boolean().map((value): Expression => ({ kind: 'boolean', value })),
			fc.record({ kind: fc.constant('compare' as const), operator: comparisons, left: integer, right: integer }),
			fc.record({ kind: fc.constant('same' as const), negated: fc.constant(false), left: date, right: date }),
			truth.map((operand): Expression => ({ kind: 'not', operand })),
			fc.record({ operator: fc.constantFrom('and' as const, 'or' as const), left: truth, right: truth }).map(
				({ operator, left, right }): Expression => ({
					kind: 'logic',
					operator,
					operands: [left, right].flatMap((part) => (part.kind === 'logic' && part.operator === operator ? part.operands : [part])),
				}),
			),
			fc.record({ kind: fc.constant('is-null' as const), negated: fc.boolean(), operand: fc.oneof(text, integer, date) }),
			fc.record({
				kind: fc.constant('is-truth' as const),
				test: fc.constantFrom('true' as const, 'not false' as const, 'unknown' as const),
				operand: truth,
			}),
			fc.record({
				kind: fc.constant('in-list' as const),
				negated: fc.boolean(),
				operand: integer,
				items: fc.array(integer, { minLength: 1, maxLength: 3 }),
			}),
			fc.record({ kind: fc.constant('between' as const), negated: fc.boolean(), operand: text, low: text, high: text }),
			fc.record({
				kind: fc.constant('like' as const),
				negated: fc.boolean(),
				anyCase: fc.boolean(),
				operand: text,
				pattern: texts.map((value): Expression => ({ kind: 'text', value })),
				escapedBy: fc.constantFrom(null, '!', '\\', "'"),
			}),
		),
	};
});

const sortKeys: fc.Arbitrary<SortKey[]> = fc.array(
	fc.record({
		by: fc.constantFrom(column('o', 'id', 'integer'), column('c', 'name', 'text'), column('o', 'total', 'decimal')),
		descending: fc.boolean(),
		nullsFirst: fc.boolean(),
	}),
	{ maxLength: 2 },
);

export const queries: fc.Arbitrary<Query> = fc
	.record({
		items: fc.array(
			fc.record({ expression: fc.oneof(expressions.integer, expressions.text, expressions.truth, expressions.date), name: names }),
			{ minLength: 1, maxLength: 3 },
		),
		on: expressions.truth,
		where: fc.option(expressions.truth),
		orderBy: sortKeys,
		limit: fc.integer({ min: 0, max: 100 }),
		offset: fc.option(fc.integer({ min: 0, max: 100 })),
	})
	.map(({ items, on, where, orderBy, limit, offset }): Query => {
		if (orders === undefined || customers === undefined) throw new Error('The company has no orders.');
		return {
			with: [],
			body: {
				kind: 'select',
				distinct: false,
				items,
				from: [
					{
						kind: 'join',
						type: 'left',
						left: { kind: 'relation', relation: orders, alias: 'o' },
						right: { kind: 'relation', relation: customers, alias: 'c' },
						on,
					},
				],
				where,
				groupBy: [],
				having: null,
			},
			orderBy: [...orderBy],
			orderByOutput: [],
			limit,
			offset,
		};
	});
