/** The settings of signing in on the web through the chat platforms' own OpenID providers. */

import { z } from 'zod';
import { onOrOff } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const variables = {
	OPENCCB_SIGN_IN_PASSWORDS: onOrOff.describe(
		'Whether people may sign in on the web with a name and a password (on or off): for those without a chat',
	),
	OPENCCB_SIGN_IN_SLACK_ID: z.string().min(1).optional().describe('Client ID of the Slack app; lets people sign in on the web with Slack'),
	OPENCCB_SIGN_IN_SLACK_SECRET: z.string().min(1).optional().describe('Client Secret of the Slack app'),
	OPENCCB_SIGN_IN_SLACK_TEAM: z
		.string()
		.regex(/^T[A-Z0-9]{2,}$/, 'must be the id of the workspace, such as T0123456789')
		.optional()
		.describe('Id of the Slack workspace whose people may sign in; nobody else may'),
	OPENCCB_SIGN_IN_ENTRA_ID: z
		.uuid('must be the application (client) id, a UUID')
		.optional()
		.describe('Application (client) id of an app in Entra; lets people sign in on the web with their Microsoft account'),
	OPENCCB_SIGN_IN_ENTRA_SECRET: z.string().min(1).optional().describe('Client secret of that app'),
	OPENCCB_SIGN_IN_ENTRA_TENANT: z
		.uuid('must be the directory (tenant) id, a UUID')
		.optional()
		.describe('The Entra tenant whose people may sign in, as TEAMS_TENANT_ID; nobody else may'),
	OPENCCB_SIGN_IN_DISCORD_ID: z
		.string()
		.regex(/^\d{17,20}$/, 'must be the application id, a number of 17 to 20 digits')
		.optional()
		.describe('Application id of the Discord app; lets members of the served servers sign in on the web with Discord'),
	OPENCCB_SIGN_IN_DISCORD_SECRET: z.string().min(1).optional().describe('Client Secret of the Discord app'),
};

/** What each provider needs: all of it, or nothing. */
const providers = [
	['OPENCCB_SIGN_IN_SLACK_ID', 'OPENCCB_SIGN_IN_SLACK_SECRET', 'OPENCCB_SIGN_IN_SLACK_TEAM'],
	['OPENCCB_SIGN_IN_ENTRA_ID', 'OPENCCB_SIGN_IN_ENTRA_SECRET', 'OPENCCB_SIGN_IN_ENTRA_TENANT'],
	['OPENCCB_SIGN_IN_DISCORD_ID', 'OPENCCB_SIGN_IN_DISCORD_SECRET'],
] as const;

export const signInSettings = defineSettings({
	variables,
	secrets: ['OPENCCB_SIGN_IN_SLACK_SECRET', 'OPENCCB_SIGN_IN_ENTRA_SECRET', 'OPENCCB_SIGN_IN_DISCORD_SECRET'],
	/** Null for whoever is not switched on. */
	group(values) {
		const [slack, entra, discord] = [
			{ clientId: values.OPENCCB_SIGN_IN_SLACK_ID, clientSecret: values.OPENCCB_SIGN_IN_SLACK_SECRET },
			{ clientId: values.OPENCCB_SIGN_IN_ENTRA_ID, clientSecret: values.OPENCCB_SIGN_IN_ENTRA_SECRET },
			{ clientId: values.OPENCCB_SIGN_IN_DISCORD_ID, clientSecret: values.OPENCCB_SIGN_IN_DISCORD_SECRET },
		].map(({ clientId, clientSecret }) => (clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret }));
		const { OPENCCB_SIGN_IN_SLACK_TEAM: teamId, OPENCCB_SIGN_IN_ENTRA_TENANT: tenantId } = values;
		return {
			slack: slack == null || teamId === undefined ? null : { ...slack, teamId },
			entra: entra == null || tenantId === undefined ? null : { ...entra, tenantId },
			discord: discord ?? null,
			hasPasswords: values.OPENCCB_SIGN_IN_PASSWORDS,
		};
	},
	contradictions(values) {
		return providers.flatMap((needed) => {
			const missing = needed.filter((name) => values[name] === undefined);
			return missing.length === 0 || missing.length === needed.length
				? []
				: [`${missing.join(' and ')} missing beside the others of its kind`];
		});
	},
});
