/** Guilds, their channels, roles and members, as far as a bot without the members intent may ask. */

import { existingMember, joinedGuild } from '../access.ts';
import { refusal } from '../failure.ts';
import { activeThreads, channelToWire, guildFields, memberToWire, roleToWire, threadMemberToWire } from '../wire.ts';
import { ok, type Route } from './route.ts';

export const guildRoutes: readonly Route[] = [
	{
		operation: 'get-guild',
		method: 'GET',
		path: '/guilds/:guild',
		handle({ core, parameters }) {
			const guild = core.world.guild(parameters.guild ?? '');
			if (!guild?.members.has(core.identity.botUserId)) throw refusal(10004);
			return ok({ ...guildFields(guild), approximate_member_count: guild.members.size });
		},
	},
	{
		operation: 'list-guild-channels',
		method: 'GET',
		path: '/guilds/:guild/channels',
		handle({ core, parameters }) {
			const channels = core.world.channels(joinedGuild(core, parameters.guild).id).filter(({ thread }) => thread === undefined);
			return ok(channels.map((channel) => channelToWire(core, channel)));
		},
	},
	{
		operation: 'list-roles',
		method: 'GET',
		path: '/guilds/:guild/roles',
		handle: ({ core, parameters }) => ok([...joinedGuild(core, parameters.guild).roles.values()].map(roleToWire)),
	},
	{
		operation: 'list-members',
		method: 'GET',
		path: '/guilds/:guild/members',
		handle({ core, parameters, query }) {
			const guild = joinedGuild(core, parameters.guild);
			if (!core.portal.guildMembersIntent) throw refusal(50001);
			const after = BigInt(query.get('after') ?? 0);
			const members = [...guild.members.values()].filter(({ userId }) => BigInt(userId) > after);
			return ok(members.slice(0, Number(query.get('limit') ?? 1)).map((member) => memberToWire(core, member)));
		},
	},
	{
		operation: 'get-member',
		method: 'GET',
		path: '/guilds/:guild/members/:user',
		handle({ core, parameters }) {
			const guild = joinedGuild(core, parameters.guild);
			return ok(memberToWire(core, existingMember(core, guild, parameters.user)));
		},
	},
	{
		operation: 'list-active-threads',
		method: 'GET',
		path: '/guilds/:guild/threads/active',
		handle({ core, parameters }) {
			const threads = activeThreads(core, joinedGuild(core, parameters.guild));
			const joined = threads.filter(({ thread }) => thread?.members.has(core.identity.botUserId));
			return ok({
				threads: threads.map((thread) => channelToWire(core, thread)),
				members: joined.map((thread) => threadMemberToWire(core, thread, core.identity.botUserId)),
			});
		},
	},
];
