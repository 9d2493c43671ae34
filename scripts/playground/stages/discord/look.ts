/** What one person sees of the emulated Discord. */

import type { Channel, DiscordEmulator } from '#test/emulators/discord/index.ts';
import type { Room } from '../../company.ts';
import type { Roster } from '../../roster.ts';
import type { Place } from '../../wire.ts';
import type { StageView } from '../stage.ts';
import { type Names, toMessage } from './message.ts';

/** Creates the function that looks at the guild as one person. */
export function createDiscordLook(
	discord: DiscordEmulator,
	roster: Roster,
	rooms: ReadonlyMap<string, Room>,
): (personId: string) => StageView {
	const nameOfChannel = (id: string) => discord.world.channel(id)?.name ?? id;
	const names: Names = { personOf: (id) => personOrWebhook(discord, roster, id), nameOf: roster.nameOf, nameOfChannel };
	return (personId) => {
		const userId = roster.idOf(personId);
		const channels = discord.world.channels().filter((channel) => isShown(discord, channel, userId));
		const messages = channels.flatMap(({ id }) => [...discord.messages(id), ...discord.ephemerals(id, userId)]);
		return {
			places: channels.map((channel) => ({ ...toPlace(channel, rooms.get(channel.id)), isReadOnly: isPending(discord, channel, userId) })),
			messages: messages
				.filter(({ deleted }) => !deleted)
				.map((message) => ({ ...toMessage(message, names), link: message.isEphemeral ? null : discord.linkTo(message) })),
			activities: channels
				.filter(({ id }) => discord.typing(id))
				.map(({ id }) => ({ platform: 'discord', placeId: id, threadId: null, text: '' })),
			prompts: {},
		};
	};
}

/** Webhooks are called by their names. */
function personOrWebhook(discord: DiscordEmulator, { personOf }: Roster, id: string): string {
	const known = personOf(id);
	return known === id ? (discord.world.user(id)?.name ?? id) : known;
}

function isShown(discord: DiscordEmulator, channel: Channel, userId: string): boolean {
	return channel.thread === undefined && discord.world.may(userId, channel, 'viewChannel');
}

/** Who has not agreed to the rules of the server yet can read, and not write. */
function isPending(discord: DiscordEmulator, { guildId }: Channel, userId: string): boolean {
	return discord.world.guild(guildId ?? '')?.members.get(userId)?.isPending ?? false;
}

function toPlace({ id, name, topic, guildId }: Channel, room: Room | undefined): Omit<Place, 'isReadOnly'> {
	return { platform: 'discord', id, name, kind: guildId === undefined ? 'direct' : (room?.kind ?? 'public'), topic: topic ?? '' };
}
