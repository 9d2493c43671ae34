/** `match`: tenants in which the same verified address is the same person. */

import { z } from 'zod';
import { Tenant } from '../../database/entities/role.ts';
import { defineAdminCommand, readBy } from '../admin-command.ts';
import { requirePlatform } from '../people.ts';
import { shownTenant, tenantSchema } from '../typed-people.ts';
import { joined } from '../typed-words.ts';

/** Host names ("RFC 1123", 2.1) with a dot in them: nobody's mail ends in a single word. */
const domainName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

export const matchCommand = defineAdminCommand({
	name: 'match',
	split: ([first, ...rest]) => (first === undefined || joined(rest) === '' ? null : { tenant: first.text, domains: joined(rest) }),
	arguments: z.object({ tenant: tenantSchema, domains: readBy(readDomains) }),
	explain: (argument, words) => (argument === 'domains' ? words.domains : undefined),
	examples: ['match slack:T0123 example.com, example.org', 'match slack:T0123 off'],
	async run(scene, { tenant, domains }) {
		const { transaction, words } = scene;
		requirePlatform(scene, tenant.platform);
		await transaction.em.upsert(Tenant, { ...tenant, emailDomains: domains });
		const shown = shownTenant(tenant);
		const done = domains.length === 0 ? words.done.unmatched(shown) : words.done.matched(shown, domains.join(', '));
		return { result: [done], change: { subjectUserId: null, details: { tenant: shown, domains } } };
	},
});

/** None at all switches it off. */
function readDomains(typed: string): string[] | null {
	const small = typed.toLowerCase();
	if (small === 'off') return [];
	const domains = small.split(',').map((domain) => domain.trim().replace(/^@/, ''));
	return domains.every((domain) => domainName.test(domain)) ? [...new Set(domains)] : null;
}
