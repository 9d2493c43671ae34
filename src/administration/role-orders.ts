/** Orders about roles: which there are, and which groups of the platforms stand for one. */

import { Identity } from '../database/entities/identity.ts';
import { Role, RoleMapping, Tenant } from '../database/entities/role.ts';
import { User } from '../database/entities/user.ts';
import type { UserRole } from '../database/roles.ts';
import type { Transaction } from '../database/transaction.ts';
import { toBotError } from '../errors.ts';
import { readLimitValues } from '../limits/limit-values.ts';
import { shownLimits } from './limit-terms.ts';
import type { Group } from './order.ts';
import { requirePlatform } from './people.ts';
import { isBuiltIn, readRoleName, shownRole } from './role-names.ts';
import { type Effect, Refusal, type Scene } from './scene.ts';

/** Above employees, whose rank is 100: whoever is given another role by a group is to have that one. */
const usualRank = 200;
const leastRank = 1;
const mostRank = 999;

const ranked = { orderBy: { rank: 'asc', name: 'asc' } } as const;

/** The role of that name. @throws Refusal for what is no name, and for a role that there is not. */
export async function requireRole({ transaction, words }: Scene, typed: string): Promise<UserRole> {
	const name = requireRoleName(words, typed);
	const roles = await transaction.em.find(Role, {}, ranked);
	if (roles.some((role) => role.name === name)) return name;
	const known = roles.map((role) => shownRole(role.name)).join(', ');
	throw new Refusal('unknown-role', words.refused.unknownRole(shownRole(name), known));
}

export async function listRoles({ transaction: { em }, words }: Scene): Promise<Effect> {
	const roles = await em.find(Role, {}, ranked);
	const people = await em.countBy(User, 'role');
	const mappings = await em.find(RoleMapping, {}, { orderBy: { platform: 'asc', tenantId: 'asc', groupId: 'asc' } });
	const tenants = await em.find(Tenant, {}, { orderBy: { platform: 'asc', tenantId: 'asc' } });
	const lines = [
		...roles.map((role) => shownRoleLine(words.roles, role, people[role.name] ?? 0)),
		...shownMappings(words.roles, mappings),
		...shownTenants(words.roles, tenants),
	];
	return { answer: lines.join('\n') };
}

export async function createRole(scene: Scene, typed: string, rank: number = usualRank): Promise<Effect> {
	const { transaction, words } = scene;
	const name = requireRoleName(words, typed);
	if (rank < leastRank || rank > mostRank) throw new Refusal('rank', words.refused.rank);
	const made = await transaction.query('insert into roles (name, rank) values ($1, $2) on conflict do nothing returning name', [
		name,
		rank,
	]);
	if (made.length === 0) throw new Refusal('role-exists', words.refused.roleExists(shownRole(name)));
	await makeDatabaseRole(scene, name);
	return changed(words.done.roleCreated(shownRole(name), rank), { role: name, rank });
}

export async function dropRole(scene: Scene, typed: string): Promise<Effect> {
	const { transaction, words } = scene;
	const name = await requireRole(scene, typed);
	const shown = shownRole(name);
	if (isBuiltIn(name)) throw new Refusal('role-built-in', words.refused.roleBuiltIn(shown));
	const { people, rules } = await countUses(transaction, name);
	if (people + rules > 0) throw new Refusal('role-in-use', words.refused.roleInUse(shown, people, rules));
	await transaction.em.nativeDelete(Role, { name });
	await transaction.query('select ccb_drop_role($1)', [name]);
	return changed(words.done.roleDropped(shown), { role: name });
}

export async function mapGroup(scene: Scene, group: Group, typedRole: string): Promise<Effect> {
	const role = await requireRole(scene, typedRole);
	requirePlatform(scene, group.platform);
	await scene.transaction.em.upsert(RoleMapping, { ...group, role });
	return changed(scene.words.done.mapped(shownGroup(group), shownRole(role)), { group: shownGroup(group), role });
}

export async function unmapGroup({ transaction: { em }, words }: Scene, group: Group): Promise<Effect> {
	const mapping = await em.findOne(RoleMapping, { ...group });
	const isGone = (await em.nativeDelete(RoleMapping, { ...group })) > 0;
	if (mapping === null || !isGone) throw new Refusal('nothing-there', words.refused.nothingThere);
	return changed(words.done.unmapped(shownGroup(group)), { group: shownGroup(group), before: mapping.role.name });
}

async function countUses({ em }: Transaction, role: UserRole): Promise<{ people: number; rules: number }> {
	return {
		people: (await em.count(User, { role })) + (await em.count(Identity, { admittedAs: role })),
		rules: (await em.count(RoleMapping, { role })) + (await em.count(Tenant, { $or: [{ guestsAs: role }, { strangersAs: role }] })),
	};
}

async function makeDatabaseRole({ transaction, words }: Scene, name: UserRole): Promise<void> {
	try {
		await transaction.query('select ccb_create_role($1)', [name]);
	} catch (thrown) {
		const { code, reason } = toBotError(thrown);
		// The function's own word for a role of the database that may more than an employee.
		if (reason === '0P000') throw new Refusal('role-taken', words.refused.roleTaken(shownRole(name)));
		// The row was written, so it is the login that lacks the right.
		if (code === 'FORBIDDEN') throw new Refusal('no-createrole', words.refused.noCreateRole);
		throw thrown;
	}
}

function requireRoleName(words: Scene['words'], typed: string): UserRole {
	const name = readRoleName(typed);
	if (name === null) throw new Refusal('role-name', words.refused.roleName);
	return name;
}

function shownRoleLine(words: Scene['words']['roles'], { name, rank, limits }: Role, people: number): string {
	const own = shownLimits(readLimitValues(limits));
	return `• ${words.role(shownRole(name), rank, people)}${own === '' ? '' : `; ${words.limits(own)}`}`;
}

function shownMappings(words: Scene['words']['roles'], mappings: readonly RoleMapping[]): string[] {
	const lines = mappings.map((mapping) => `• ${shownGroup(mapping)}: ${shownRole(mapping.role.name)}`);
	return lines.length === 0 ? [] : [words.mappings, ...lines];
}

function shownTenants(words: Scene['words']['roles'], tenants: readonly Tenant[]): string[] {
	const lines = tenants.flatMap(({ platform, tenantId, guestsAs, strangersAs, emailDomains }) => {
		const place = `${platform}:${tenantId}`;
		return [
			...(guestsAs ? [`• ${words.guests(place, shownRole(guestsAs.name))}`] : []),
			...(strangersAs ? [`• ${words.strangers(place, shownRole(strangersAs.name))}`] : []),
			...(emailDomains.length === 0 ? [] : [`• ${words.matching(place, emailDomains.join(', '))}`]),
		];
	});
	return lines.length === 0 ? [] : [words.tenants, ...lines];
}

function shownGroup({ platform, tenantId, groupId }: Group): string {
	return `${platform}:${tenantId}:${groupId}`;
}

function changed(answer: string, details: Readonly<Record<string, unknown>>): Effect {
	return { answer, change: { subjectUserId: null, details } };
}
