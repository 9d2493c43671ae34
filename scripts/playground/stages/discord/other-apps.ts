/** What else is posted in the emulated Discord: alerts by a webhook, and Discord's own polls. */

import type { DiscordEmulator } from '#test/emulators/discord/index.ts';
import type { Roster } from '../../roster.ts';
import { monitorName, type Stage } from '../stage.ts';

/** Red, as alerts are marked. */
const alertColour = 0xd6_33_2c;

export function createDiscordApps(discord: DiscordEmulator, roster: Roster): Pick<Stage, 'alert' | 'poll'> {
	// A webhook has no account: this one only lends its name.
	const monitor = discord.world.addUser({ name: monitorName });
	return {
		async alert({ personId, placeId, title, text }) {
			const channel = discord.world.channel(placeId);
			if (channel?.guildId === undefined || !discord.world.may(roster.idOf(personId), channel, 'viewChannel'))
				throw new TypeError(`no channel of ${personId} with webhooks: ${placeId}`);
			const embeds = [{ title, description: text, color: alertColour }];
			const { id } = await discord.say({ user: monitor.id, channel: placeId, text: '', viaWebhook: true, embeds });
			return { messageId: id };
		},
		async poll({ personId, placeId, question, choices }) {
			const poll = { question, answers: choices };
			const { id } = await discord.say({ user: roster.idOf(personId), channel: placeId, text: '', poll });
			return { messageId: id };
		},
	};
}
