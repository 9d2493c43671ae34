/** Slack payloads in the core's words. Pure: a payload and our own identity in, a ChatEvent or null out. */

import type { Actor, Attachment, ChatEvent } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { SlackIdentity } from './connection.ts';
import { addressesPeople, decodeText, mentionedUserIds, parseButton } from './format.ts';

type Json = Record<string, unknown>;

const noNames: ReadonlyMap<string, string> = new Map();
/** What a person wrote. Every other subtype is Slack telling about joins, topics, bots and the like. */
const personalSubtypes = new Set(['file_share', 'thread_broadcast']);

/** An Events API callback: `body.event` of any type. Null when it is not for us. */
export function readEvent(body: Json, identity: SlackIdentity): ChatEvent | null {
	const event = asObject(body['event']);
	switch (event['type']) {
		case 'message':
			return readMessageEvent(event, identity);
		case 'app_mention':
			return readMessage(event, identity);
		case 'app_home_opened':
			return readHomeOpened(event, identity, text(body['event_id']));
		case 'agent_session_stopped':
			return readSessionStopped(event, identity, text(body['event_id']));
		default:
			return null;
	}
}

function readMessageEvent(event: Json, identity: SlackIdentity): ChatEvent | null {
	if (event['subtype'] === 'message_changed') return readMessageChanged(event, identity);
	if (event['subtype'] === 'message_deleted') return readMessageDeleted(event, identity, text(event['deleted_ts']));
	return readMessage(event, identity);
}

/** The mention and the message event of one message carry the same text and get the same key: whichever comes first counts. */
function readMessage(event: Json, identity: SlackIdentity): ChatEvent | null {
	const subtype = event['subtype'];
	const author = text(event['user']);
	const messageId = text(event['ts']);
	const channelId = text(event['channel']);
	if (author === '' || messageId === '' || channelId === '') return null;
	if (isFromBot(event, identity) || (subtype !== undefined && !personalSubtypes.has(text(subtype)))) return null;
	const source = text(event['text']);
	const isMentioned = mentionedUserIds(source).includes(identity.botUserId);
	const place = placeOf(event, identity, messageId);
	const addressedBy = place.kind === 'direct' ? 'direct' : isMentioned ? 'mention' : 'thread';
	const startsThread = place.threadId === messageId;
	// In a thread we take part in, people also talk to each other.
	if (addressedBy === 'thread' && (startsThread || addressesPeople(source))) return null;
	return {
		type: 'message-received',
		key: `slack:${identity.teamId}:${channelId}:${messageId}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(messageId),
		place,
		messageId,
		author: authorOf(event, identity),
		text: decodeText(source, identity.botUserId, noNames),
		addressedBy,
		startsThread,
		attachments: asList(event['files']).map(readFile),
	};
}

function readMessageChanged(event: Json, identity: SlackIdentity): ChatEvent | null {
	const message = asObject(event['message']);
	const messageId = text(message['ts']);
	if (isFromBot(message, identity) || messageId === '') return null;
	if (message['subtype'] === 'tombstone') return readMessageDeleted(event, identity, messageId);
	// Link previews arrive as changes too.
	if (text(asObject(event['previous_message'])['text']) === text(message['text'])) return null;
	const place = placeOf({ ...event, thread_ts: message['thread_ts'] }, identity, messageId);
	return {
		type: 'message-edited',
		key: `slack:${identity.teamId}:${place.channelId}:${messageId}:edited:${text(event['event_ts'], text(event['ts']))}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(text(event['event_ts'], messageId)),
		place,
		messageId,
		author: authorOf(message, identity),
		text: decodeText(text(message['text']), identity.botUserId, noNames),
	};
}

function readMessageDeleted(event: Json, identity: SlackIdentity, messageId: string): ChatEvent | null {
	const previous = asObject(event['previous_message']);
	if (messageId === '' || isFromBot(previous, identity)) return null;
	return {
		type: 'message-deleted',
		key: `slack:${identity.teamId}:${text(event['channel'])}:${messageId}:deleted`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(text(event['event_ts'], messageId)),
		place: placeOf({ ...event, thread_ts: previous['thread_ts'] }, identity, messageId),
		messageId,
		author: authorOf(previous, identity),
	};
}

