/** What happens in the world, as the dispatches that the gateway sends to the app. */

import type { Core } from './core.ts';
import { intents } from './intents.ts';
import { dispatchedMessage } from './message-wire.ts';
import type { Channel, Json, Role, StoredMessage } from './types.ts';
import { activeThreads, channelToWire, guildToWire, memberToWire, roleToWire, threadMemberToWire, userToWire } from './wire.ts';
import type { Happening } from './world.ts';

export interface Events {
	messageCreated(message: StoredMessage): void;
	messageChanged(message: StoredMessage): void;
	messagesDeleted(messages: readonly StoredMessage[]): void;
	reacted(message: StoredMessage, reaction: { emoji: string; userId: string }, isAdded: boolean): void;
	typing(channel: Channel, userId: string): void;
	happened(happening: Happening): void;
}

/** Creates the teller of events; `core` is asked when something happens, so it may be completed later. */
export function createEvents(core: () => Core): Events {
	const inChannel = (channelId: string, kind: { guild: number; direct: number }) => {
		const channel = core().world.channel(channelId);
		if (channel === undefined || !core().world.may(core().identity.botUserId, channel, 'viewChannel')) return undefined;
		return { guildId: channel.guildId, intent: channel.guildId === undefined ? kind.direct : kind.guild };
	};
	const messages = { guild: intents.guildMessages, direct: intents.directMessages };
	const tellMessage = (name: string, message: StoredMessage) => {
		const place = message.ephemeralFor === undefined ? inChannel(message.channelId, messages) : undefined;
		if (place === undefined) return;
		const nonce = name === 'MESSAGE_CREATE' && message.nonce !== undefined ? { nonce: message.nonce } : {};
		core().gateway.dispatch({ name, ...place, data: (reader) => ({ ...dispatchedMessage(core(), message, reader), ...nonce }) });
	};
	const tell = (name: string, place: { guildId: string | undefined; intent: number } | undefined, data: Json) => {
		if (place !== undefined)
			core().gateway.dispatch({ name, ...place, data: () => ({ ...data, ...(place.guildId && { guild_id: place.guildId }) }) });
	};
	return {
		messageCreated: (message) => tellMessage('MESSAGE_CREATE', message),
		messageChanged: (message) => tellMessage('MESSAGE_UPDATE', message),
		messagesDeleted(deleted) {
			const [first, second] = deleted;
			if (first === undefined || first.ephemeralFor !== undefined) return;
			const place = inChannel(first.channelId, messages);
			if (second === undefined) tell('MESSAGE_DELETE', place, { id: first.id, channel_id: first.channelId });
			else tell('MESSAGE_DELETE_BULK', place, { ids: deleted.map(({ id }) => id), channel_id: first.channelId });
		},
		reacted(message, { emoji, userId }, isAdded) {
			const place = inChannel(message.channelId, { guild: intents.guildMessageReactions, direct: intents.directMessageReactions });
			const data = { user_id: userId, channel_id: message.channelId, message_id: message.id, emoji: { id: null, name: emoji } };
			const more = { burst: false, type: 0, ...(isAdded && { message_author_id: message.authorId }) };
			tell(isAdded ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', place, { ...data, ...more });
		},
		typing(channel, userId) {
			const place = inChannel(channel.id, { guild: intents.guildMessageTyping, direct: intents.directMessageTyping });
			tell('TYPING_START', place, { channel_id: channel.id, user_id: userId, timestamp: Math.floor(core().now() / 1000) });
		},
		happened: (happening) => tellHappening(core(), happening),
	};
}

function tellHappening(core: Core, happening: Happening): void {
	if ('channel' in happening) tellChannel(core, happening);
	else if ('role' in happening) tellRole(core, happening);
	else if (isAboutGuild(happening)) tellGuild(core, happening);
	else tellMember(core, happening);
}

type GuildHappening = Extract<Happening, { type: `guild-${string}` }>;

function isAboutGuild(happening: Happening): happening is GuildHappening {
	return happening.type.startsWith('guild-');
}

function tellGuild(core: Core, { type, guild }: GuildHappening): void {
	const isThere = type === 'guild-added' || type === 'guild-back';
	const data = isThere ? guildToWire(core, guild) : { id: guild.id, ...(type === 'guild-lost' && { unavailable: true }) };
	core.gateway.dispatch({
		name: isThere ? 'GUILD_CREATE' : 'GUILD_DELETE',
		guildId: guild.id,
		intent: intents.guilds,
		passesOutage: true,
		data: () => data,
	});
}

function tellRole(core: Core, { type, guild, role }: Extract<Happening, { role: Role }>): void {
	if (!guild.members.has(core.identity.botUserId)) return;
	const name = type === 'role-added' ? 'GUILD_ROLE_CREATE' : 'GUILD_ROLE_UPDATE';
	const data = { guild_id: guild.id, role: roleToWire(role) };
	core.gateway.dispatch({ name, guildId: guild.id, intent: intents.guilds, data: () => data });
}

const memberEvents = {
	'member-added': 'GUILD_MEMBER_ADD',
	'member-changed': 'GUILD_MEMBER_UPDATE',
	'member-removed': 'GUILD_MEMBER_REMOVE',
} as const;

/** Needs the members intent, except for changes of the bot's own member. */
function tellMember(core: Core, { type, guild, member }: Extract<Happening, { type: keyof typeof memberEvents }>): void {
	if (!guild.members.has(core.identity.botUserId)) return;
	const user = core.world.user(member.userId);
	const isOwn = member.userId === core.identity.botUserId;
	const data = type === 'member-removed' ? { user: user && userToWire(user) } : memberToWire(core, member);
	core.gateway.dispatch({
		name: memberEvents[type],
		guildId: guild.id,
		intent: isOwn ? 0 : intents.guildMembers,
		data: () => ({ ...data, guild_id: guild.id }),
	});
}

/** Changes of channels reach the app whether or not the bot can see the channel; those of threads only if it can. */
function tellChannel(core: Core, { type, channel, couldView }: Extract<Happening, { channel: Channel }>): void {
	const { guildId, thread } = channel;
	const guild = core.world.guild(guildId ?? '');
	if (!guild?.members.has(core.identity.botUserId)) return;
	const canView = core.world.may(core.identity.botUserId, channel, 'viewChannel');
	const kind = thread === undefined ? 'CHANNEL' : 'THREAD';
	if (thread !== undefined && !canView && !couldView) return;
	// Joining a private thread makes it known, without the mark of a new one (page "Gateway Events", Thread Create).
	if (type === 'thread-joined' && couldView) return;
	const verb = { 'channel-added': 'CREATE', 'thread-joined': 'CREATE', 'channel-changed': 'UPDATE', 'channel-removed': 'DELETE' }[type];
	const isNewThread = thread !== undefined && type === 'channel-added';
	const tell = (name: string, data: Json) => core.gateway.dispatch({ name, guildId, intent: intents.guilds, data: () => data });
	tell(`${kind}_${verb}`, { ...channelToWire(core, channel), ...(isNewThread && { newly_created: true }) });
	if (thread !== undefined || type !== 'channel-changed' || couldView || !canView) return;
	const threads = activeThreads(core, guild).filter(({ parentId }) => parentId === channel.id);
	const joined = threads.filter((each) => each.thread?.members.has(core.identity.botUserId));
	tell('THREAD_LIST_SYNC', {
		guild_id: guild.id,
		channel_ids: [channel.id],
		threads: threads.map((each) => channelToWire(core, each)),
		members: joined.map((each) => threadMemberToWire(core, each, core.identity.botUserId)),
	});
}
