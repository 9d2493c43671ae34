/** The settings of the chat platforms, and which of them go together. */

import { z } from 'zod';
import { list, onOrOff, url, webAddress } from './setting-types.ts';

/** A host, one with a port, or `*.` and the end of a host. */
const hostPattern = z
	.string()
	.regex(/^(?:\*\.)?[a-z0-9][a-z0-9.-]*(?::\d+)?$/i, 'must be hosts such as files.example.com or *.example.com');
/** Discord ids are 64-bit numbers ("API Reference", snowflakes); the oldest have 17 digits. */
const snowflake = z.string().regex(/^\d{17,20}$/, 'must be a number of 17 to 20 digits, as Discord shows it in developer mode');

export const platformSettings = {
	SLACK_BOT_TOKEN: z
		.string()
		.startsWith('xoxb-', 'must begin with xoxb-')
		.optional()
		.describe('Bot User OAuth Token of the Slack app; switches Slack on'),
	SLACK_SIGNING_SECRET: z
		.string()
		.min(1)
		.optional()
		.describe('Signing Secret of the Slack app; needed for events over HTTP at /slack/events'),
	SLACK_APP_TOKEN: z
		.string()
		.startsWith('xapp-', 'must begin with xapp-')
		.optional()
		.describe('App-level token with connections:write; switches Socket Mode on, so that no public address is needed'),
	SLACK_API_URL: url(['http:', 'https:'], 'https://slack.com/api/')
		.transform((value) => (value.endsWith('/') ? value : `${value}/`))
		.default('https://slack.com/api/')
		.describe("Base address of Slack's Web API; ends in /api/"),
	SLACK_STREAMING: z
		.enum(['native', 'edit'])
		.default('native')
		.describe("How answers appear: Slack's native streams where allowed, or posts and edits only"),
	TEAMS_APP_ID: z
		.uuid('must be the application (client) id, a UUID')
		.optional()
		.describe('Application (client) id of the bot; switches Teams on'),
	TEAMS_APP_PASSWORD: z.string().min(1).optional().describe('Client secret of the bot; none for a managed identity'),
	TEAMS_APP_TYPE: z
		.enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant'])
		.default('SingleTenant')
		.describe('How the bot is registered in Azure; new ones are SingleTenant or UserAssignedMSI'),
	TEAMS_TENANT_ID: z
		.uuid('must be the directory (tenant) id, a UUID')
		.optional()
		.describe('The Entra tenant whose people are served; nobody else is'),
	TEAMS_OPENID_URL: webAddress('https://login.botframework.com/v1/.well-known/openidconfiguration').describe(
		'Where the Bot Connector publishes its keys; another one in national clouds',
	),
	TEAMS_LOGIN_URL: webAddress('https://login.microsoftonline.com').describe('Where the bot asks for its tokens'),
	TEAMS_SERVICE_HOSTS: list(hostPattern)
		.default(['smba.trafficmanager.net', '*.botframework.com', '*.teams.microsoft.com'])
		.describe('Hosts of the Bot Connector, separated by commas; nothing else gets the bot\u2019s token'),
	TEAMS_GRAPH: onOrOff.describe(
		'Whether Microsoft Graph is asked for what was said in threads, for files in group chats and channels, and for groups that roles follow; needs rights',
	),
	TEAMS_GRAPH_URL: webAddress('https://graph.microsoft.com').describe('Address of Microsoft Graph'),
	TEAMS_FILE_HOSTS: list(hostPattern)
		.default(['*.sharepoint.com'])
		.describe('Hosts that files of Teams are fetched from, separated by commas'),
	TEAMS_ANONYMOUS: onOrOff.describe(
		'Takes messages without any check, on this machine only: for trying the bot in Microsoft\u2019s Agents Playground',
	),
	DISCORD_BOT_TOKEN: z.string().min(1).optional().describe('Token of the Discord bot; switches Discord on'),
	DISCORD_APPLICATION_ID: snowflake.optional().describe('Application id of the Discord app'),
	DISCORD_GUILDS: list(snowflake)
		.optional()
		.describe('Ids of the Discord servers that are served, separated by commas; any other one is left'),
	DISCORD_API_URL: webAddress('https://discord.com/api').describe("Base address of Discord's REST API; the gateway's is what it answers"),
	DISCORD_FILE_HOSTS: list(hostPattern)
		.default(['cdn.discordapp.com', 'media.discordapp.net'])
		.describe('Hosts that files of Discord are fetched from, separated by commas'),
};

type Given = z.infer<z.ZodObject<typeof platformSettings>> & { HOST: string };

/** What is missing beside what is there, in words that name the variables and never their values. */
export function platformContradictions(settings: Given): string[] {
	return [...slackProblems(settings), ...teamsProblems(settings), ...discordProblems(settings)];
}

function slackProblems({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: appToken }: Given): string[] {
	const hasWay = secret !== undefined || appToken !== undefined;
	if (token === undefined) return hasWay ? ['SLACK_BOT_TOKEN is missing'] : [];
	return hasWay ? [] : ['SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET (events over HTTP) or SLACK_APP_TOKEN (Socket Mode) beside it'];
}

function teamsProblems(settings: Given): string[] {
	const { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: password, TEAMS_TENANT_ID: tenant } = settings;
	if (settings.TEAMS_ANONYMOUS) {
		const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(settings.HOST);
		return [
			...(isLocal ? [] : ['TEAMS_ANONYMOUS works only where HOST is this machine alone: without a check anybody could talk to the bot']),
			...(id === undefined && password === undefined ? [] : ['TEAMS_ANONYMOUS is for a bot without TEAMS_APP_ID and TEAMS_APP_PASSWORD']),
		];
	}
	if (id === undefined) return password !== undefined || tenant !== undefined ? ['TEAMS_APP_ID is missing'] : [];
	const isManaged = settings.TEAMS_APP_TYPE === 'UserAssignedMSI';
	return [
		...(tenant === undefined ? ['TEAMS_APP_ID needs TEAMS_TENANT_ID beside it'] : []),
		...(isManaged === (password !== undefined)
			? [isManaged ? 'TEAMS_APP_PASSWORD does not go with UserAssignedMSI' : 'TEAMS_APP_PASSWORD is missing']
			: []),
	];
}

function discordProblems({ DISCORD_BOT_TOKEN: token, DISCORD_APPLICATION_ID: id, DISCORD_GUILDS: guilds }: Given): string[] {
	if (token === undefined) return id !== undefined || guilds !== undefined ? ['DISCORD_BOT_TOKEN is missing'] : [];
	return [
		...(id === undefined ? ['DISCORD_BOT_TOKEN needs DISCORD_APPLICATION_ID beside it'] : []),
		...(guilds === undefined ? ['DISCORD_BOT_TOKEN needs DISCORD_GUILDS beside it, so that no stranger\u2019s server is served'] : []),
	];
}
