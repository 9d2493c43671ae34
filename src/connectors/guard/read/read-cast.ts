/** Conversions, and literals with a type before them: `DATE '2026-01-31'`, `INTERVAL '3 months'`. */

import type { Node, TypeCast, TypeName } from 'libpg-query';
import { allowedCasts, allowedTypes, allowedUnits } from '../allowed-types.ts';
import type { CastTarget, Expression, IntervalUnit } from '../query.ts';
import { refuse } from '../refusal.ts';
import { asType, typeOf } from '../types.ts';
import { constantInteger, namesOf, ownName } from './names.ts';
import type { NameScope } from './scope.ts';

export function readCast({ arg, typeName }: TypeCast, scope: NameScope): Expression {
	if (arg === undefined || typeName === undefined) refuse('construct', 'TypeCast');
	const target = readTarget(typeName);
	const operand = asType(scope.reading.expression(arg, scope), target.type);
	const type = typeOf(operand);
	if (!allowedCasts[target.type].includes(type)) refuse('cast', `${type} to ${target.type}`);
	if (target.digits === null && type === target.type) return operand;
	if (operand.kind === 'moment') return readMoment(operand.value, target.type);
	// A float that becomes whole is rounded as decimals are, half away from zero.
	const exact: Expression =
		type === 'float' && target.type === 'integer' ? { kind: 'cast', operand, to: { type: 'decimal', digits: null } } : operand;
	return { kind: 'cast', operand: exact, to: target };
}

function readMoment(value: string, type: CastTarget['type']): Expression {
	if (type !== 'date' && type !== 'timestamp') return { kind: 'text', value };
	return asType({ kind: 'text', value: type === 'date' ? value.slice(0, 10) : value }, type);
}

function readTarget({ names, typmods = [], typemod }: TypeName): CastTarget {
	const name = ownName(names, 'cast');
	const type = Object.hasOwn(allowedTypes, name) ? allowedTypes[name] : undefined;
	if (type === undefined || typemod !== -1) refuse('cast', namesOf(names).join('.'));
	if (typmods.length === 0 || type !== 'decimal')
		return typmods.length === 0 ? { type, digits: null } : refuse('cast', `${name} of a length`);
	const [precision = 0, scale = 0] = typmods.map((node) => constantInteger(node, 'cast') ?? 0);
	// The widest decimals that all databases have.
	if (precision < 1 || precision > 38 || scale > precision) refuse('cast', `numeric(${precision}, ${scale})`);
	return { type, digits: { precision, scale } };
}

export interface IntervalStep {
	amount: number;
	unit: IntervalUnit;
}

/** `INTERVAL '1 year 2 months'`, `'3 days'::interval`, `INTERVAL '3' DAY`; null for what is none. */
export function readInterval(node: Node): IntervalStep[] | null {
	if (!('TypeCast' in node)) return null;
	const { arg, typeName } = node.TypeCast;
	if (namesOf(typeName?.names).at(-1) !== 'interval') return null;
	ownName(typeName?.names, 'cast');
	if (arg === undefined || !('A_Const' in arg) || arg.A_Const.sval === undefined) refuse('cast', 'interval');
	const text = arg.A_Const.sval.sval ?? '';
	const [field, precision] = typeName?.typmods ?? [];
	if (precision !== undefined) refuse('cast', 'interval of a length');
	return inOrder(field === undefined ? readSteps(text) : [step(text, fieldUnits[constantInteger(field, 'interval') ?? 0] ?? '')]);
}

function readSteps(text: string): IntervalStep[] {
	const words = text.trim().toLowerCase().split(/\s+/);
	if (words.length % 2 !== 0) refuse('literal', 'interval');
	return words.flatMap((amount, index) => (index % 2 === 0 ? [step(amount, words[index + 1] ?? '')] : []));
}

function step(amount: string, word: string): IntervalStep {
	const name = word.replace(/s$/, '');
	const known = Object.hasOwn(allowedUnits, name) ? allowedUnits[name] : undefined;
	if (known === undefined) refuse('literal', 'interval');
	return { amount: known.times * wholeNumber(amount), unit: known.unit };
}

const unitOrder: readonly IntervalUnit[] = ['month', 'day', 'hour', 'minute', 'second'];

/** Months first and all at once, since they end at the last day of a month; then days, then time. */
function inOrder(steps: readonly IntervalStep[]): IntervalStep[] {
	return unitOrder.flatMap((unit) => {
		const ofUnit = steps.filter((each) => each.unit === unit);
		return ofUnit.length === 0 ? [] : [{ amount: ofUnit.reduce((sum, { amount }) => sum + amount, 0), unit }];
	});
}

/** At most a thousand years of minutes would be more; beyond a million of anything no date is left. */
function wholeNumber(text: string): number {
	if (!/^-?\d{1,6}$/.test(text.trim())) refuse('literal', 'interval');
	return Number(text);
}

/** `INTERVAL_MASK` of PostgreSQL's `utils/timestamp.h`: one bit a field. */
const fieldUnits: Readonly<Record<number, string>> = { 2: 'month', 4: 'year', 8: 'day', 1024: 'hour', 2048: 'minute', 4096: 'second' };
