/** Who the app is, where its gateway is, and whom it may write to directly. */

import { existingUser } from '../access.ts';
import type { Core } from '../core.ts';
import { invalidForm } from '../failure.ts';
import { isSnowflake } from '../snowflake.ts';
import type { Json } from '../types.ts';
import { channelToWire, guildFields, userToWire } from '../wire.ts';
import { ok, type Route } from './route.ts';

export const identityRoutes: readonly Route[] = [
	{
		operation: 'get-gateway',
		method: 'GET',
		path: '/gateway/bot',
		handle: ({ core }) => ok(core.gateway.describe()),
	},
	{
		operation: 'get-own-user',
		method: 'GET',
		path: '/users/@me',
		handle: ({ core }) => ok(ownUser(core)),
	},
	{
		operation: 'list-own-guilds',
		method: 'GET',
		path: '/users/@me/guilds',
		handle({ core }) {
			const { botUserId } = core.identity;
			const guilds = core.world.guilds().filter(({ members }) => members.has(botUserId));
			return ok(
				guilds.map((guild) => {
					const { id, name, icon, features } = guildFields(guild);
					return { id, name, icon, features, owner: guild.ownerId === botUserId, permissions: '0' };
				}),
			);
		},
	},
	{
		operation: 'open-direct',
		method: 'POST',
		path: '/users/@me/channels',
		handle({ core, given }) {
			if (!isSnowflake(given.recipient_id)) {
				throw invalidForm([{ path: ['recipient_id'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
			}
			return ok(channelToWire(core, core.world.openDirect(existingUser(core, given.recipient_id).id)));
		},
	},
	{
		operation: 'leave-guild',
		method: 'DELETE',
		path: '/users/@me/guilds/:guild',
		handle({ core, parameters }) {
			const guild = core.world.guild(parameters.guild ?? '');
			if (guild?.members.has(core.identity.botUserId)) core.world.removeMember(guild.id, core.identity.botUserId);
			return { status: 204 };
		},
	},
	{
		operation: 'get-user',
		method: 'GET',
		path: '/users/:user',
		handle: ({ core, parameters }) => ok(userToWire(existingUser(core, parameters.user))),
	},
	{
		operation: 'get-own-application',
		method: 'GET',
		path: '/applications/@me',
		handle: ({ core }) => ok(ownApplication(core)),
	},
	{
		operation: 'get-own-application',
		method: 'GET',
		path: '/oauth2/applications/@me',
		handle: ({ core }) => ok(ownApplication(core)),
	},
];

function ownUser(core: Core): Json {
	const bot = core.world.user(core.identity.botUserId);
	return { ...(bot && userToWire(bot)), bot: true, verified: true, mfa_enabled: false, locale: 'en-US', email: null, flags: 0 };
}

function ownApplication(core: Core): Json {
	return {
		id: core.identity.applicationId,
		name: 'OpenCCB',
		icon: null,
		description: '',
		summary: '',
		bot_public: false,
		bot_require_code_grant: false,
		verify_key: '0'.repeat(64),
		team: null,
		flags: core.portal.messageContentIntent ? 1 << 19 : 0,
		approximate_guild_count: core.world.guilds().filter(({ members }) => members.has(core.identity.botUserId)).length,
		bot: ownUser(core),
	};
}
