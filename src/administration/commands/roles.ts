/** `roles`: which there are, and who gets them without being given one. */

import { z } from 'zod';
import type { UserRole } from '../../database/roles.ts';
import { readLimitValues } from '../../limits/limit-values.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import type { AdminContext } from '../admin-context.ts';
import { shownLimits } from '../limit-terms.ts';
import { shownRole } from '../role-names.ts';

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

const selectRoles = `
	select name, rank, limits, (select count(*) from users where users.role = roles.name) as people from roles order by rank, name`;
const selectMappings = `
	select platform || ':' || tenant_id || ':' || group_id as place, role from role_mappings order by platform, tenant_id, group_id`;
const selectTenants = `
	select platform || ':' || tenant_id as place, guests_as as "guestsAs", strangers_as as "strangersAs", email_domains as "emailDomains"
	from tenants order by platform, tenant_id`;

export const rolesCommand = defineAdminCommand({
	name: 'roles',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['roles'],
	onlyLooks: true,
	takesNoText: true,
	async run({ transaction, words }) {
		const roles = await transaction.query<RoleRow>(selectRoles);
		const mappings = await transaction.query<Rules['mappings'][number]>(selectMappings);
		const tenants = await transaction.query<Rules['tenants'][number]>(selectTenants);
		const list = roles.map((role) => shownRoleRow(words.roles, role));
		return { result: [{ list }, ...shownRules(words.roles, { mappings, tenants })] };
	},
});

function shownRoleRow(words: AdminContext['words']['roles'], { name, rank, limits, people }: RoleRow): string {
	const own = shownLimits(readLimitValues(limits));
	return `${words.role(shownRole(name), rank, people)}${own === '' ? '' : `; ${words.limits(own)}`}`;
}

function shownRules(words: AdminContext['words']['roles'], { mappings, tenants }: Rules): ResultPart[] {
	const groups = mappings.map(({ place, role }) => `${place}: ${shownRole(role)}`);
	const outside = tenants.flatMap(({ place, guestsAs, strangersAs, emailDomains }) => [
		...(guestsAs === null ? [] : [words.guests(place, shownRole(guestsAs))]),
		...(strangersAs === null ? [] : [words.strangers(place, shownRole(strangersAs))]),
		...(emailDomains.length === 0 ? [] : [words.matching(place, emailDomains.join(', '))]),
	]);
	return [
		...(groups.length === 0 ? [] : [words.mappings, { list: groups }]),
		...(outside.length === 0 ? [] : [words.tenants, { list: outside }]),
	];
}
