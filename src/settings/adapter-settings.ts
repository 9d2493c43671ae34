/** The settings of each chat platform as its adapter takes them; null when the platform is not configured. */

import { modelsIn } from './model-settings.ts';
import type { Settings } from './settings.ts';

export function slackSettings(settings: Settings) {
	const { SLACK_BOT_TOKEN: botToken } = settings;
	if (botToken === undefined) return null;
	return {
		botToken,
		signingSecret: settings.SLACK_SIGNING_SECRET ?? null,
		appToken: settings.SLACK_APP_TOKEN ?? null,
		apiUrl: settings.SLACK_API_URL,
		nativeStreams: settings.SLACK_STREAMING === 'native',
		command: '/ccb',
		language: settings.OPENCCB_LANGUAGE,
	};
}

export function teamsSettings(settings: Settings) {
	const { TEAMS_APP_ID: appId, TEAMS_ANONYMOUS: anonymous } = settings;
	if (appId === undefined && !anonymous) return null;
	return {
		appId: appId ?? '',
		appPassword: settings.TEAMS_APP_PASSWORD ?? null,
		appType: settings.TEAMS_APP_TYPE,
		tenantId: settings.TEAMS_TENANT_ID ?? '',
		openIdUrl: settings.TEAMS_OPENID_URL,
		loginUrl: settings.TEAMS_LOGIN_URL,
		serviceHosts: settings.TEAMS_SERVICE_HOSTS,
		graphUrl: settings.TEAMS_GRAPH ? settings.TEAMS_GRAPH_URL : null,
		fileHosts: settings.TEAMS_FILE_HOSTS,
		anonymous,
	};
}

export function discordSettings(settings: Settings) {
	const { DISCORD_BOT_TOKEN: botToken } = settings;
	if (botToken === undefined) return null;
	return {
		botToken,
		applicationId: settings.DISCORD_APPLICATION_ID ?? '',
		apiUrl: settings.DISCORD_API_URL,
		guilds: settings.DISCORD_GUILDS ?? [],
		fileHosts: settings.DISCORD_FILE_HOSTS,
		models: modelsIn(settings).map(({ name }) => name),
		language: settings.OPENCCB_LANGUAGE,
		leaseMs: settings.OPENCCB_LEASE_SECONDS * 1_000,
	};
}
