/**
 * Who vouches for an account by OpenID Connect, and by which of its words: the chat platforms' own providers, each pinned to one company. An account
 * is found by the platform's own ids and never by an e-mail address, which others can claim. Pure.
 */

import type { Account } from '../identity/account.ts';

/** What an id token says, once it was checked. */
export type Claims = Readonly<Record<string, unknown>>;

export interface OpenIdProvider {
	/** Of the platform whose accounts it knows. */
	name: string;
	/** As it stands in its id tokens, and from where its metadata are read. */
	issuer: string;
	clientId: string;
	clientSecret: string;
	scope: string;
	/** Whether it takes a proof that who redeems a code is who asked for it. */
	takesProof: boolean;
	/** What it is asked besides. */
	parameters: Readonly<Record<string, string>>;
	/** Null for whoever is none of ours. */
	accountOf(claims: Claims): Account | null;
}

/** How a provider is registered. */
export interface Registration {
	clientId: string;
	clientSecret: string;
}

/** Of those that are registered. */
export function openIdProviders({
	slack,
	entra,
	discord,
}: {
	slack: (Registration & { teamId: string }) | null;
	entra: (Registration & { tenantId: string }) | null;
	discord: Registration | null;
}): OpenIdProvider[] {
	return [
		...(slack === null ? [] : [slackProvider(slack)]),
		...(entra === null ? [] : [entraProvider(entra)]),
		...(discord === null ? [] : [discordProvider(discord)]),
	];
}

const slackTeam = 'https://slack.com/team_id';
const slackUser = 'https://slack.com/user_id';

/** "Sign in with Slack": `sub` is not the id of the account, and there is no PKCE in its metadata. */
export function slackProvider({ teamId, ...registration }: Registration & { teamId: string }): OpenIdProvider {
	return {
		...registration,
		...{ name: 'slack', issuer: 'https://slack.com', scope: 'openid profile', takesProof: false, parameters: { team: teamId } },
		accountOf(claims) {
			const accountId = idIn(claims, slackUser);
			return claims[slackTeam] === teamId && accountId !== null ? { platform: 'slack', tenantId: teamId, accountId } : null;
		},
	};
}

/** Entra, of one tenant: shared issuers would vouch for any. `acct` is 1 for guests, who have an `oid` here too. */
export function entraProvider({ tenantId, ...registration }: Registration & { tenantId: string }): OpenIdProvider {
	const tenant = tenantId.toLowerCase();
	const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
	return {
		...registration,
		...{ name: 'teams', issuer, scope: 'openid profile', takesProof: true, parameters: {} },
		accountOf(claims) {
			const accountId = idIn(claims, 'oid');
			const isOurs = idIn(claims, 'tid')?.toLowerCase() === tenant && claims['acct'] !== 1;
			return isOurs && accountId !== null ? { platform: 'teams', tenantId, accountId } : null;
		},
	};
}

/** Anybody has an account there: that they are in a server of ours is asked of the bot, like for whoever writes to it. */
export function discordProvider(registration: Registration): OpenIdProvider {
	return {
		...registration,
		...{ name: 'discord', issuer: 'https://discord.com', scope: 'openid identify', takesProof: true, parameters: {} },
		accountOf(claims) {
			const accountId = idIn(claims, 'sub');
			return accountId === null ? null : { platform: 'discord', tenantId: 'discord', accountId };
		},
	};
}

function idIn(claims: Claims, name: string): string | null {
	const value = claims[name];
	return typeof value === 'string' && value !== '' ? value : null;
}
