/** Names and constants out of the parsed tree. */

import type { Node } from 'libpg-query';
import { refuse } from '../refusal.ts';

/** A node, when it is of this kind. */
export function only<Kind extends string>(node: Node | undefined, kind: Kind): Extract<Node, Record<Kind, unknown>>[Kind] {
	if (node === undefined || !(kind in node)) refuse('construct', node === undefined ? `no ${kind}` : (Object.keys(node)[0] ?? 'nothing'));
	return (node as Record<string, unknown>)[kind] as Extract<Node, Record<Kind, unknown>>[Kind];
}

export function namesOf(nodes: readonly Node[] | undefined): string[] {
	return (nodes ?? []).map((node) => only(node, 'String').sval ?? '');
}

/** A name of a function, a type or an operator: alone, or of PostgreSQL's own schema. */
export function ownName(nodes: readonly Node[] | undefined, reason: 'function' | 'cast' | 'operator'): string {
	const names = namesOf(nodes);
	const [first = '', second] = names;
	if (names.length === 1) return first;
	if (names.length === 2 && first === 'pg_catalog' && second !== undefined) return second;
	refuse(reason, names.join('.'));
}

/** A name that the statement gives: printed within quotes, so it may be anything that can be shown. */
export function givenName(name: string): string {
	if (name === '' || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) || name.endsWith(' ')) refuse('literal', 'name');
	return name;
}

/** A whole number that stands there as a constant, such as a LIMIT; null for NULL or nothing. */
export function constantInteger(node: Node | undefined, place: string): number | null {
	if (node === undefined) return null;
	if (!('A_Const' in node)) refuse('construct', place);
	if (node.A_Const.isnull === true) return null;
	if (node.A_Const.ival === undefined) refuse('literal', place);
	const value = node.A_Const.ival.ival ?? 0;
	if (value < 0) refuse('literal', place);
	return value;
}