function readHomeOpened(event: Json, identity: SlackIdentity, eventId: string): ChatEvent | null {
	if (event['tab'] !== 'messages') return null;
	return {
		type: 'direct-opened',
		key: `slack:${identity.teamId}:opened:${eventId}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(text(event['event_ts'])),
		place: { platform: 'slack', tenantId: identity.teamId, channelId: text(event['channel']), threadId: '', kind: 'direct' },
		actor: { tenantId: identity.teamId, accountId: text(event['user']) },
	};
}

function readSessionStopped(event: Json, identity: SlackIdentity, eventId: string): ChatEvent | null {
	const channelId = text(event['channel'], text(event['channel_id']));
	const threadId = text(event['thread_ts']);
	if (channelId === '' || threadId === '') return null;
	return {
		type: 'stop-requested',
		key: `slack:${identity.teamId}:stopped:${eventId}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(text(event['event_ts'])),
		place: { platform: 'slack', tenantId: identity.teamId, channelId, threadId, kind: kindOf(event, channelId) },
		actor: { tenantId: identity.teamId, accountId: text(event['user'], text(event['user_id'])) },
	};
}

/** A `block_actions` payload: one of our buttons was pressed. */
export function readAction(body: Json, identity: SlackIdentity): ChatEvent | null {
	const action = asObject(asList(body['actions'])[0]);
	const button = parseButton(text(action['action_id']), text(action['value']));
	const channelId = text(asObject(body['channel'])['id'], text(asObject(body['container'])['channel_id']));
	const message = asObject(body['message']);
	const messageId = text(message['ts'], text(asObject(body['container'])['message_ts']));
	const user = asObject(body['user']);
	if (button === null || channelId === '' || messageId === '') return null;
	const responseUrl = text(body['response_url']);
	return {
		type: 'button-pressed',
		key: `slack:${identity.teamId}:${channelId}:${messageId}:${text(action['action_id'])}:${text(user['id'])}:${text(action['action_ts'])}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: toIso(text(action['action_ts'])),
		place: placeOf({ channel: channelId, thread_ts: message['thread_ts'] }, identity, messageId),
		actor: { tenantId: text(user['team_id'], identity.teamId), accountId: text(user['id']) },
		messageId,
		button,
		...(responseUrl === '' ? {} : { replyHandle: responseUrl }),
	};
}

/** A slash command. Slack has none inside threads, so the place has no thread. */
export function readCommand(body: Json, identity: SlackIdentity): ChatEvent | null {
	const channelId = text(body['channel_id']);
	const accountId = text(body['user_id']);
	if (channelId === '' || accountId === '') return null;
	return {
		type: 'command-invoked',
		key: `slack:${identity.teamId}:command:${text(body['trigger_id'])}`,
		platform: 'slack',
		tenantId: identity.teamId,
		occurredAt: new Date().toISOString(),
		place: { platform: 'slack', tenantId: identity.teamId, channelId, threadId: '', kind: kindOf({}, channelId) },
		actor: { tenantId: text(body['team_id'], identity.teamId), accountId },
		text: text(body['text']).trim(),
		replyHandle: text(body['response_url']),
	};
}

function isFromBot(message: Json, identity: SlackIdentity): boolean {
	return message['bot_id'] !== undefined || message['user'] === identity.botUserId || message['subtype'] === 'bot_message';
}

/** In a channel shared between companies the author may belong to another workspace than ours. */
function authorOf(message: Json, identity: SlackIdentity): Actor {
	return { tenantId: text(message['user_team'], text(message['source_team'], identity.teamId)), accountId: text(message['user']) };
}

function placeOf(event: Json, identity: SlackIdentity, messageId: string): Place {
	const channelId = text(event['channel']);
	const kind = kindOf(event, channelId);
	return { platform: 'slack', tenantId: identity.teamId, channelId, threadId: text(event['thread_ts'], messageId), kind };
}

function kindOf(event: Json, channelId: string): Place['kind'] {
	if (event['channel_type'] === 'im' || channelId.startsWith('D')) return 'direct';
	return event['channel_type'] === 'mpim' ? 'group' : 'channel';
}

function readFile(value: unknown): Attachment {
	const file = asObject(value);
	return {
		id: text(file['id']),
		name: text(file['name']),
		mediaType: text(file['mimetype']),
		sizeBytes: typeof file['size'] === 'number' ? file['size'] : 0,
	};
}

/** A Slack time stamp, `seconds.micros`, as ISO 8601; now, when there is none. */
function toIso(timestamp: string): string {
	const seconds = Number.parseInt(timestamp, 10);
	return new Date(Number.isFinite(seconds) ? seconds * 1_000 : Date.now()).toISOString();
}

function asObject(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function text(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}
