/** The workspace's things in Slack's own JSON, as the Web API and the events carry them. */

import type { Core } from './core.ts';
import type { Channel, Json, StoredFile, StoredMessage, User, UserGroup } from './types.ts';

/** A message object. Metadata only on request, as `include_all_metadata` rules. */
export function messageToWire(core: Core, message: StoredMessage, options: { metadata?: boolean } = {}): Json {
	const { identity } = core;
	const author = core.workspace.user(message.user);
	return {
		type: 'message',
		...(message.files.length > 0 && { subtype: 'file_share' }),
		...(message.webhook === undefined && { user: message.user }),
		...(message.botId !== undefined && botToWire(core, message, message.botId)),
		text: message.text,
		ts: message.ts,
		team: author?.teamId ?? identity.teamId,
		...(author !== undefined && author.teamId !== identity.teamId && { user_team: author.teamId, source_team: author.teamId }),
		...(message.clientMessageId !== undefined && { client_msg_id: message.clientMessageId }),
		...(message.blocks.length > 0 && { blocks: message.blocks }),
		...(message.attachments.length > 0 && { attachments: message.attachments }),
		...(message.files.length > 0 && { files: message.files.map((file) => fileToWire(core, file)), upload: false }),
		...(message.edited !== undefined && { edited: message.edited }),
		...(message.stream !== undefined && { streaming_state: message.stream.state }),
		...(message.reactions.length > 0 && { reactions: reactionsToWire(message) }),
		...(options.metadata && message.metadata !== undefined && { metadata: message.metadata }),
		...threadToWire(core, message),
	};
}

/** Which app wrote it: its profile, or no more than its id where it came by a webhook or under another name. */
function botToWire({ identity, workspace }: Core, { webhook, user }: StoredMessage, botId: string): Json {
	const appId = workspace.app(botId)?.appId ?? identity.appId;
	if (webhook !== undefined) return { subtype: 'bot_message', bot_id: botId, app_id: appId, ...webhook };
	const name = workspace.user(user)?.name;
	return { bot_id: botId, app_id: appId, bot_profile: { id: botId, app_id: appId, name, team_id: identity.teamId, deleted: false } };
}

export function userToWire(core: Core, user: User, options: { locale: boolean }): Json {
	return {
		id: user.id,
		team_id: user.teamId,
		name: user.name,
		deleted: user.deleted,
		profile: {
			real_name: user.realName,
			display_name: user.name,
			...(core.scopes().includes('users:read.email') && !user.isBot && { email: user.email }),
			team: user.teamId,
		},
		is_bot: user.isBot,
		is_app_user: user.id === core.identity.botUserId,
		is_stranger: user.isStranger,
		...(user.enterpriseTeams.length > 0 && {
			enterprise_user: {
				id: user.id,
				enterprise_id: core.identity.enterpriseId,
				enterprise_name: 'Emulated',
				is_admin: false,
				is_owner: false,
				teams: user.enterpriseTeams,
			},
		}),
		// Of a closed account Slack tells less.
		...(!user.deleted && {
			real_name: user.realName,
			tz: user.timeZone,
			is_restricted: user.isGuest,
			is_ultra_restricted: false,
			is_email_confirmed: user.isEmailConfirmed,
		}),
		...(options.locale && { locale: user.locale }),
	};
}

export function userGroupToWire(core: Core, group: UserGroup, options: { users: boolean }): Json {
	return {
		id: group.id,
		team_id: core.identity.teamId,
		is_usergroup: true,
		is_subteam: true,
		name: group.name,
		handle: group.handle,
		is_external: false,
		date_update: group.updatedAt,
		date_delete: group.disabledAt,
		user_count: group.userIds.length,
		...(options.users && { users: group.userIds }),
	};
}

export function channelToWire(core: Core, channel: Channel): Json {
	return {
		id: channel.id,
		...(channel.kind === 'im' ? { user: channel.members[0] } : { name: channel.name }),
		is_channel: channel.kind === 'channel',
		is_group: channel.kind === 'group',
		is_im: channel.kind === 'im',
		is_mpim: channel.kind === 'mpim',
		is_private: channel.isPrivate,
		is_archived: channel.isArchived,
		is_member: channel.botIsMember,
		is_shared: channel.isExtShared,
		is_ext_shared: channel.isExtShared,
		context_team_id: core.identity.teamId,
	};
}

/** In channels shared with another company the event carries only the id and `check_file_info`. */
export function fileToWire(core: Core, file: StoredFile, options: { whole?: boolean } = {}): Json {
	if (core.workspace.file(file.id) === undefined) return { id: file.id, mode: 'tombstone' };
	const channel = core.workspace.channel(file.channel);
	if (channel?.isExtShared && !options.whole) return { id: file.id, mode: 'file_access', file_access: 'check_file_info' };
	const url = `${core.identity.url}/files-pri/${core.identity.teamId}-${file.id}`;
	return {
		id: file.id,
		created: Math.floor(file.createdAtMs / 1000),
		name: file.name,
		title: file.name,
		mimetype: file.mimetype,
		filetype: file.name.split('.').at(-1) ?? '',
		user: file.user,
		size: file.content.length,
		mode: 'hosted',
		is_external: false,
		url_private: `${url}/${encodeURIComponent(file.name)}`,
		url_private_download: `${url}/download/${encodeURIComponent(file.name)}`,
		file_access: 'visible',
		channels: channel?.kind === 'channel' ? [file.channel] : [],
		groups: channel?.kind === 'group' ? [file.channel] : [],
		ims: channel?.kind === 'im' ? [file.channel] : [],
	};
}

function threadToWire(core: Core, message: StoredMessage): Json {
	if (message.threadTs !== undefined) {
		const root = core.messages.get(message.channel, message.threadTs);
		return { thread_ts: message.threadTs, ...(root !== undefined && { parent_user_id: root.user }) };
	}
	const replies = core.messages.thread(message.channel, message.ts).filter(({ ts, deleted }) => ts !== message.ts && !deleted);
	if (replies.length === 0) return {};
	return {
		thread_ts: message.ts,
		reply_count: replies.length,
		reply_users: [...new Set(replies.map(({ user }) => user))],
		latest_reply: replies.at(-1)?.ts,
	};
}

function reactionsToWire(message: StoredMessage): Json[] {
	const names = new Set(message.reactions.map(({ name }) => name));
	return [...names].map((name) => {
		const users = message.reactions.filter((reaction) => reaction.name === name).map(({ user }) => user);
		return { name, users, count: users.length };
	});
}
