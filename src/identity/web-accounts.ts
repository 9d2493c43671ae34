/** Accounts that no chat platform knows: what was said of them when somebody signed in last, which stands for a platform's word. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import { BotError } from '../errors.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { Profile } from '../platform/profile.ts';
import { shortened } from '../text.ts';
import { type Account, identityIdOf, webPlatform } from './account.ts';
import type { AccountRules } from './role-choice.ts';

/** What a provider says of somebody, beside who they are. */
export interface ToldOfAccount {
	displayName: string;
	/** BCP 47. */
	locale: string | null;
	groups: readonly string[];
}

/** Those whose accounts get in at present, by their tenant. */
export type WebTenants = ReadonlyMap<string, WebTenant>;

export interface WebTenant {
	/** Which role each group stands for; null where everybody has that of everybody, or what administrators say in the chat. */
	roles: AccountRules['mappings'] | null;
	/** Whether rights of an administrator need one that we ask for ourselves. */
	asksForSecondFactor: boolean;
}

interface KnownWebAccount extends ToldOfAccount {
	hasSecondFactor: boolean;
}

export interface WebAccounts {
	/** Whether accounts of this kind get in at present; true for those of chat platforms, which say so themselves. */
	isServed(account: Account): boolean;
	/** In the place of all that was said before. @throws BotError as `Database.queryAsRegistrar`. */
	keep(account: Account, told: ToldOfAccount): Promise<void>;
	/** @throws BotError `PLATFORM_REJECTED` for one that was never told of, or is none of ours; as `Database.queryAsRegistrar`. */
	profileOf(actor: Actor): Promise<Profile>;
	/** What its role follows; null for an account of a chat platform. @throws BotError as `Database.queryAsRegistrar`. */
	rulesOf(account: Account): Promise<AccountRules | null>;
}

const mostNameCharacters = 100;
const mostGroupCharacters = 300;
/** Of an account with more, the rest is not kept: no directory gives as many by a claim. */
const mostGroups = 1_000;

const keepAccount = `
	insert into web_accounts (identity_id, tenant_id, account_id, display_name, locale, groups) values ($1, $2, $3, $4, $5, $6)
	on conflict (identity_id) do update set display_name = excluded.display_name, locale = excluded.locale, groups = excluded.groups, told_at = now()`;

const selectAccount = `
	select account.display_name as "displayName", account.locale, account.groups, local.second_secret is not null as "hasSecondFactor"
	from web_accounts account left join local_accounts local on local.identity_id = account.identity_id where account.identity_id = $1`;

export function createWebAccounts(database: Pick<Database, 'queryAsRegistrar'>, tenants: WebTenants): WebAccounts {
	const { queryAsRegistrar } = database;

	async function find(account: Account): Promise<KnownWebAccount | null> {
		if (!tenants.has(account.tenantId)) return null;
		const [row] = await queryAsRegistrar<KnownWebAccount>(selectAccount, [identityIdOf(account)]);
		return row ?? null;
	}

	return {
		isServed: ({ platform, tenantId }) => platform !== webPlatform || tenants.has(tenantId),
		async keep(account, { displayName, locale, groups }) {
			const name = storableText(shortened(displayName, mostNameCharacters));
			const kept = groups.filter((group) => group.length <= mostGroupCharacters).slice(0, mostGroups);
			const values = [identityIdOf(account), account.tenantId, account.accountId, name, locale, kept.map(storableText)];
			await queryAsRegistrar(keepAccount, values);
		},
		async profileOf({ tenantId, accountId }) {
			const known = await find({ platform: webPlatform, tenantId, accountId });
			if (known === null) throw new BotError('PLATFORM_REJECTED', 'nobody vouches for this account', { reason: 'no-accounts' });
			const { displayName, locale } = known;
			return { accountId, tenantId, displayName, locale, isBot: false, isGuest: false, isExternal: false, isDeactivated: false };
		},
		async rulesOf(account) {
			if (account.platform !== webPlatform) return null;
			const { roles = null, asksForSecondFactor = true } = tenants.get(account.tenantId) ?? {};
			const { groups = [], hasSecondFactor = false } = (await find(account)) ?? {};
			return { groups, mappings: roles, mayAdminister: hasSecondFactor || !asksForSecondFactor };
		},
	};
}
