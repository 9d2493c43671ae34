/** The guilds that the bot may serve, as the gateway tells about them: channels, threads, roles. Any other guild is left. */

import type { BotError } from '#src/errors.ts';
import type { DiscordCall } from './client.ts';
import type { DiscordChannel } from './inbound.ts';
import { asId, asObject, asObjects, asText, compareIds, type Json } from './json.ts';
import { hidesChannel } from './permissions.ts';

export interface Guilds {
	/** Takes a packet of the gateway, of whatever type. */
	take(type: string, data: Json): void;
	readonly served: ReadonlySet<string>;
	/** What kind of channel it is; asked for when the gateway has not told. @throws BotError as `ChatPlatform`. */
	channel(channelId: string, guildId: string, signal: AbortSignal): Promise<DiscordChannel>;
	/** What the gateway has told of a channel; null for one that it has not named. */
	known(channelId: string): KnownChannel | null;
	/** Channels in which something was said after this message, with their guild. */
	talkedSince(messageId: string): DiscordChannel[];
	/** The bot's own role, which people can mention instead of the bot. */
	ownRoles(): ReadonlySet<string>;
	readonly names: { roles: ReadonlyMap<string, string>; channels: ReadonlyMap<string, string> };
}

export interface KnownChannel extends DiscordChannel {
	name: string;
	/** Hidden from those who have no role for it. */
	isPrivate: boolean;
	/** Of threads only. */
	isArchived: boolean;
	holdsMessages: boolean;
	lastMessageId: string;
}

export interface GuildsDependencies {
	served: ReadonlySet<string>;
	call: DiscordCall;
	botUserId: () => string;
	/** The bot was put into a guild that it does not serve, and leaves. */
	onForeign: () => void;
	onFailed: (error: unknown) => void;
}

/** "Channel Types": threads, and the channels that hold messages themselves. */
const threadTypes = new Set<unknown>([10, 11, 12]);
const messageTypes = new Set<unknown>([0, 2, 5, 10, 11, 12, 13]);

export function createGuilds({ served, call, botUserId, onForeign, onFailed }: GuildsDependencies): Guilds {
	const channels = new Map<string, KnownChannel>();
	const channelNames = new Map<string, string>();
	const roleNames = new Map<string, string>();
	const ownRoles = new Set<string>();

	function takeGuild(guild: Json): void {
		const guildId = asId(guild['id']);
		if (!served.has(guildId)) {
			leave(guildId);
			return;
		}
		for (const channel of [...asObjects(guild['channels']), ...asObjects(guild['threads'])]) takeChannel(channel, guildId);
		for (const role of asObjects(guild['roles'])) takeRole(role);
	}

	function leave(guildId: string): void {
		if (guildId === '') return;
		onForeign();
		call('leave guild', { method: 'DELETE', route: `/users/@me/guilds/${guildId}` }).catch(onFailed);
	}

	function takeChannel(channel: Json, guildId = asId(channel['guild_id'])): void {
		const id = asId(channel['id']);
		if (id === '' || !served.has(guildId)) return;
		const known = readChannel(channel, guildId);
		channels.set(id, known);
		channelNames.set(id, known.name);
	}

	function takeRole(role: Json): void {
		const id = asId(role['id']);
		roleNames.set(id, asText(role['name']));
		if (asId(asObject(role['tags'])['bot_id']) === botUserId()) ownRoles.add(id);
	}

	function forget(isGone: (channel: KnownChannel) => boolean): void {
		for (const channel of channels.values()) {
			if (!isGone(channel)) continue;
			channels.delete(channel.id);
			channelNames.delete(channel.id);
		}
	}

	const takers: Readonly<Record<string, (data: Json) => void>> = {
		GUILD_CREATE: takeGuild,
		GUILD_DELETE: (guild) => {
			if (guild['unavailable'] !== true) forget(({ guildId }) => guildId === guild['id']);
		},
		CHANNEL_CREATE: takeChannel,
		CHANNEL_UPDATE: takeChannel,
		CHANNEL_DELETE: (gone) => forget(({ id }) => id === gone['id']),
		THREAD_CREATE: takeChannel,
		THREAD_UPDATE: takeChannel,
		THREAD_DELETE: (gone) => forget(({ id }) => id === gone['id']),
		THREAD_LIST_SYNC: (list) => {
			for (const thread of asObjects(list['threads'])) takeChannel(thread, asId(list['guild_id']));
		},
		GUILD_ROLE_CREATE: ({ role }) => takeRole(asObject(role)),
		GUILD_ROLE_UPDATE: ({ role }) => takeRole(asObject(role)),
	};

	return {
		take: (type, data) => takers[type]?.(data),
		served,
		async channel(channelId, guildId, signal) {
			if (!channels.has(channelId)) {
				const found = await call('get channel', { method: 'GET', route: `/channels/${channelId}` }, signal).catch((error: BotError) => {
					// A channel whose messages arrive and that may not be looked at: taken for an ordinary one.
					if (error.code === 'PLATFORM_REJECTED') return { id: channelId, type: 0 };
					throw error;
				});
				takeChannel(asObject(found), guildId);
			}
			return channels.get(channelId) ?? { id: channelId, guildId, isThread: false };
		},
		known: (channelId) => channels.get(channelId) ?? null,
		talkedSince: (messageId) =>
			[...channels.values()].filter(({ holdsMessages, lastMessageId }) => holdsMessages && compareIds(lastMessageId, messageId) > 0),
		ownRoles: () => ownRoles,
		names: { roles: roleNames, channels: channelNames },
	};
}

/** A channel or thread as the gateway and the REST API tell of it ("Channel Object"). */
export function readChannel(channel: Json, guildId: string): KnownChannel {
	const everyone = asObjects(channel['permission_overwrites']).find(({ id }) => id === guildId);
	return {
		id: asId(channel['id']),
		guildId,
		name: asText(channel['name']),
		isThread: threadTypes.has(channel['type']),
		parentId: asId(channel['parent_id']),
		isPrivate: hidesChannel(everyone ?? {}),
		isArchived: asObject(channel['thread_metadata'])['archived'] === true,
		holdsMessages: messageTypes.has(channel['type']),
		lastMessageId: asId(channel['last_message_id']),
	};
}
