/** The order about limits: what a role or one person may use. */

import { Role } from '../database/entities/role.ts';
import type { UserRole } from '../database/roles.ts';
import { shownLimit, termOf } from './limit-terms.ts';
import type { Order } from './order.ts';
import { findOrEnterPerson, shownPerson } from './people.ts';
import { readRoleName, shownRole } from './role-names.ts';
import type { Effect, Scene } from './scene.ts';

type LimitOrder = Extract<Order, { name: 'limit' }>;

/** One limit is changed in one statement, so that two administrators can change two at once. */
const changes = {
	set: (table: string, key: string) => `update ${table} set limits = limits || $2::jsonb where ${key} = $1`,
	standard: (table: string, key: string) => `update ${table} set limits = limits - $2::text where ${key} = $1`,
	/** What came along with an account holds until an administrator says something. */
	lift: 'update users set ceilings = ceilings - $2::text where id = $1 and ceilings ? $2::text',
};

/** A role by its name, unless it stands in quotes; else a person. */
export async function setLimit(scene: Scene, order: LimitOrder): Promise<Effect> {
	const role = order.isName ? null : await findRole(scene, order.target);
	const person = role === null ? await findOrEnterPerson(scene, order.target) : null;
	const [table, key, id] = person === null ? ['roles', 'name', role] : ['users', 'id', person.userId];
	const { limit, value } = order;
	if (value === 'standard') await scene.transaction.query(changes.standard(table, key), [id, limit]);
	else await scene.transaction.query(changes.set(table, key), [id, JSON.stringify({ [limit]: value })]);
	if (person !== null) await scene.transaction.query(changes.lift, [person.userId, limit]);
	const target = person === null ? shownRole(role ?? '') : shownPerson(person);
	return {
		answer: scene.words.done.limited(target, termOf(limit), shownLimit(value)),
		change: {
			subjectUserId: person?.userId ?? null,
			details: { ...(role === null ? {} : { role }), limit: termOf(limit), value: shownLimit(value) },
		},
	};
}

async function findRole({ transaction }: Scene, typed: string): Promise<UserRole | null> {
	const name = readRoleName(typed);
	if (name === null) return null;
	const role = await transaction.em.findOne(Role, { name });
	return role?.name ?? null;
}
