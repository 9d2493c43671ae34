/** Who there is, in the database: found, entered and refreshed by the registrar, before anybody acts in their name. */

import type { Database } from '../database/database.ts';
import type { UserRole } from '../database/roles.ts';
import { storableText } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import { type LimitValues, readLimitValues } from '../limits/limit-values.ts';
import type { Profile } from '../platform/profile.ts';
import { type Account, homeUserIdOf, identityIdOf } from './account.ts';
import type { RoleFacts } from './role-choice.ts';

/** An account that was met before, and whose it is. */
export interface KnownAccount {
	identityId: string;
	userId: string;
	displayName: string;
	locale: string | null;
	isGuest: boolean;
	isExternal: boolean;
	/** Closed on any platform, or locked by an administrator: whoever left has left everywhere. */
	isDeactivated: boolean;
	/** Asked for lately. */
	isFresh: boolean;
	limits: LimitValues;
}

export interface Findings {
	account: KnownAccount | null;
	rules: RoleFacts;
	/** Domains whose addresses an administrator trusts here to say who somebody is. */
	emailDomains: readonly string[];
}

interface Row {
	account: (Omit<KnownAccount, 'limits'> & { limits: unknown; granted: UserRole | null; admittedAs: UserRole | null }) | null;
	roles: Record<string, { rank: number; limits: unknown }>;
	mappings: RoleFacts['mappings'] | null;
	tenant: { guestsAs: UserRole | null; strangersAs: UserRole | null; emailDomains: string[] } | null;
}

/** What an account's entry in the database says of it. */
export interface Details extends Pick<Profile, 'displayName' | 'isGuest' | 'isExternal' | 'isDeactivated'> {
	locale: string | null;
	/** Kept only where it may be needed. */
	email: string | null;
}

/** A profile in the database is asked for again after this. */
const staleAfterMinutes = 15;

const selectFindings = `
	select
		(
			select jsonb_build_object(
				'identityId', i.id, 'userId', i.user_id, 'displayName', i.display_name, 'locale', i.locale, 'isGuest', i.is_guest,
				'isExternal', i.is_external, 'isFresh', i.refreshed_at > now() - interval '${staleAfterMinutes} minutes',
				'isDeactivated', u.deactivated_at is not null
					or exists (select from identities other where other.user_id = i.user_id and other.is_deactivated),
				'granted', u.role, 'limits', u.limits, 'admittedAs', i.admitted_as
			)
			from identities i join users u on u.id = i.user_id
			where i.platform = $1 and i.tenant_id = $2 and i.account_id = $3
		) as account,
		(select jsonb_object_agg(name, jsonb_build_object('rank', rank, 'limits', limits)) from roles) as roles,
		(
			select jsonb_agg(jsonb_build_object('groupId', group_id, 'role', role)) from role_mappings where platform = $1 and tenant_id = $2
		) as mappings,
		(
			select jsonb_build_object('guestsAs', guests_as, 'strangersAs', strangers_as, 'emailDomains', email_domains)
			from tenants where platform = $1 and tenant_id = $2
		) as tenant`;

/** Ids follow from the account: two first messages at once make one person. */
const enterAccount = `
	with entered as (
		insert into users (id, display_name, locale) values ($2, $7, $8) on conflict do nothing
	)
	insert into identities (
		id, home_user_id, user_id, platform, tenant_id, account_id, display_name, locale, is_guest, is_external, is_deactivated, email
	) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`;

/** A person is called what their home account is called. */
const refreshAccount = `
	with refreshed as (
		update identities set display_name = $2, locale = $3, is_guest = $4, is_external = $5, is_deactivated = $6, email = $7, refreshed_at = now()
		where id = $1 returning user_id, home_user_id
	)
	update users set display_name = $2, locale = $3 from refreshed where users.id = refreshed.home_user_id`;

