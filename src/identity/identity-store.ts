/** Who there is, in the database: found, entered and refreshed by the registrar, before anybody acts in their name. */

import type { Database } from '../database/database.ts';
import { Identity } from '../database/entities/identity.ts';
import { User } from '../database/entities/user.ts';
import { assigned, inserted } from '../database/entity-columns.ts';
import type { UserRole } from '../database/roles.ts';
import { storableJson } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import { type LimitValues, readLimitValues } from '../limits/limit-values.ts';
import type { Place } from '../platform/place.ts';
import type { Profile } from '../platform/profile.ts';
import { type Account, homeUserIdOf, identityIdOf } from './account.ts';
import { note } from './log-entry.ts';
import type { RoleFacts } from './role-choice.ts';

/** An account that was met before, and whose it is. */
export interface KnownAccount {
	identityId: string;
	userId: string;
	displayName: string;
	/** As the platform says. */
	locale: string | null;
	/** What the person chose in its place; null for nothing. */
	language: string | null;
	timeZone: string | null;
	isGuest: boolean;
	isExternal: boolean;
	/** Closed on any platform, or locked by an administrator: whoever left has left everywhere. */
	isDeactivated: boolean;
	/** Where it was met when the platform was last asked for it; null for one from before that was written down. */
	lastPlace: Place | null;
	/** Asked for lately. */
	isFresh: boolean;
	limits: LimitValues;
	ceilings: LimitValues;
	/** Null for themselves. */
	countsAs: string | null;
}

export interface Findings {
	/** When this was found, by the database's clock: what the platform is asked from now on is newer. */
	foundAt: string;
	account: KnownAccount | null;
	rules: RoleFacts;
	/** Domains whose addresses an administrator trusts here to say who somebody is. */
	emailDomains: readonly string[];
}

interface Row {
	foundAt: string;
	account:
		| (Omit<KnownAccount, 'limits' | 'ceilings'> & {
				limits: unknown;
				ceilings: unknown;
				granted: UserRole | null;
				admittedAs: UserRole | null;
		  })
		| null;
	roles: Record<string, { rank: number; limits: unknown }>;
	mappings: RoleFacts['mappings'] | null;
	tenant: { guestsAs: UserRole | null; strangersAs: UserRole | null; emailDomains: string[] } | null;
}

/** What an account's entry in the database says of it. */
export interface Details extends Pick<Profile, 'displayName' | 'isGuest' | 'isExternal' | 'isDeactivated'> {
	locale: string | null;
	timeZone: string | null;
	/** Kept only where it may be needed. */
	email: string | null;
	/** Where it is met now. */
	lastPlace: Place;
}

/** A profile in the database is asked for again after this. */
const staleAfterMinutes = 15;
/** Longer than an answer counts, and than any question to a platform takes with all its repetitions. */
const unmetMinutes = 20;

