/** The settings of Microsoft Teams. */

import { z } from 'zod';
import { hostPattern, list, onOrOff, webAddress } from '../setting-types.ts';
import { defineSettings } from '../slice.ts';

export const teamsSettings = defineSettings({
	variables: {
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
	},
	secrets: ['TEAMS_APP_PASSWORD'],
	/** Null where Teams is not switched on. */
	group({ TEAMS_APP_ID: appId, TEAMS_ANONYMOUS: anonymous, ...values }) {
		if (appId === undefined && !anonymous) return null;
		return {
			appId: appId ?? '',
			appPassword: values.TEAMS_APP_PASSWORD ?? null,
			appType: values.TEAMS_APP_TYPE,
			tenantId: values.TEAMS_TENANT_ID ?? '',
			openIdUrl: values.TEAMS_OPENID_URL,
			loginUrl: values.TEAMS_LOGIN_URL,
			serviceHosts: values.TEAMS_SERVICE_HOSTS,
			graphUrl: values.TEAMS_GRAPH ? values.TEAMS_GRAPH_URL : null,
			fileHosts: values.TEAMS_FILE_HOSTS,
			anonymous,
		};
	},
	contradictions(values, { HOST: host }: { HOST: string }) {
		const { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: password, TEAMS_TENANT_ID: tenant } = values;
		if (values.TEAMS_ANONYMOUS) {
			const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
			return [
				...(isLocal ? [] : ['TEAMS_ANONYMOUS works only where HOST is this machine alone: without a check anybody could talk to the bot']),
				...(id === undefined && password === undefined ? [] : ['TEAMS_ANONYMOUS is for a bot without TEAMS_APP_ID and TEAMS_APP_PASSWORD']),
			];
		}
		if (id === undefined) return password !== undefined || tenant !== undefined ? ['TEAMS_APP_ID is missing'] : [];
		const isManaged = values.TEAMS_APP_TYPE === 'UserAssignedMSI';
		return [
			...(tenant === undefined ? ['TEAMS_APP_ID needs TEAMS_TENANT_ID beside it'] : []),
			...(isManaged === (password !== undefined)
				? [isManaged ? 'TEAMS_APP_PASSWORD does not go with UserAssignedMSI' : 'TEAMS_APP_PASSWORD is missing']
				: []),
		];
	},
});
