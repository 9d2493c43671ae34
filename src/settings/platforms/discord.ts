/** The settings of Discord. */

import { z } from 'zod';
import { hostPattern, list, webAddress } from '../setting-types.ts';
import { defineSettings } from '../slice.ts';

/** Discord ids are 64-bit numbers ("API Reference", snowflakes); the oldest have 17 digits. */
const snowflake = z.string().regex(/^\d{17,20}$/, 'must be a number of 17 to 20 digits, as Discord shows it in developer mode');

export const discordSettings = defineSettings({
	variables: {
		DISCORD_BOT_TOKEN: z.string().min(1).optional().describe('Token of the Discord bot; switches Discord on'),
		DISCORD_APPLICATION_ID: snowflake.optional().describe('Application id of the Discord app'),
		DISCORD_GUILDS: list(snowflake)
			.optional()
			.describe('Ids of the Discord servers that are served, separated by commas; any other one is left'),
		DISCORD_API_URL: webAddress('https://discord.com/api').describe("Base address of Discord's REST API; the gateway's is what it answers"),
		DISCORD_FILE_HOSTS: list(hostPattern)
			.default(['cdn.discordapp.com', 'media.discordapp.net'])
			.describe('Hosts that files of Discord are fetched from, separated by commas'),
	},
	secrets: ['DISCORD_BOT_TOKEN'],
	/** Null where Discord is not switched on. */
	group({ DISCORD_BOT_TOKEN: botToken, ...values }) {
		if (botToken === undefined) return null;
		return {
			botToken,
			applicationId: values.DISCORD_APPLICATION_ID ?? '',
			apiUrl: values.DISCORD_API_URL,
			guilds: values.DISCORD_GUILDS ?? [],
			fileHosts: values.DISCORD_FILE_HOSTS,
		};
	},
	contradictions({ DISCORD_BOT_TOKEN: token, DISCORD_APPLICATION_ID: id, DISCORD_GUILDS: guilds }) {
		if (token === undefined) return id !== undefined || guilds !== undefined ? ['DISCORD_BOT_TOKEN is missing'] : [];
		return [
			...(id === undefined ? ['DISCORD_BOT_TOKEN needs DISCORD_APPLICATION_ID beside it'] : []),
			...(guilds === undefined ? ['DISCORD_BOT_TOKEN needs DISCORD_GUILDS beside it, so that no stranger\u2019s server is served'] : []),
		];
	},
});
