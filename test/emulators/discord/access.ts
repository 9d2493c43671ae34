/** Finds what a call names, or refuses it as Discord does: not there, not visible, not allowed. */

import type { Core } from './core.ts';
import { invalidForm, refusal } from './failure.ts';
import type { Permission } from './permissions.ts';
import { isSnowflake } from './snowflake.ts';
import { type Channel, channelTypes, type Guild, type Member, type StoredMessage, type User } from './types.ts';

/** @throws DiscordFailure 10003, or 50001 when the bot cannot see it. */
export function visibleChannel(core: Core, id: string | undefined): Channel {
	const channel = core.world.channel(snowflake(id, 'channel_id'));
	if (channel === undefined) throw refusal(10003);
	if (!core.world.may(core.identity.botUserId, channel, 'viewChannel')) throw refusal(50001);
	return channel;
}

/** Categories and forums hold no messages. */
export function textChannel(core: Core, id: string | undefined): Channel {
	const channel = visibleChannel(core, id);
	if (channel.type === channelTypes.category || channel.type === channelTypes.forum) throw refusal(50008);
	return channel;
}

/** @throws DiscordFailure 50013 when the bot lacks one of these. */
export function requirePermissions(core: Core, channel: Channel, ...needed: Permission[]): void {
	if (!core.world.may(core.identity.botUserId, channel, ...needed)) throw refusal(50013);
}

/** @throws DiscordFailure 10008 for messages that are gone, or that only somebody else sees. */
export function existingMessage(core: Core, channel: Channel, id: string | undefined): StoredMessage {
	const message = core.messages.get(channel.id, snowflake(id, 'message_id'));
	if (message === undefined || message.deleted || message.ephemeralFor !== undefined) throw refusal(10008);
	return message;
}

/** @throws DiscordFailure 10004 for guilds that the bot is not in. */
export function joinedGuild(core: Core, id: string | undefined): Guild {
	const guild = core.world.guild(snowflake(id, 'guild_id'));
	if (guild === undefined) throw refusal(10004);
	if (!guild.members.has(core.identity.botUserId)) throw refusal(50001);
	return guild;
}

/** @throws DiscordFailure 10007, or 10013 when there is no such person at all. */
export function existingMember(core: Core, guild: Guild, userId: string | undefined): Member {
	const member = guild.members.get(existingUser(core, userId).id);
	if (member === undefined) throw refusal(10007);
	return member;
}

/** @throws DiscordFailure 10013. */
export function existingUser(core: Core, id: string | undefined): User {
	const user = core.world.user(snowflake(id, 'user_id'));
	if (user === undefined) throw refusal(10013);
	return user;
}

function snowflake(id: string | undefined, field: string): string {
	if (isSnowflake(id)) return id;
	throw invalidForm([{ path: [field], code: 'NUMBER_TYPE_COERCE', message: `Value "${String(id)}" is not snowflake.` }]);
}
