/**
 * Who vouches for an account by OpenID Connect, and by which of its words: the chat platforms' own providers, each pinned to one company, and one of the company's own. An account
 * is found by the platform's own ids and never by an e-mail address, which others can claim. Pure.
 */

import { type CompanyProvider, companyProvider } from './company-provider.ts';
import { idIn, type OpenIdProvider, type Registration } from './openid-provider.ts';

/** Of those that are registered. */
export function openIdProviders({
	slack,
	entra,
	discord,
	company,
}: {
	slack: (Registration & { teamId: string }) | null;
	entra: (Registration & { tenantId: string }) | null;
	discord: Registration | null;
	company: CompanyProvider | null;
}): OpenIdProvider[] {
	return [
		...(company === null ? [] : [companyProvider(company)]),
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
		...{
			name: 'slack',
			title: null,
			issuer: 'https://slack.com',
			scope: 'openid profile',
			takesProof: false,
			parameters: { team: teamId },
		},
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
		...{ name: 'teams', title: null, issuer, scope: 'openid profile', takesProof: true, parameters: {} },
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
		...{ name: 'discord', title: null, issuer: 'https://discord.com', scope: 'openid identify', takesProof: true, parameters: {} },
		accountOf(claims) {
			const accountId = idIn(claims, 'sub');
			return accountId === null ? null : { platform: 'discord', tenantId: 'discord', accountId };
		},
	};
}
