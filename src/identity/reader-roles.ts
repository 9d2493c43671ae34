/** Which roles the people have who read a place: of everybody who may, at the least that is known of them. */

import type { Database } from '../database/database.ts';
import type { UserRole } from '../database/roles.ts';
import type { PlaceAudience } from '../platform/audience.ts';
import type { Place } from '../platform/place.ts';

export interface ReaderRoles {
	/**
	 * Each once. Where readers are not listed, all that there are; a reader whose role follows groups may have any that groups stand for; whoever is not
	 * of the company is a guest. @throws BotError as `Database.queryAsRegistrar`.
	 */
	of(place: Place, audience: PlaceAudience): Promise<UserRole[]>;
}

interface RoleBook {
	all: UserRole[];
	/** That groups of the tenant stand for. */
	mapped: UserRole[];
	/** By account; null for those that nothing is granted to. */
	granted: Record<string, UserRole | null>;
}

const readBook = `
select
	(select coalesce(jsonb_agg(name), '[]') from roles where name <> 'ccb_guest') as all,
	(select coalesce(jsonb_agg(distinct role), '[]') from role_mappings where platform = $1 and tenant_id = $2) as mapped,
	(
		select coalesce(jsonb_object_agg(identity.account_id, person.role), '{}')
		from identities as identity join users as person on person.id = identity.user_id
		where identity.platform = $1 and identity.tenant_id = $2 and identity.account_id = any($3)
	) as granted`;

export function createReaderRoles(database: Pick<Database, 'queryAsRegistrar'>): ReaderRoles {
	return {
		async of({ platform, tenantId }, { isOpen, hasOutsiders, accountIds }) {
			const values = [platform, tenantId, [...(accountIds ?? [])]];
			const [book = { all: [], mapped: [], granted: {} }] = await database.queryAsRegistrar<RoleBook>(readBook, values);
			const isListed = accountIds !== null && accountIds.size > 0 && !isOpen;
			const inside = isListed ? [...accountIds].flatMap((id) => rolesOf(id, book)) : book.all;
			return [...new Set<UserRole>([...inside, ...(hasOutsiders ? (['ccb_guest'] as const) : [])])];
		},
	};
}

function rolesOf(accountId: string, { granted, mapped }: RoleBook): UserRole[] {
	const role = Object.hasOwn(granted, accountId) ? granted[accountId] : null;
	return role === null || role === undefined ? ['ccb_employee', ...mapped] : [role];
}
