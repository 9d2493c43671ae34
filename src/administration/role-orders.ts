/** Orders about roles: which there are, and which groups of the platforms stand for one. */

import type { UserRole } from '../database/roles.ts';
import { toBotError } from '../errors.ts';
import { readLimitValues } from '../limits/limit-values.ts';
import type { ResultPart } from '../platform/command-result.ts';
import { shownLimits } from './limit-terms.ts';
import type { Group } from './order.ts';
import { requirePlatform } from './people.ts';
import { isBuiltIn, readRoleName, shownRole } from './role-names.ts';
import { type Effect, Refusal, type Scene } from './scene.ts';

interface RoleRow {
	name: UserRole;
	rank: number;
	limits: unknown;
	/** How many people were given it. */
	people: number;
}

interface Rules {
	mappings: { place: string; role: UserRole }[];
	tenants: { place: string; guestsAs: UserRole | null; strangersAs: UserRole | null; emailDomains: string[] }[];
}

/** Above employees, whose rank is 100: whoever is given another role by a group is to have that one. */
const usualRank = 200;
const leastRank = 1;
const mostRank = 999;

const selectRoles = `
	select name, rank, limits, (select count(*) from users where users.role = roles.name) as people from roles order by rank, name`;
const selectMappings = `
	select platform || ':' || tenant_id || ':' || group_id as place, role from role_mappings order by platform, tenant_id, group_id`;
const selectTenants = `
	select platform || ':' || tenant_id as place, guests_as as "guestsAs", strangers_as as "strangersAs", email_domains as "emailDomains"
	from tenants order by platform, tenant_id`;

const countUses = `
	select
		(select count(*) from users where role = $1) + (select count(*) from identities where admitted_as = $1) as people,
		(select count(*) from role_mappings where role = $1) + (select count(*) from tenants where $1 in (guests_as, strangers_as)) as rules`;

/** The role of that name. @throws Refusal for what is no name, and for a role that there is not. */
export async function requireRole({ transaction, words }: Scene, typed: string): Promise<UserRole> {
	const name = requireRoleName(words, typed);
	const rows = await transaction.query<{ name: UserRole }>('select name from roles order by rank, name');
	if (rows.some((row) => row.name === name)) return name;
	const known = rows.map((row) => shownRole(row.name)).join(', ');
	throw new Refusal('unknown-role', words.refused.unknownRole(shownRole(name), known));
}

export async function listRoles({ transaction, words }: Scene): Promise<Effect> {
	const roles = await transaction.query<RoleRow>(selectRoles);
	const mappings = await transaction.query<Rules['mappings'][number]>(selectMappings);
	const tenants = await transaction.query<Rules['tenants'][number]>(selectTenants);
	const list = roles.map((role) => shownRoleRow(words.roles, role));
	return { result: [{ list }, ...shownRules(words.roles, { mappings, tenants })] };
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
	const [uses] = await transaction.query<{ people: number; rules: number }>(countUses, [name]);
	const { people, rules } = uses ?? { people: 0, rules: 0 };
	if (people + rules > 0) throw new Refusal('role-in-use', words.refused.roleInUse(shown, people, rules));
	await transaction.query('delete from roles where name = $1', [name]);
	await transaction.query('select ccb_drop_role($1)', [name]);
	return changed(words.done.roleDropped(shown), { role: name });
}

export async function mapGroup(scene: Scene, group: Group, typedRole: string): Promise<Effect> {
	const role = await requireRole(scene, typedRole);
	requirePlatform(scene, group.platform);
	const map = `
		insert into role_mappings (platform, tenant_id, group_id, role) values ($1, $2, $3, $4)
		on conflict (platform, tenant_id, group_id) do update set role = excluded.role`;
	await scene.transaction.query(map, [group.platform, group.tenantId, group.groupId, role]);
	return changed(scene.words.done.mapped(shownGroup(group), shownRole(role)), { group: shownGroup(group), role });
}

export async function unmapGroup({ transaction, words }: Scene, group: Group): Promise<Effect> {
	const unmap = 'delete from role_mappings where platform = $1 and tenant_id = $2 and group_id = $3 returning role';
	const [gone] = await transaction.query<{ role: UserRole }>(unmap, [group.platform, group.tenantId, group.groupId]);
	if (gone === undefined) throw new Refusal('nothing-there', words.refused.nothingThere);
	return changed(words.done.unmapped(shownGroup(group)), { group: shownGroup(group), before: gone.role });
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

function shownRoleRow(words: Scene['words']['roles'], { name, rank, limits, people }: RoleRow): string {
	const own = shownLimits(readLimitValues(limits));
	return `${words.role(shownRole(name), rank, people)}${own === '' ? '' : `; ${words.limits(own)}`}`;
}

function shownRules(words: Scene['words']['roles'], { mappings, tenants }: Rules): ResultPart[] {
	const groups = mappings.map(({ place, role }) => [place, shownRole(role)] as const);
	const outside = tenants.flatMap(({ place, guestsAs, strangersAs, emailDomains }) => [
		...(guestsAs === null ? [] : [words.guests(place, shownRole(guestsAs))]),
		...(strangersAs === null ? [] : [words.strangers(place, shownRole(strangersAs))]),
		...(emailDomains.length === 0 ? [] : [words.matching(place, emailDomains.join(', '))]),
	]);
	return [
		...(groups.length === 0 ? [] : [words.mappings, { rows: groups }]),
		...(outside.length === 0 ? [] : [words.tenants, { list: outside }]),
	];
}

function shownGroup({ platform, tenantId, groupId }: Group): string {
	return `${platform}:${tenantId}:${groupId}`;
}

function changed(answer: string, details: Readonly<Record<string, unknown>>): Effect {
	return { result: [answer], change: { subjectUserId: null, details } };
}