/** People of trusted tenants whose address of a trusted domain is the same; accounts of the same tenant are other people's. */
const selectSameAddress = `
	select i.user_id as "userId", i.platform = $2 and i.tenant_id = $3 as "isHere"
	from identities i left join tenants t on t.platform = i.platform and t.tenant_id = i.tenant_id
	where lower(i.email) = lower($1) and not (i.is_guest or i.is_external or i.is_deactivated)
		and (split_part(lower($1), '@', 2) = any (t.email_domains) or (i.platform = $2 and i.tenant_id = $3))`;

/** Every method works as the registrar. @throws BotError as `Database.asRegistrar`. */
export function createIdentityStore(database: Database) {
	return {
		async find(account: Account): Promise<Findings> {
			const [row] = await database.asRegistrar(({ query }) => query<Row>(selectFindings, placed(account)));
			return toFindings(row);
		},

		/**
		 * Enters an account that was not met before. With an address that is trusted to say who somebody is, and that exactly one other person
		 * has, it becomes that person's.
		 */
		async enter(account: Account, details: Details): Promise<void> {
			const homeUserId = homeUserIdOf(account);
			await database.asRegistrar(async (transaction) => {
				const same = details.email === null ? null : await findSameAddress(transaction, account, details.email);
				const entry = [identityIdOf(account), homeUserId, same ?? homeUserId, ...placed(account), ...described(details)];
				await transaction.query(enterAccount, entry);
				if (same !== null) await note(transaction, 'match', same, account);
			});
		},

		async refresh(identityId: string, details: Details): Promise<void> {
			await database.asRegistrar(({ query }) => query(refreshAccount, [identityId, ...described(details)]));
		},

		/** Somebody whom the configuration names. */
		async grantAdmin(userId: string, account: Account): Promise<void> {
			await database.asRegistrar(async (transaction) => {
				const granted = await transaction.query(
					`update users set role = 'ccb_admin' where id = $1 and role is distinct from 'ccb_admin' returning id`,
					[userId],
				);
				if (granted.length > 0) await note(transaction, 'grant', userId, account);
			});
		},

		/** Every account of these people. */
		async accountsOf(userIds: readonly string[]): Promise<Account[]> {
			const accounts = 'select platform, tenant_id as "tenantId", account_id as "accountId" from identities where user_id = any ($1)';
			return await database.asRegistrar(({ query }) => query<Account>(accounts, [userIds]));
		},
	};
}

function placed({ platform, tenantId, accountId }: Account): string[] {
	return [platform, tenantId, accountId];
}

function described({ displayName, locale, isGuest, isExternal, isDeactivated, email }: Details): unknown[] {
	return [storableText(displayName), locale, isGuest, isExternal, isDeactivated, email];
}

function toFindings(row: Row | undefined): Findings {
	const { account = null, roles = {}, mappings = null, tenant = null } = row ?? {};
	const limited = Object.entries(roles).map(([name, { rank, limits }]) => [name, { rank, limits: readLimitValues(limits) }]);
	return {
		account: account === null ? null : { ...account, limits: readLimitValues(account.limits) },
		rules: {
			roles: Object.fromEntries(limited),
			granted: account?.granted ?? null,
			mappings: mappings ?? [],
			admitted: { account: account?.admittedAs ?? null, guests: tenant?.guestsAs ?? null, strangers: tenant?.strangersAs ?? null },
		},
		emailDomains: tenant?.emailDomains ?? [],
	};
}

/** Null for nobody, and for more than one: an address that two people share says nothing about either. */
async function findSameAddress({ query }: Transaction, account: Account, email: string): Promise<string | null> {
	const rows = await query<{ userId: string; isHere: boolean }>(selectSameAddress, [email, account.platform, account.tenantId]);
	const people = new Set(rows.map(({ userId }) => userId));
	const [only] = people;
	return people.size === 1 && only !== undefined && !rows.some(({ isHere }) => isHere) ? only : null;
}

async function note({ query }: Transaction, action: string, subjectUserId: string, account: Account): Promise<void> {
	const entry = `insert into audit_log (actor, action, outcome, subject_user_id, details) values ('program', $1, 'done', $2, $3)`;
	await query(entry, [action, subjectUserId, { account }]);
}
