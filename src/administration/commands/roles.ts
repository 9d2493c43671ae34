/** `roles`: which there are, and who gets them without being given one. */

import { z } from 'zod';
import { Role, RoleMapping, Tenant } from '../../database/entities/role.ts';
import { User } from '../../database/entities/user.ts';
import { shownRole } from '../../database/roles.ts';
import { readLimitValues } from '../../limits/limit-values.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import type { AdminContext } from '../admin-context.ts';
import { shownLimits } from '../limit-terms.ts';
import { ranked } from '../required-role.ts';
import { shownGroup, shownTenant } from '../typed-people.ts';

export const rolesCommand = defineAdminCommand({
	name: 'roles',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['roles'],
	onlyLooks: true,
	takesNoText: true,
	async run({ transaction: { em }, words }) {
		const roles = await em.find(Role, {}, ranked);
		const people = await em.countBy(User, 'role');
		const mappings = await em.find(RoleMapping, {}, { orderBy: { platform: 'asc', tenantId: 'asc', groupId: 'asc' } });
		const tenants = await em.find(Tenant, {}, { orderBy: { platform: 'asc', tenantId: 'asc' } });
		const table = roles.map((role) => rowOf(words.roles, role, people[role.name] ?? 0));
		return {
			result: [{ columns: words.roles.columns, table }, ...shownMappings(words.roles, mappings), ...shownTenants(words.roles, tenants)],
		};
	},
});

/** @param people How many were given it. */
function rowOf(words: AdminContext['words']['roles'], { name, rank, limits }: Role, people: number): string[] {
	return [shownRole(name), String(rank), words.people(people), shownLimits(readLimitValues(limits))];
}

function shownMappings(words: AdminContext['words']['roles'], mappings: readonly RoleMapping[]): ResultPart[] {
	const rows = mappings.map((mapping) => [shownGroup(mapping), shownRole(mapping.role.name)] as const);
	return rows.length === 0 ? [] : [words.mappings, { rows }];
}

function shownTenants(words: AdminContext['words']['roles'], tenants: readonly Tenant[]): ResultPart[] {
	const list = tenants.flatMap((tenant) => {
		const { guestsAs, strangersAs, emailDomains } = tenant;
		const place = shownTenant(tenant);
		return [
			...(guestsAs ? [words.guests(place, shownRole(guestsAs.name))] : []),
			...(strangersAs ? [words.strangers(place, shownRole(strangersAs.name))] : []),
			...(emailDomains.length === 0 ? [] : [words.matching(place, emailDomains.join(', '))]),
		];
	});
	return list.length === 0 ? [] : [words.tenants, { list }];
}