const moment = `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Keeps its plan, see the migration `0039-kept-plans`: each question pays for it, whoever is met first twice. */
const selectFindings = `select "foundAt", account, roles, mappings, tenant from ccb_find_account($1, $2, $3, ${staleAfterMinutes})`;

/** In the order of their parameters. One that is missing here does not compile. */
const detailNames = Object.keys({
	displayName: true,
	locale: true,
	timeZone: true,
	isGuest: true,
	isExternal: true,
	isDeactivated: true,
	email: true,
	lastPlace: true,
} satisfies Record<keyof Details, true>) as (keyof Details)[];

const enteredDetails = detailsFrom(8);
const newAccount = inserted(Identity, {
	id: '$1',
	homeUser: '$2',
	user: '$3',
	platform: '$4',
	tenantId: '$5',
	accountId: '$6',
	refreshedAt: '$7::timestamptz',
	...enteredDetails,
});

/** Ids follow from the account: two first messages at once make one person. */
const enterAccount = `
	with entered as (
		insert into users (id, display_name, locale) values ($2, ${enteredDetails.displayName}, ${enteredDetails.locale}) on conflict do nothing
	)
	insert into identities ${newAccount.columns} select ${newAccount.values}
	where not exists (select from unmet_accounts where identity_id = $1 and told_at >= $7::timestamptz)
	on conflict do nothing returning id`;

const refreshedDetails = detailsFrom(3);

/**
 * A person is called what their home account is called. What the platform answered to an earlier question than the one whose answer stands
 * here, or than its last word, says nothing any more.
 */
const refreshAccount = `
	with refreshed as (
		update identities set ${assigned(Identity, { refreshedAt: '$2::timestamptz', ...refreshedDetails })}
		where id = $1 and refreshed_at < $2::timestamptz and (told_at is null or told_at < $2::timestamptz)
		returning home_user_id
	)
	update users set display_name = ${refreshedDetails.displayName}, locale = coalesce(users.language, ${refreshedDetails.locale}) from refreshed where users.id = refreshed.home_user_id`;

/** Takes away and gives nothing; and the platform is asked before anything else is believed. */
const narrowAccount = `
	update identities set is_guest = is_guest or $4, is_external = is_external or $5, is_deactivated = is_deactivated or $6,
		email = case when email = $7 then email end, told_at = now(), refreshed_at = to_timestamp(0)
	where platform = $1 and tenant_id = $2 and account_id = $3 returning user_id as "userId"`;

/** So that what was answered before does not bring in somebody of whom the platform has told something since. */
const noteUnmet = `
	with pruned as (delete from unmet_accounts where told_at < now() - interval '${unmetMinutes} minutes')
	insert into unmet_accounts (identity_id) values ($1) on conflict (identity_id) do update set told_at = now()`;

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
			const [row] = await database.queryAsRegistrar<Row>(selectFindings, placed(account));
			return toFindings(row);
		},

		/** Like a `foundAt`. */
		async moment(): Promise<string> {
			const [row] = await database.asRegistrar(({ query }) => query<{ moment: string }>(`select ${moment} as moment`));
			return row?.moment ?? '-infinity';
		},

		/**
		 * Enters an account that was not met before. With an address that is trusted to say who somebody is, and that exactly one other person
		 * has, it becomes that person's. `askedAt` is a `foundAt` from before the platform was asked: what it has told since then counts more.
		 * @returns what is known then.
		 */
		async enter(account: Account, details: Details, askedAt: string): Promise<Findings> {
			const homeUserId = homeUserIdOf(account);
			const identityId = identityIdOf(account);
			return await database.asRegistrar(async (transaction) => {
				const same = details.email === null ? null : await findSameAddress(transaction, account, details.email);
				const entry = [identityId, homeUserId, same ?? homeUserId, ...placed(account), askedAt, ...described(details)];
				// One right behind the other: of somebody new nothing else is asked.
				const [entered, found] = await Promise.all([transaction.query(enterAccount, entry), findIn(transaction, account)]);
				if (entered.length > 0) {
					if (same !== null) await note(transaction, 'match', 'done', same, { account });
					return found;
				}
				// Another process was faster; which answer is newer is another question.
				return await refreshIn(transaction, account, [identityId, askedAt, ...described(details)]);
			});
		},

		/** Does nothing when something newer is known; `askedAt` as in `enter`. @returns what is known then. */
		async refresh(account: Account, identityId: string, details: Details, askedAt: string): Promise<Findings> {
			const answer = [identityId, askedAt, ...described(details)];
			return await database.asRegistrar((transaction) => refreshIn(transaction, account, answer));
		},

		/**
		 * What the platform told unasked, be it true, old or repeated, takes away at once and gives nothing: the account has to be asked for
		 * before it counts as anything more. @returns whose it is; null for an account that was never met.
		 */
		async narrow(account: Account, told: Pick<Details, 'isGuest' | 'isExternal' | 'isDeactivated' | 'email'>): Promise<string | null> {
			const { isGuest, isExternal, isDeactivated, email } = told;
			return await database.asRegistrar(async ({ query }) => {
				const [row] = await query<{ userId: string }>(narrowAccount, [...placed(account), isGuest, isExternal, isDeactivated, email]);
				if (row === undefined) await query(noteUnmet, [identityIdOf(account)]);
				return row?.userId ?? null;
			});
		},

		/** Somebody whom the configuration names. */
		async grantAdmin(userId: string, account: Account): Promise<void> {
			await database.asRegistrar(async (transaction) => {
				const role = 'ccb_admin';
				const granted = await transaction.em.nativeUpdate(User, { id: userId, $or: [{ role: null }, { role: { $ne: role } }] }, { role });
				if (granted > 0) await note(transaction, 'grant', 'done', userId, { account });
			});
		},
	};
}

function placed({ platform, tenantId, accountId }: Account): string[] {
	return [platform, tenantId, accountId];
}

function described(details: Details): unknown[] {
	return detailNames.map((name) => (name === 'lastPlace' ? storableJson(details[name]) : details[name]));
}

/** The parameters that `described` fills, from this one on. */
function detailsFrom(first: number): Record<keyof Details, string> {
	return Object.fromEntries(detailNames.map((name, index) => [name, `$${first + index}`])) as Record<keyof Details, string>;
}

async function refreshIn(transaction: Pick<Transaction, 'query'>, account: Account, answer: readonly unknown[]): Promise<Findings> {
	const [, found] = await Promise.all([transaction.query(refreshAccount, answer), findIn(transaction, account)]);
	return found;
}

async function findIn({ query }: Pick<Transaction, 'query'>, account: Account): Promise<Findings> {
	const [row] = await query<Row>(selectFindings, placed(account));
	return toFindings(row);
}

function toFindings(row: Row | undefined): Findings {
	const { foundAt = '-infinity', account = null, roles = {}, mappings = null, tenant = null } = row ?? {};
	const limited = Object.entries(roles).map(([name, { rank, limits }]) => [name, { rank, limits: readLimitValues(limits) }]);
	return {
		foundAt,
		account: account === null ? null : { ...account, limits: readLimitValues(account.limits), ceilings: readLimitValues(account.ceilings) },
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
