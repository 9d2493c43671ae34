/** What happens in Slack's channels beside talk with the bot, in the core's words. Pure: a payload and our own identity in, events out. */

import type { EventBase } from '#src/platform/event-base.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileChanged, FileShared, MemberChanged, MessageFilesLeft, PlaceChanged, PlaceEvent } from '#src/platform/place-event.ts';
import { asObject, type Json, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackIdentity } from './connection.ts';
import { decodeEntities } from './format.ts';
import { readId as id, toTime } from './id.ts';
import { authorOf, filesIn, isFromBot, kindOf } from './inbound.ts';

/** "Events": channels that are public, private channels, and what the bot itself was taken out of. */
const changes: Readonly<Record<string, PlaceChanged['type']>> = {
	channel_archive: 'place-archived',
	channel_unarchive: 'place-unarchived',
	channel_deleted: 'place-deleted',
	channel_shared: 'place-shared',
	channel_unshared: 'place-unshared',
	group_archive: 'place-archived',
	group_unarchive: 'place-unarchived',
	group_deleted: 'place-deleted',
};
const memberships: Readonly<Record<string, MemberChanged['type']>> = {
	member_joined_channel: 'member-joined',
	member_left_channel: 'member-left',
	channel_left: 'member-left',
	group_left: 'member-left',
};
const fileChanges: Readonly<Record<string, FileChanged['type']>> = { file_change: 'file-changed', file_deleted: 'file-removed' };
/** "Message events", subtypes. */
const conversions: Readonly<Record<string, PlaceChanged['type']>> = {
	channel_convert_to_private: 'place-made-private',
	channel_convert_to_public: 'place-made-public',
};
/** What people share files with ("Message events", subtypes). */
const sharingSubtypes = new Set(['', 'file_share', 'thread_broadcast']);

interface Happening {
	event: Json;
	base: Omit<EventBase, 'key'>;
	/** The key of one part of it. */
	key: (part?: string) => string;
	identity: SlackIdentity;
}

/** An Events API callback; none for what is of no interest. */
export function readPlaceEvents(body: Json, identity: SlackIdentity): PlaceEvent[] {
	const event: Json = { ...asObject(body['event']), context_team_id: body['context_team_id'] };
	const { teamId } = identity;
	const happening: Happening = {
		event,
		base: { platform: 'slack', tenantId: teamId, occurredAt: toTime(event['event_ts']) ?? new Date().toISOString() },
		// The message tells of itself in several events; whatever else happens has one.
		key: (part) => `slack:${teamId}:${part ?? `event:${id(body['event_id'])}`}`,
		identity,
	};
	const type = textOf(event['type']);
	if (type === 'message') return readMessage(happening);
	if (type === 'app_uninstalled') return [{ type: 'app-removed', ...happening.base, key: happening.key(), place: null }];
	if (type === 'channel_rename' || type === 'group_rename') return readRenamed(happening);
	const [change, membership, fileChange] = [changes[type], memberships[type], fileChanges[type]];
	if (change !== undefined) return readChanged(happening, change);
	if (membership !== undefined) return readMembership(happening, membership);
	return fileChange === undefined ? [] : readFileChanged(happening, fileChange);
}

/** The files of a message that was read in a place; none of what no person shared. */
export function readSharedBefore(message: Json, { channelId, kind }: Place, identity: SlackIdentity): FileShared[] {
	if (!sharingSubtypes.has(textOf(message['subtype']))) return [];
	const { teamId } = identity;
	const event: Json = { ...message, channel: channelId, channel_type: kind === 'group' ? 'mpim' : undefined };
	const base = { platform: 'slack', tenantId: teamId, occurredAt: toTime(message['ts']) ?? new Date().toISOString() };
	return readShared({ event, base, key: (part) => `slack:${teamId}:${part}`, identity });
}

function readMessage(happening: Happening): PlaceEvent[] {
	const subtype = textOf(happening.event['subtype']);
	const conversion = conversions[subtype];
	if (conversion !== undefined) return readChanged(happening, conversion);
	if (subtype === 'message_changed' || subtype === 'message_deleted') return readFilesLeft(happening);
	return sharingSubtypes.has(subtype) ? readShared(happening) : [];
}

function readShared({ event, base, key, identity }: Happening): FileShared[] {
	const [place, messageId] = [placeOf(event, identity), id(event['ts'])];
	const sharedBy = authorOf(event, event, identity);
	if (place === null || messageId === '' || sharedBy.accountId === '' || isFromBot(event, identity)) return [];
	return filesIn(event).map((file) => ({
		type: 'file-shared',
		...base,
		key: key(`${place.channelId}:${messageId}:file:${file.id}`),
		place: { ...place, threadId: id(event['thread_ts'], messageId) },
		messageId,
		sharedBy,
		file,
	}));
}

function readFilesLeft({ event, base, key, identity }: Happening): MessageFilesLeft[] {
	const before = asObject(event['previous_message']);
	const after = event['subtype'] === 'message_deleted' ? {} : asObject(event['message']);
	const [place, messageId] = [placeOf(event, identity), id(before['ts'], id(after['ts'], id(event['deleted_ts'])))];
	const [had, fileIds] = [before, after].map((message) => filesIn(message).map((file) => file.id)) as [string[], string[]];
	const isSame = had.every((fileId) => fileIds.includes(fileId));
	if (place === null || messageId === '' || isSame || isFromBot(before, identity)) return [];
	const threadId = id(before['thread_ts'], messageId);
	return [{ type: 'message-files-left', ...base, key: key(), place: { ...place, threadId }, messageId, fileIds }];
}

function readChanged({ event, base, key, identity }: Happening, type: PlaceChanged['type']): PlaceChanged[] {
	const place = placeOf(event, identity);
	// With one of several other companies it may still be shared.
	const isStillShared = type === 'place-unshared' && event['is_ext_shared'] === true;
	return place === null || isStillShared ? [] : [{ type, ...base, key: key(), place }];
}

function readRenamed({ event, base, key, identity }: Happening): PlaceEvent[] {
	const channel = asObject(event['channel']);
	const [place, name] = [placeOf({ channel: channel['id'] }, identity), decodeEntities(textOf(channel['name']))];
	return place === null || name === '' ? [] : [{ type: 'place-renamed', ...base, key: key(), place, name }];
}

/** Of `channel_left` and `group_left` nobody is named but the bot. */
function readMembership({ event, base, key, identity }: Happening, type: MemberChanged['type']): MemberChanged[] {
	const place = placeOf(event, identity);
	const isNamed = event['user'] !== undefined && textOf(event['type']).startsWith('member_');
	const member = isNamed
		? authorOf({ user: event['user'], user_team: event['team'] }, event, identity)
		: { tenantId: identity.teamId, accountId: identity.botUserId };
	if (place === null || member.accountId === '') return [];
	return [{ type, ...base, key: key(), place, member, isSelf: member.accountId === identity.botUserId }];
}

function readFileChanged({ event, base, key }: Happening, type: FileChanged['type']): FileChanged[] {
	const fileId = id(event['file_id'], id(asObject(event['file'])['id']));
	return fileId === '' ? [] : [{ type, ...base, key: key(), place: null, fileId }];
}

function placeOf(event: Json, { teamId }: SlackIdentity): Place | null {
	const channelId = id(event['channel']);
	return channelId === '' ? null : { platform: 'slack', tenantId: teamId, channelId, threadId: '', kind: kindOf(event, channelId) };
}
