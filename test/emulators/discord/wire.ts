/** People, guilds and channels in the form that the API and the gateway give them. */

import type { Core } from './core.ts';
import { type Channel, channelTypes, type Guild, type Json, type Member, type Overwrite, type Role, type User } from './types.ts';

export function iso(atMs: number): string {
	return new Date(atMs).toISOString().replace('Z', '000+00:00');
}

export function userToWire(user: User): Json {
	return {
		id: user.id,
		username: user.name,
		discriminator: user.isBot ? '0001' : '0',
		global_name: user.globalName,
		avatar: null,
		public_flags: 0,
		...(user.isBot && { bot: true }),
	};
}

/** A member as messages carry it, without the user. */
export function partialMemberToWire(member: Member): Json {
	return {
		roles: [...member.roles],
		nick: member.nick,
		avatar: null,
		joined_at: iso(member.joinedAtMs),
		premium_since: null,
		communication_disabled_until: member.timedOutUntilMs === null ? null : iso(member.timedOutUntilMs),
		deaf: false,
		mute: false,
		pending: member.isPending,
		flags: 0,
	};
}

export function memberToWire(core: Core, member: Member): Json {
	const user = core.world.user(member.userId);
	return { ...partialMemberToWire(member), ...(user !== undefined && { user: userToWire(user) }) };
}

export function roleToWire(role: Role): Json {
	return {
		id: role.id,
		name: role.name,
		permissions: String(role.permissions),
		position: role.position,
		color: 0,
		colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
		hoist: false,
		icon: null,
		unicode_emoji: null,
		managed: role.managed,
		mentionable: role.mentionable,
		flags: 0,
	};
}

export function channelToWire(core: Core, channel: Channel): Json {
	const base = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 };
	if (channel.guildId === undefined) {
		const recipient = core.world.user(channel.recipientId ?? '');
		return { ...base, recipients: recipient === undefined ? [] : [userToWire(recipient)] };
	}
	const inGuild = { ...base, guild_id: channel.guildId, name: channel.name, parent_id: channel.parentId, rate_limit_per_user: 0 };
	if (channel.thread !== undefined) return { ...inGuild, ...threadFields(core, channel, channel.thread) };
	return {
		...inGuild,
		position: channel.position,
		topic: channel.topic,
		nsfw: false,
		permission_overwrites: channel.overwrites.map(overwriteToWire),
	};
}

export function threadMemberToWire(core: Core, thread: Channel, userId: string): Json {
	return { id: thread.id, user_id: userId, join_timestamp: iso(core.now()), flags: 0 };
}

/** A guild as its GUILD_CREATE brings it: members are the bot alone, as without the members intent. */
export function guildToWire(core: Core, guild: Guild): Json {
	const { botUserId } = core.identity;
	const channels = core.world.channels(guild.id);
	const self = guild.members.get(botUserId);
	const empty = ['voice_states', 'presences', 'stage_instances', 'guild_scheduled_events', 'soundboard_sounds'];
	return {
		...guildFields(guild),
		joined_at: iso(self?.joinedAtMs ?? core.now()),
		large: false,
		unavailable: false,
		member_count: guild.members.size,
		members: self === undefined ? [] : [memberToWire(core, self)],
		channels: channels.filter(({ thread }) => thread === undefined).map((channel) => channelToWire(core, channel)),
		threads: activeThreads(core, guild).map((thread) => channelToWire(core, thread)),
		...Object.fromEntries(empty.map((key) => [key, []])),
	};
}

/** A guild as `GET /guilds/{id}` gives it. */
export function guildFields(guild: Guild): Json {
	return {
		id: guild.id,
		name: guild.name,
		owner_id: guild.ownerId,
		icon: null,
		splash: null,
		discovery_splash: null,
		description: null,
		banner: null,
		afk_channel_id: null,
		afk_timeout: 300,
		system_channel_id: null,
		system_channel_flags: 0,
		rules_channel_id: null,
		public_updates_channel_id: null,
		safety_alerts_channel_id: null,
		application_id: null,
		vanity_url_code: null,
		verification_level: 0,
		default_message_notifications: 0,
		explicit_content_filter: 0,
		mfa_level: 0,
		nsfw_level: 0,
		premium_tier: 0,
		premium_subscription_count: 0,
		premium_progress_bar_enabled: false,
		preferred_locale: guild.locale,
		features: [...guild.features],
		roles: [...guild.roles.values()].map(roleToWire),
		emojis: [],
		stickers: [],
		incidents_data: null,
	};
}

/** Threads that are not archived and that the bot can see. */
export function activeThreads(core: Core, guild: Guild): Channel[] {
	return core.world
		.channels(guild.id)
		.filter((channel) => channel.thread?.archived === false && core.world.may(core.identity.botUserId, channel, 'viewChannel'));
}

function threadFields(core: Core, channel: Channel, thread: NonNullable<Channel['thread']>): Json {
	const messages = core.messages.list(channel.id).filter(({ deleted, type }) => !deleted && type !== 21);
	return {
		owner_id: thread.ownerId,
		message_count: messages.length,
		total_message_sent: messages.length,
		member_count: Math.min(thread.members.size, 50),
		thread_metadata: {
			archived: thread.archived,
			locked: thread.locked,
			auto_archive_duration: thread.autoArchiveMinutes,
			archive_timestamp: iso(thread.archiveChangedAtMs),
			create_timestamp: iso(thread.archiveChangedAtMs),
			...(channel.type === channelTypes.privateThread && { invitable: true }),
		},
		...(thread.members.has(core.identity.botUserId) && { member: threadMemberToWire(core, channel, core.identity.botUserId) }),
	};
}

function overwriteToWire({ id, kind, allow, deny }: Overwrite): Json {
	return { id, type: kind === 'role' ? 0 : 1, allow: String(allow), deny: String(deny) };
}
