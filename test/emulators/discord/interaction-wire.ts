/** INTERACTION_CREATE as the gateway brings it (page "Receiving and Responding", Interaction Object). */

import { uploadLimitBytes } from './compose.ts';
import type { Core } from './core.ts';
import type { Interaction } from './interactions.ts';
import { messageToWire } from './message-wire.ts';
import type { Channel, Json } from './types.ts';
import { channelToWire, memberToWire, userToWire } from './wire.ts';

/** `locale` is what the person's client says; nothing else tells an app about it. */
export function interactionToWire(core: Core, interaction: Interaction, { data, locale }: { data: Json; locale: string }): Json {
	const { id, token, type, userId, channelId, source } = interaction;
	const channel = core.world.channel(channelId);
	if (channel === undefined) throw new TypeError(`no such channel: ${channelId}`);
	const readsContent = true;
	return {
		id,
		token,
		type,
		version: 1,
		application_id: core.identity.applicationId,
		data,
		channel_id: channelId,
		channel: { ...channelToWire(core, channel), permissions: String(core.world.permissionsOf(userId, channel)) },
		app_permissions: String(core.world.permissionsOf(core.identity.botUserId, channel)),
		locale,
		entitlements: [],
		attachment_size_limit: uploadLimitBytes,
		...placeFields(core, userId, channel),
		...(source !== undefined && { message: messageToWire(core, source, { readsContent }) }),
	};
}

/** In guilds a member, elsewhere a user; contexts and installations as "Interaction Context Types" has them. */
function placeFields(core: Core, userId: string, channel: Channel): Json {
	const user = core.world.user(userId);
	const guild = core.world.guild(channel.guildId ?? '');
	const member = guild?.members.get(userId);
	if (user === undefined) throw new TypeError(`no such user: ${userId}`);
	if (guild === undefined || member === undefined) {
		return { user: userToWire(user), context: 1, authorizing_integration_owners: { 0: '0' } };
	}
	return {
		guild_id: guild.id,
		guild: { id: guild.id, locale: guild.locale, features: [] },
		guild_locale: guild.locale,
		member: { ...memberToWire(core, member), permissions: String(core.world.permissionsOf(userId, channel)) },
		context: 0,
		authorizing_integration_owners: { 0: guild.id },
	};
}
