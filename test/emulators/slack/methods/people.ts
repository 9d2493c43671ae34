/** users.*, usergroups.*, files.* and reactions.*: who and what is in the workspace. */

import { flag, integer, joinedChannel, knownUser, optionalText, paginate, requiredText } from '../arguments.ts';
import type { Core } from '../core.ts';
import { type Json, SlackFailure, type StoredMessage } from '../types.ts';
import { fileToWire, userGroupToWire, userToWire } from '../wire.ts';
import type { Methods } from './method.ts';

/** `users.list`: "an integer with a max value of 999". */
const mostUsers = 999;

export const peopleMethods: Methods = {
	'users.info': (core, given) => {
		const user = knownUser(core, requiredText(given, 'user'));
		return { user: userToWire(core, user, { locale: flag(given, 'include_locale') }) };
	},
	// Everybody of the workspace, closed accounts and bots too, and nobody of another one.
	'users.list': (core, given) => {
		const ours = core.workspace.users().filter(({ teamId }) => teamId === core.identity.teamId);
		const { page, cursor } = paginate(ours, integer(given, 'limit', mostUsers, mostUsers), optionalText(given, 'cursor'));
		const members = page.map((user) => userToWire(core, user, { locale: flag(given, 'include_locale') }));
		return { members, cache_ts: Math.floor(core.now() / 1_000), response_metadata: { next_cursor: cursor } };
	},
	'bots.info': (core, given) => {
		const app = core.workspace.app(requiredText(given, 'bot'));
		if (app === undefined) throw new SlackFailure('bot_not_found');
		return { bot: { id: app.botId, app_id: app.appId, user_id: app.userId, name: app.name, deleted: false } };
	},
	'usergroups.list': (core, given) => ({
		usergroups: core.workspace
			.userGroups()
			.filter(({ disabledAt }) => disabledAt === 0 || flag(given, 'include_disabled'))
			.map((group) => userGroupToWire(core, group, { users: flag(given, 'include_users') })),
	}),
	'usergroups.users.list': (core, given) => {
		const id = requiredText(given, 'usergroup');
		const group = core.workspace.userGroups().find((candidate) => candidate.id === id);
		if (group === undefined) throw new SlackFailure('no_such_subteam');
		return { users: group.userIds };
	},
	'files.info': (core, given) => {
		const file = core.workspace.file(requiredText(given, 'file'));
		if (file === undefined) throw new SlackFailure('file_not_found');
		if (!core.workspace.channel(file.channel)?.botIsMember) throw new SlackFailure('not_visible');
		return { file: fileToWire(core, file, { whole: true }) };
	},
	'reactions.add': (core, given) => {
		const { message, name } = reactionTarget(core, given);
		const user = core.identity.botUserId;
		if (message.reactions.some((reaction) => reaction.name === name && reaction.user === user)) throw new SlackFailure('already_reacted');
		message.reactions.push({ name, user });
		core.messages.changed(message, 'reaction');
		return {};
	},
	'reactions.remove': (core, given) => {
		const { message, name } = reactionTarget(core, given);
		const index = message.reactions.findIndex((reaction) => reaction.name === name && reaction.user === core.identity.botUserId);
		if (index < 0) throw new SlackFailure('no_reaction');
		message.reactions.splice(index, 1);
		core.messages.changed(message, 'reaction');
		return {};
	},
};

function reactionTarget(core: Core, given: Json): { message: StoredMessage; name: string } {
	const channel = joinedChannel(core, requiredText(given, 'channel'));
	const message = core.messages.get(channel.id, requiredText(given, 'timestamp'));
	if (message === undefined || message.deleted) throw new SlackFailure('message_not_found');
	return { message, name: requiredText(given, 'name') };
}
