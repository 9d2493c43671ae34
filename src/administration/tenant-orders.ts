/** Orders about a whole tenant: who from outside is let in, and whose addresses say who somebody is. */

import type { Outsiders, Tenant } from './order.ts';
import { requirePlatform } from './people.ts';
import { requireAdmissible } from './people-orders.ts';
import { shownRole } from './role-names.ts';
import { type Effect, Refusal, type Scene } from './scene.ts';

/** Names of columns: fixed, and never from outside. */
const columns: Readonly<Record<Outsiders, string>> = { guests: 'guests_as', strangers: 'strangers_as' };

export async function admitOutsiders(scene: Scene, outsiders: Outsiders, tenant: Tenant, typedRole: string): Promise<Effect> {
	const role = await requireAdmissible(scene, typedRole);
	requirePlatform(scene, tenant.platform);
	const column = columns[outsiders];
	const admit = `
		insert into tenants (platform, tenant_id, ${column}) values ($1, $2, $3)
		on conflict (platform, tenant_id) do update set ${column} = excluded.${column}`;
	await scene.transaction.query(admit, [tenant.platform, tenant.tenantId, role]);
	const { guestsAdmitted, strangersAdmitted } = scene.words.done;
	const answer = (outsiders === 'guests' ? guestsAdmitted : strangersAdmitted)(shownTenant(tenant), shownRole(role));
	return changed(answer, tenant, { whom: outsiders, role });
}

export async function dismissOutsiders({ transaction, words }: Scene, outsiders: Outsiders, tenant: Tenant): Promise<Effect> {
	const column = columns[outsiders];
	const dismiss = `update tenants set ${column} = null where platform = $1 and tenant_id = $2 and ${column} is not null returning tenant_id`;
	const rows = await transaction.query(dismiss, [tenant.platform, tenant.tenantId]);
	if (rows.length === 0) throw new Refusal('nothing-there', words.refused.nothingThere);
	const { guestsDismissed, strangersDismissed } = words.done;
	const answer = (outsiders === 'guests' ? guestsDismissed : strangersDismissed)(shownTenant(tenant));
	return changed(answer, tenant, { whom: outsiders });
}

/** No domains switches it off. */
export async function matchAddresses(scene: Scene, tenant: Tenant, domains: readonly string[]): Promise<Effect> {
	const { transaction, words } = scene;
	requirePlatform(scene, tenant.platform);
	const match = `
		insert into tenants (platform, tenant_id, email_domains) values ($1, $2, $3)
		on conflict (platform, tenant_id) do update set email_domains = excluded.email_domains`;
	await transaction.query(match, [tenant.platform, tenant.tenantId, domains]);
	const shown = shownTenant(tenant);
	const answer = domains.length === 0 ? words.done.unmatched(shown) : words.done.matched(shown, domains.join(', '));
	return changed(answer, tenant, { domains });
}

function shownTenant({ platform, tenantId }: Tenant): string {
	return `${platform}:${tenantId}`;
}

function changed(answer: string, tenant: Tenant, details: Readonly<Record<string, unknown>>): Effect {
	return { result: [answer], change: { subjectUserId: null, details: { tenant: shownTenant(tenant), ...details } } };
}
