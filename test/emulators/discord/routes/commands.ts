/** Commands, registered for everywhere or for one guild. */

import { joinedGuild } from '../access.ts';
import { commandProblems } from '../command-rules.ts';
import type { Core } from '../core.ts';
import { refusal, refuseIfInvalid } from '../failure.ts';
import { objectsOf } from '../json.ts';
import type { Json } from '../types.ts';
import { ok, type Route } from './route.ts';

export const commandRoutes: readonly Route[] = [
	{
		operation: 'list-global-commands',
		method: 'GET',
		path: '/applications/:application/commands',
		handle: ({ core, parameters }) => ok(ownCommands(core, parameters.application).list()),
	},
	{
		operation: 'set-global-commands',
		method: 'PUT',
		path: '/applications/:application/commands',
		handle: ({ core, parameters, list }) => ok(replace(core, parameters.application, undefined, objectsOf(list))),
	},
	{
		operation: 'list-guild-commands',
		method: 'GET',
		path: '/applications/:application/guilds/:guild/commands',
		handle: ({ core, parameters }) => ok(ownCommands(core, parameters.application).list(joinedGuild(core, parameters.guild).id)),
	},
	{
		operation: 'set-guild-commands',
		method: 'PUT',
		path: '/applications/:application/guilds/:guild/commands',
		handle({ core, parameters, list }) {
			const guild = joinedGuild(core, parameters.guild);
			return ok(replace(core, parameters.application, guild.id, objectsOf(list)));
		},
	},
];

function ownCommands(core: Core, applicationId: string | undefined) {
	if (applicationId !== core.identity.applicationId) throw refusal(20012);
	return core.commands;
}

function replace(core: Core, applicationId: string | undefined, guildId: string | undefined, commands: Json[]): Json[] {
	refuseIfInvalid(commandProblems(commands));
	return ownCommands(core, applicationId).replace(guildId, commands);
}
