/** Everybody whom the bot has met, a page at a time, for administrators: who they are, and what was said about them. */

import type { Database } from '../database/database.ts';
import { shownRole } from '../database/roles.ts';
import type { Principal } from '../database/transaction.ts';
import { accountReference } from '../identity/account.ts';

export interface ListedPerson {
	userId: string;
	name: string;
	/** What an administrator gave them, as people write it; null where groups or the usual role decide. */
	role: string | null;
	/** Locked by an administrator. */
	isLocked: boolean;
	accounts: readonly ListedAccount[];
}

export interface ListedAccount {
	platform: string;
	/** As it is typed in orders: `slack:T0123:U0123`. */
	reference: string;
	name: string;
	isGuest: boolean;
	isExternal: boolean;
	/** Closed on its platform. */
	isClosed: boolean;
}

export interface PeopleRequest {
	/** Part of a name, or an account's id on its platform. */
	query: string;
	/** From 0. */
	page: number;
}

export interface PeoplePage {
	people: readonly ListedPerson[];
	/** The roles that there are, those with most rights first. */
	roles: readonly string[];
	hasMore: boolean;
}

export interface PeopleList {
	/** By name. @throws BotError as `Database.queryAs`. */
	read(asker: Principal, request: PeopleRequest): Promise<PeoplePage>;
}

const pageLength = 50;

const selectPeople = `
	select u.id as "userId", u.display_name as name, u.role, u.deactivated_at is not null as "isLocked", own.accounts
	from users as u join lateral (
		select jsonb_agg(jsonb_build_object('platform', i.platform, 'tenantId', i.tenant_id, 'accountId', i.account_id, 'name', i.display_name,
			'isGuest', i.is_guest, 'isExternal', i.is_external, 'isClosed', i.is_deactivated) order by i.platform, i.tenant_id, i.account_id) as accounts,
			bool_or(position(lower($1) in lower(i.display_name)) > 0 or i.account_id = $1) as "isMeant"
		from identities as i where i.user_id = u.id
	) as own on own.accounts is not null
	where own."isMeant" or position(lower($1) in lower(u.display_name)) > 0
	order by lower(u.display_name), u.id limit ${pageLength + 1} offset $2`;

const selectRoles = 'select name from roles order by rank desc, name';

interface PersonRow extends Omit<ListedPerson, 'accounts'> {
	accounts: (Omit<ListedAccount, 'reference'> & { tenantId: string; accountId: string })[];
}

export function createPeopleList({ queryAs }: Pick<Database, 'queryAs'>): PeopleList {
	return {
		async read(asker, { query, page }) {
			const [rows, roles] = await Promise.all([
				queryAs<PersonRow>(asker, selectPeople, [query.trim(), page * pageLength]),
				queryAs<{ name: string }>(asker, selectRoles),
			]);
			return {
				people: rows.slice(0, pageLength).map(toListed),
				roles: roles.map(({ name }) => shownRole(name)),
				hasMore: rows.length > pageLength,
			};
		},
	};
}

function toListed({ role, accounts, ...person }: PersonRow): ListedPerson {
	return {
		...person,
		role: role === null ? null : shownRole(role),
		accounts: accounts.map(({ tenantId, accountId, ...account }) => {
			return { ...account, reference: accountReference({ platform: account.platform, tenantId, accountId }) };
		}),
	};
}
