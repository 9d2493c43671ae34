/** What becomes of channels and files: people come and go, channels are archived, renamed, converted, shared, deleted; files change. */

import type { Core } from './core.ts';
import type { Channel, Json, StoredFile } from './types.ts';

/** All of these throw TypeError for a channel or file that is not there. Events go out in the background. */
export interface ChannelLife {
	/** Somebody of the workspace comes in. Sends `member_joined_channel`. */
	join(membership: { user: string; channel: string }): Promise<void>;
	/** Sends `member_left_channel`; to the bot, which hears nothing of the channel any more, `channel_left` or `group_left`. */
	leave(membership: { user: string; channel: string }): Promise<void>;
	/** Sends `channel_archive` and the like, of a private channel `group_archive`. */
	setArchived(channel: string, isArchived: boolean): Promise<void>;
	renameChannel(channel: string, name: string): Promise<void>;
	deleteChannel(channel: string): Promise<void>;
	/** A message of Slack's own in the channel. */
	convertChannel(channel: string, to: 'private' | 'public'): Promise<void>;
	/** With another company, or with none any more. */
	shareChannel(channel: string, isShared: boolean): Promise<void>;
	changeFile(id: string): Promise<void>;
	/** Gone wherever it was shared; its messages stay. */
	deleteFile(id: string): Promise<void>;
}

/** The workspace of another company. */
const otherTeam = 'T0PARTNER';

export function createChannelLife(core: Core): ChannelLife {
	const { workspace, identity } = core;
	/** Of public channels every app hears that may know of them; of private ones it is to be in. */
	const tell = (type: string, channel: Channel, details: Json) => {
		if (channel.isPrivate && !channel.botIsMember) return;
		core.events.emit({ type, ...details, event_ts: workspace.nextTs() }, channel, channel.id);
	};
	const tellOf = (verb: string, channel: Channel, details: Json = {}) =>
		tell(`${channel.kind === 'group' ? 'group' : 'channel'}_${verb}`, channel, { channel: channel.id, ...details });

	function channelOf(id: string): Channel {
		const channel = workspace.channel(id);
		if (channel === undefined) throw new TypeError(`no such channel: ${id}`);
		return channel;
	}

	function fileOf(id: string): StoredFile {
		const file = workspace.file(id);
		if (file === undefined) throw new TypeError(`no such file: ${id}`);
		return file;
	}

	function tellOfFile(type: string, { id, channel: channelId }: StoredFile): void {
		const channel = channelOf(channelId);
		if (channel.botIsMember) core.events.emit({ type, file_id: id, file: { id }, event_ts: workspace.nextTs() }, channel, id);
	}

	function membership(user: string, channel: Channel): Json {
		const team = workspace.user(user)?.teamId ?? identity.teamId;
		return { user, channel: channel.id, channel_type: channel.kind === 'group' ? 'G' : 'C', team };
	}

	return {
		async join({ user, channel: id }) {
			const channel = channelOf(id);
			if (user === identity.botUserId) channel.botIsMember = true;
			else channel.members.push(user);
			tell('member_joined_channel', channel, membership(user, channel));
		},
		async leave({ user, channel: id }) {
			const channel = channelOf(id);
			if (user !== identity.botUserId) {
				channel.members = channel.members.filter((member) => member !== user);
				if (channel.botIsMember) tell('member_left_channel', channel, membership(user, channel));
				return;
			}
			tellOf('left', channel, { actor_id: channel.members[0] });
			channel.botIsMember = false;
		},
		async setArchived(id, isArchived) {
			const channel = channelOf(id);
			channel.isArchived = isArchived;
			tellOf(isArchived ? 'archive' : 'unarchive', channel, { user: channel.members[0] });
		},
		async renameChannel(id, name) {
			const channel = channelOf(id);
			channel.name = name;
			tellOf('rename', channel, { channel: { id, name, created: Math.floor(core.now() / 1_000) } });
		},
		async deleteChannel(id) {
			const channel = channelOf(id);
			tellOf('deleted', channel);
			workspace.removeChannel(id);
		},
		async convertChannel(id, to) {
			const channel = channelOf(id);
			Object.assign(channel, { isPrivate: to === 'private', kind: to === 'private' ? 'group' : 'channel' });
			const ts = workspace.nextTs();
			const event = { subtype: `channel_convert_to_${to}`, user: channel.members[0], text: '', channel: id, channel_type: channel.kind };
			if (channel.botIsMember) core.events.emit({ type: 'message', ...event, ts, event_ts: ts }, channel, id);
		},
		async shareChannel(id, isShared) {
			const channel = channelOf(id);
			channel.isExtShared = isShared;
			if (isShared) tell('channel_shared', channel, { channel: id, connected_team_id: otherTeam });
			else tell('channel_unshared', channel, { channel: id, previously_connected_team_id: otherTeam, is_ext_shared: false });
		},
		changeFile: async (id) => tellOfFile('file_change', fileOf(id)),
		async deleteFile(id) {
			const file = fileOf(id);
			workspace.removeFile(id);
			tellOfFile('file_deleted', file);
		},
	};
}
