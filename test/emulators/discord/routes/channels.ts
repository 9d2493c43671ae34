/** Channels and threads as such: read, changed, and the sign that the bot is typing. */

import { requirePermissions, textChannel, visibleChannel } from '../access.ts';
import { refusal } from '../failure.ts';
import { permissions } from '../permissions.ts';
import { channelToWire } from '../wire.ts';
import type { ChannelChange } from '../world.ts';
import { noContent, ok, type Route } from './route.ts';

export const channelRoutes: readonly Route[] = [
	{
		operation: 'get-channel',
		method: 'GET',
		path: '/channels/:channel',
		handle: ({ core, parameters }) => ok(channelToWire(core, visibleChannel(core, parameters.channel))),
	},
	{
		operation: 'edit-channel',
		method: 'PATCH',
		path: '/channels/:channel',
		handle({ core, parameters, given }) {
			const channel = visibleChannel(core, parameters.channel);
			const { botUserId } = core.identity;
			const { name, archived, locked } = given;
			if (channel.guildId === undefined) throw refusal(50003);
			if (channel.thread === undefined) requirePermissions(core, channel, 'manageChannels');
			const mayManage = (core.world.permissionsOf(botUserId, channel) & permissions.manageThreads) !== 0n;
			const isOwn = channel.thread?.ownerId === botUserId && typeof locked !== 'boolean';
			const onlyReopens = archived === false && name === undefined && locked === undefined && channel.thread?.locked === false;
			if (channel.thread !== undefined && !mayManage && !isOwn && !onlyReopens) throw refusal(50013);
			const change: ChannelChange = {
				...(typeof name === 'string' && { name }),
				...(typeof archived === 'boolean' && { archived }),
				...(typeof locked === 'boolean' && { locked }),
			};
			if (channel.thread?.archived && archived !== false) throw refusal(50083);
			core.world.updateChannel(channel.id, change);
			return ok(channelToWire(core, channel));
		},
	},
	{
		operation: 'typing',
		method: 'POST',
		path: '/channels/:channel/typing',
		handle({ core, parameters }) {
			const channel = textChannel(core, parameters.channel);
			requirePermissions(core, channel, channel.thread === undefined ? 'sendMessages' : 'sendMessagesInThreads');
			core.typing.start(channel);
			return noContent;
		},
	},
];
