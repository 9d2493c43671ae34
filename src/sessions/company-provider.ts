/** Any OpenID provider that a company has, such as Keycloak, Authentik or Google: its accounts are of no chat platform, and nobody is found by their e-mail address. Pure. */

import { createHash } from 'node:crypto';
import { type Account, webPlatform } from '../identity/account.ts';
import type { AccountRules } from '../identity/role-choice.ts';
import type { ToldOfAccount } from '../identity/web-accounts.ts';
import { type Claims, idIn, type OpenIdProvider, type Registration } from './openid-provider.ts';

export interface CompanyProvider extends Registration {
	issuer: string;
	/** As people call it. */
	title: string;
	/** Separated by spaces, `openid` among them. */
	scope: string;
	/** Which claim is the account: one that the provider gives nobody else, ever. */
	accountClaim: string;
	groupsClaim: string;
	/** Claims that have to have a value: which of its tenants or domains is ours. */
	required: readonly RequiredClaim[];
	/** Null where everybody who is vouched for gets in, with the role of everybody. */
	roles: AccountRules['mappings'] | null;
}

export interface RequiredClaim {
	name: string;
	value: string;
}

const companyProviderName = 'openid';
/** The standard's bound for `sub` (OpenID Connect Core 1.0, section 2). */
const mostAccountCharacters = 255;

/** What its accounts are known under: another issuer, even of the same name, vouches for other people. 64 bits of the hash. */
export function tenantOfIssuer(issuer: string): string {
	return createHash('sha256').update(issuer).digest('hex').slice(0, 16);
}

export function companyProvider(settings: CompanyProvider): OpenIdProvider {
	const { issuer, clientId, clientSecret, title, scope, accountClaim, groupsClaim, required } = settings;
	const tenantId = tenantOfIssuer(issuer);
	return {
		...{ name: companyProviderName, title, issuer, clientId, clientSecret, scope, takesProof: true, parameters: {} },
		...{ asksForMore: (claims) => [groupsClaim, 'name', ...required.map(({ name }) => name)].some((name) => !(name in claims)) },
		accountOf(claims): Account | null {
			const accountId = idIn(claims, accountClaim);
			if (accountId === null || accountId.length > mostAccountCharacters || /\s/.test(accountId)) return null;
			const isOurs = required.every((claim) => has(claims, claim));
			return isOurs ? { platform: webPlatform, tenantId, accountId } : null;
		},
		told: (claims) => toldBy(claims, groupsClaim),
	};
}

/** One value, and not among others. */
function has(claims: Claims, { name, value }: RequiredClaim): boolean {
	const said = claims[name];
	return ['string', 'number', 'boolean'].includes(typeof said) && String(said) === value;
}

function toldBy(claims: Claims, groupsClaim: string): ToldOfAccount {
	const displayName = idIn(claims, 'name') ?? idIn(claims, 'preferred_username') ?? '';
	const named = claims[groupsClaim];
	const groups = (Array.isArray(named) ? named : [named]).filter((group) => typeof group === 'string' && group !== '');
	return { displayName, locale: localeIn(claims), groups };
}

function localeIn(claims: Claims): string | null {
	const locale = idIn(claims, 'locale')?.replace('_', '-') ?? null;
	return locale !== null && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(locale) ? locale : null;
}
