/** What the Teams adapter is told, and the check that it fits together. */

import { BotError } from '#src/errors.ts';

export const appTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
export type AppType = (typeof appTypes)[number];

export interface TeamsSettings {
	/** Application (client) id of the bot; empty only in anonymous mode. */
	appId: string;
	/** Client secret; null for a managed identity and in anonymous mode. */
	appPassword: string | null;
	appType: AppType;
	/** The one Entra tenant whose people are served. */
	tenantId: string;
	/** Where the Bot Connector publishes its keys. */
	openIdUrl: string;
	/** Where tokens are asked for, without the tenant. */
	loginUrl: string;
	/** Hosts of the Bot Connector; nothing else gets the bot's token. */
	serviceHosts: readonly string[];
	/** Microsoft Graph, for what was said in threads, files in group chats and channels, and groups of people; null when it must not be used. */
	graphUrl: string | null;
	/** Hosts that files are fetched from. */
	fileHosts: readonly string[];
	/** No tokens at all, and only this machine: for Microsoft's Agents Playground. */
	anonymous: boolean;
}

/** @throws BotError `CONFIG_INVALID`, whose message names the variables and what is wrong, never their values. */
export function checkSettings(settings: TeamsSettings): void {
	const problems = [...problemsOfType(settings), ...(settings.anonymous ? problemsOfAnonymous(settings) : problemsOfIdentity(settings))];
	if (problems.length > 0) throw new BotError('CONFIG_INVALID', `Settings that need attention: ${problems.join('; ')}`);
}

/** The SDK takes a misspelt type for `MultiTenant` without a word. */
function problemsOfType({ appType }: TeamsSettings): string[] {
	return appTypes.includes(appType) ? [] : [`TEAMS_APP_TYPE must be one of ${appTypes.join(', ')}`];
}

function problemsOfAnonymous({ appId, appPassword }: TeamsSettings): string[] {
	return appId === '' && appPassword === null ? [] : ['TEAMS_ANONYMOUS is for a bot without TEAMS_APP_ID and TEAMS_APP_PASSWORD'];
}

/** Without an app id the SDK lets everybody in. */
function problemsOfIdentity({ appId, appPassword, appType, tenantId, serviceHosts }: TeamsSettings): string[] {
	const needsPassword = appType !== 'UserAssignedMSI';
	return [
		...(appId.trim() === '' ? ['TEAMS_APP_ID is missing'] : []),
		...(tenantId.trim() === '' ? ['TEAMS_TENANT_ID is missing'] : []),
		...(needsPassword && !appPassword ? [`TEAMS_APP_PASSWORD is missing, which ${appType} needs`] : []),
		...(!needsPassword && appPassword ? ['TEAMS_APP_PASSWORD does not go with the app type UserAssignedMSI'] : []),
		...(serviceHosts.length === 0 ? ['TEAMS_SERVICE_HOSTS names no host'] : []),
	];
}
