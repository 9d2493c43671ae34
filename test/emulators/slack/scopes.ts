/** Which scopes the methods and events of Slack want, as the page of each says; what was not granted is refused or never sent. */

import type { Channel } from './types.ts';

type Kind = Channel['kind'];

/** All that a chat bot asks for. */
export const defaultScopes: readonly string[] = [
	'app_mentions:read',
	'assistant:write',
	'channels:history',
	'channels:read',
	'chat:write',
	'commands',
	'files:read',
	'files:write',
	'groups:history',
	'groups:read',
	'im:history',
	'im:read',
	'im:write',
	'mpim:history',
	'mpim:read',
	'reactions:write',
	'usergroups:read',
	'users:read',
];

const families: Readonly<Record<Kind, string>> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
const history = (kind: Kind) => `${families[kind]}:history`;
const read = (kind: Kind) => `${families[kind]}:read`;

const ofMethod: Readonly<Record<string, string | ((kind: Kind) => string)>> = {
	'assistant.threads.setStatus': 'chat:write',
	'assistant.threads.setSuggestedPrompts': 'assistant:write',
	'assistant.threads.setTitle': 'assistant:write',
	'agents.sessions.rename': 'assistant:write',
	'agents.sessions.setStatus': 'assistant:write',
	'bots.info': 'users:read',
	'chat.appendStream': 'chat:write',
	'chat.delete': 'chat:write',
	'chat.postEphemeral': 'chat:write',
	'chat.postMessage': 'chat:write',
	'chat.startStream': 'chat:write',
	'chat.stopStream': 'chat:write',
	'chat.update': 'chat:write',
	'conversations.history': history,
	'conversations.info': read,
	'conversations.members': read,
	'conversations.open': 'im:write',
	'conversations.replies': history,
	'files.completeUploadExternal': 'files:write',
	'files.getUploadURLExternal': 'files:write',
	'files.info': 'files:read',
	'reactions.add': 'reactions:write',
	'reactions.remove': 'reactions:write',
	'usergroups.list': 'usergroups:read',
	'usergroups.users.list': 'usergroups:read',
	'users.info': 'users:read',
	'users.list': 'users:read',
};

const ofEvent: Readonly<Record<string, string | ((kind: Kind) => string)>> = {
	agent_session_stopped: 'assistant:write',
	app_mention: 'app_mentions:read',
	channel_archive: 'channels:read',
	channel_deleted: 'channels:read',
	channel_left: 'channels:read',
	channel_rename: 'channels:read',
	channel_shared: read,
	channel_unarchive: 'channels:read',
	channel_unshared: read,
	file_change: 'files:read',
	file_deleted: 'files:read',
	group_archive: 'groups:read',
	group_deleted: 'groups:read',
	group_left: 'groups:read',
	group_rename: 'groups:read',
	group_unarchive: 'groups:read',
	member_joined_channel: read,
	member_left_channel: read,
	message: history,
	subteam_created: 'usergroups:read',
	subteam_members_changed: 'usergroups:read',
	subteam_updated: 'usergroups:read',
	team_join: 'users:read',
	user_change: 'users:read',
};

/** @param channel The channel that the call is about, as far as there is one. */
export function scopeOfMethod(method: string, channel: Channel | undefined): string | undefined {
	return resolve(ofMethod[method], channel);
}

export function scopeOfEvent(type: string, channel: Channel | undefined): string | undefined {
	return resolve(ofEvent[type], channel);
}

function resolve(scope: string | ((kind: Kind) => string) | undefined, channel: Channel | undefined): string | undefined {
	return typeof scope === 'function' ? scope(channel?.kind ?? 'channel') : scope;
}
