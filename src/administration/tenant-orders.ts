/** Orders about a whole tenant: who from outside is let in, and whose addresses say who somebody is. */

import { Tenant as TenantEntity } from '../database/entities/role.ts';
import type { Outsiders, Tenant } from './order.ts';
import { requirePlatform } from './people.ts';
import { requireAdmissible } from './people-orders.ts';
import { shownRole } from './role-names.ts';
import { type Effect, Refusal, type Scene } from './scene.ts';

const properties = { guests: 'guestsAs', strangers: 'strangersAs' } as const;

export async function admitOutsiders(scene: Scene, outsiders: Outsiders, tenant: Tenant, typedRole: string): Promise<Effect> {
	const role = await requireAdmissible(scene, typedRole);
	requirePlatform(scene, tenant.platform);
	await scene.transaction.em.upsert(TenantEntity, { ...tenant, [properties[outsiders]]: role });
	const { guestsAdmitted, strangersAdmitted } = scene.words.done;
	const answer = (outsiders === 'guests' ? guestsAdmitted : strangersAdmitted)(shownTenant(tenant), shownRole(role));
	return changed(answer, tenant, { whom: outsiders, role });
}

export async function dismissOutsiders({ transaction, words }: Scene, outsiders: Outsiders, tenant: Tenant): Promise<Effect> {
	const property = properties[outsiders];
	const dismissed = await transaction.em.nativeUpdate(TenantEntity, { ...tenant, [property]: { $ne: null } }, { [property]: null });
	if (dismissed === 0) throw new Refusal('nothing-there', words.refused.nothingThere);
	const { guestsDismissed, strangersDismissed } = words.done;
	const answer = (outsiders === 'guests' ? guestsDismissed : strangersDismissed)(shownTenant(tenant));
	return changed(answer, tenant, { whom: outsiders });
}

/** No domains switches it off. */
export async function matchAddresses(scene: Scene, tenant: Tenant, domains: readonly string[]): Promise<Effect> {
	const { transaction, words } = scene;
	requirePlatform(scene, tenant.platform);
	await transaction.em.upsert(TenantEntity, { ...tenant, emailDomains: [...domains] });
	const shown = shownTenant(tenant);
	const answer = domains.length === 0 ? words.done.unmatched(shown) : words.done.matched(shown, domains.join(', '));
	return changed(answer, tenant, { domains });
}

function shownTenant({ platform, tenantId }: Tenant): string {
	return `${platform}:${tenantId}`;
}

function changed(answer: string, tenant: Tenant, details: Readonly<Record<string, unknown>>): Effect {
	return { answer, change: { subjectUserId: null, details: { tenant: shownTenant(tenant), ...details } } };
}
