/** The settings of Slack. */

import { z } from 'zod';
import { url } from '../setting-types.ts';
import { defineSettings } from '../slice.ts';

export const slackSettings = defineSettings({
	variables: {
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
	},
	secrets: ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'],
	/** Null where Slack is not switched on. */
	group({ SLACK_BOT_TOKEN: botToken, ...values }) {
		if (botToken === undefined) return null;
		return {
			botToken,
			signingSecret: values.SLACK_SIGNING_SECRET ?? null,
			appToken: values.SLACK_APP_TOKEN ?? null,
			apiUrl: values.SLACK_API_URL,
			nativeStreams: values.SLACK_STREAMING === 'native',
		};
	},
	contradictions({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: appToken }) {
		const hasWay = secret !== undefined || appToken !== undefined;
		if (token === undefined) return hasWay ? ['SLACK_BOT_TOKEN is missing'] : [];
		return hasWay ? [] : ['SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET (events over HTTP) or SLACK_APP_TOKEN (Socket Mode) beside it'];
	},
});
