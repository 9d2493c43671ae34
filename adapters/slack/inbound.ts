/** Slack payloads in the core's words. Pure: a payload and our own identity in, a PersonalEvent or null out. */

import type { Actor, Attachment, CommandInvoked, MessageWords, PersonalEvent } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import { asObject, asObjects, type Json, textOf as text } from '#src/platform/untrusted-json.ts';
import { isBuiltInAuthor, isOfApp } from './authors.ts';
import type { SlackIdentity } from './connection.ts';
import { decodeCommandText, parseButton } from './format.ts';
import { readId as id, toTime } from './id.ts';
import { readChange, readWords, type SlackWords } from './words/message-words.ts';
import { mostFiles } from './words/named.ts';

const noNames: ReadonlyMap<string, string> = new Map();
/** Commands are typed into the field for messages, which have 40,000 characters at most, a few of which are written as `&amp;`. */
const mostSourceCharacters = 60_000;
/** What a person wrote: with files, shown in the channel too, or with `/me`. Every other subtype is Slack telling about joins, topics, bots and the like. */
const personalSubtypes = new Set(['file_share', 'thread_broadcast', 'me_message']);

/** An Events API callback: `body.event` of any type. Null when it is not for us. */
export function readEvent(body: Json, identity: SlackIdentity, names: ReadonlyMap<string, string> = noNames): PersonalEvent | null {
	return bySomebody(readAnyEvent(body, identity, names));
}

function readAnyEvent(body: Json, identity: SlackIdentity, names: ReadonlyMap<string, string>): PersonalEvent | null {
	// `team_id` beside it is the workspace that made the channel, be it another company's (java-slack-sdk issue 629).
	const event: Json = { ...asObject(body['event']), context_team_id: body['context_team_id'] };
	switch (event['type']) {
		case 'message':
			return readMessageEvent(event, identity, names);
		case 'app_mention':
			return readMessage(event, identity, names);
		case 'app_home_opened':
			return readHomeOpened(event, identity, id(body['event_id']));
		case 'agent_session_stopped':
			return readSessionStopped(event, identity, id(body['event_id']));
		default:
			return null;
	}
}

function readMessageEvent(event: Json, identity: SlackIdentity, names: ReadonlyMap<string, string>): PersonalEvent | null {
	if (event['subtype'] === 'message_changed') return readMessageChanged(event, identity, names);
	if (event['subtype'] === 'message_deleted') return readMessageDeleted(event, identity, id(event['deleted_ts']));
	return readMessage(event, identity, names);
}

/** The mention and the message event of one message carry the same text and get the same key: whichever comes first counts. */
function readMessage(event: Json, identity: SlackIdentity, names: ReadonlyMap<string, string>): PersonalEvent | null {
	const subtype = text(event['subtype']);
	const author = id(event['user']);
	const messageId = id(event['ts']);
	const channelId = id(event['channel']);
	if (author === '' || messageId === '' || channelId === '') return null;
	if (isFromBot(event, identity) || (subtype !== '' && !personalSubtypes.has(subtype))) return null;
	const words = readWords(event, { ...identity, names });
	// Of a message that is too big to be read whole, Slack may alone know whom it calls.
	const isMentioned = words.callsBot || event['type'] === 'app_mention';
	const place = placeOf(event, identity, messageId);
	const startsThread = place.threadId === messageId;
	const toNobody = startsThread ? 'talk' : 'thread';
	const addressedBy = place.kind === 'direct' ? 'direct' : isMentioned ? 'mention' : toNobody;
	// People also talk to each other.
	if (addressedBy === toNobody && words.callsPeople) return null;
	return {
		type: 'message-received',
		...happening(identity, `${channelId}:${messageId}`, toIso(messageId)),
		place,
		messageId,
		author: authorOf(event, event, identity),
		...saidIn(words),
		addressedBy,
		startsThread,
		attachments: words.files.map(readFile),
		// Slack tells of a mention that an edit brought as of any other.
		...(event['type'] === 'app_mention' && id(asObject(event['edited'])['ts']) !== '' ? { byEdit: true } : {}),
	};
}

function readMessageChanged(event: Json, identity: SlackIdentity, names: ReadonlyMap<string, string>): PersonalEvent | null {
	const message = asObject(event['message']);
	const messageId = id(message['ts']);
	if (messageId === '') return null;
	// It is Slackbot's then, and says that there was one.
	if (message['subtype'] === 'tombstone') return readMessageDeleted(event, identity, messageId);
	if (isFromBot(message, identity)) return null;
	// Previews of links and replies arrive as changes too.
	const words = readChange(asObject(event['previous_message']), message, { ...identity, names });
	if (words === null) return null;
	const place = placeOf({ ...event, thread_ts: message['thread_ts'] }, identity, messageId);
	const author = authorOf(message, event, identity);
	if (author.accountId === '' || place.channelId === '') return null;
	return {
		type: 'message-edited',
		...happening(
			identity,
			`${place.channelId}:${messageId}:edited:${id(event['event_ts'], id(event['ts']))}`,
			toIso(text(event['event_ts'], messageId)),
		),
		place,
		messageId,
		author,
		...saidIn(words),
	};
}

function readMessageDeleted(event: Json, identity: SlackIdentity, messageId: string): PersonalEvent | null {
	const previous = asObject(event['previous_message']);
	const place = placeOf({ ...event, thread_ts: previous['thread_ts'] }, identity, messageId);
	const author = authorOf(previous, event, identity);
	if (messageId === '' || author.accountId === '' || place.channelId === '' || isFromBot(previous, identity)) return null;
	return {
		type: 'message-deleted',
		...happening(identity, `${place.channelId}:${messageId}:deleted`, toIso(text(event['event_ts'], messageId))),
		place,
		messageId,
		author,
	};
}

function readHomeOpened(event: Json, identity: SlackIdentity, eventId: string): PersonalEvent | null {
	const channelId = id(event['channel']);
	const accountId = id(event['user']);
	if (event['tab'] !== 'messages' || channelId === '' || accountId === '') return null;
	return {
		type: 'direct-opened',
		...happening(identity, `opened:${eventId}`, toIso(text(event['event_ts']))),
		place: { platform: 'slack', tenantId: identity.teamId, channelId, threadId: '', kind: 'direct' },
		actor: authorOf(event, event, identity),
	};
}

function readSessionStopped(event: Json, identity: SlackIdentity, eventId: string): PersonalEvent | null {
	const channelId = id(event['channel'], id(event['channel_id']));
	const threadId = id(event['thread_ts']);
	const accountId = id(event['user'], id(event['user_id']));
	if (channelId === '' || threadId === '' || accountId === '') return null;
	return {
		type: 'stop-requested',
		...happening(identity, `stopped:${eventId}`, toIso(text(event['event_ts']))),
		place: { platform: 'slack', tenantId: identity.teamId, channelId, threadId, kind: kindOf(event, channelId) },
		actor: { ...authorOf(event, event, identity), accountId },
	};
}

/** A `block_actions` payload: one of our buttons was pressed. */
export function readAction(body: Json, identity: SlackIdentity): PersonalEvent | null {
	const action = asObject(asList(body['actions'])[0]);
	// What was chosen from a menu stands elsewhere than what a button says.
	const value = text(action['value'], text(asObject(action['selected_option'])['value']));
	const button = parseButton(text(action['action_id']), value);
	const container = asObject(body['container']);
	const channelId = id(asObject(body['channel'])['id'], id(container['channel_id']));
	const message = asObject(body['message']);
	const messageId = id(message['ts'], id(container['message_ts']));
	const user = asObject(body['user']);
	const accountId = id(user['id']);
	// Two presses of one button differ in this alone.
	const press = id(action['action_ts'], id(body['trigger_id']));
	if (button === null || channelId === '' || messageId === '' || accountId === '') return null;
	const responseUrl = text(body['response_url']);
	return {
		type: 'button-pressed',
		...happening(identity, `${channelId}:${messageId}:${id(action['action_id'])}:${accountId}:${press}`, toIso(press)),
		place: placeOf({ channel: channelId, thread_ts: message['thread_ts'] ?? container['thread_ts'] }, identity, messageId),
		actor: { tenantId: tenantOf([user['team_id'], asObject(body['team'])['id']], identity), accountId },
		messageId,
		button,
		...(responseUrl === '' ? {} : { replyHandle: responseUrl }),
	};
}

/** A slash command. Slack has none inside threads, so the place has no thread. */
export function readCommand(body: Json, identity: SlackIdentity): CommandInvoked | null {
	const channelId = id(body['channel_id']);
	const accountId = id(body['user_id']);
	const trigger = id(body['trigger_id']);
	if (channelId === '' || accountId === '' || trigger === '') return null;
	const responseUrl = text(body['response_url']);
	return {
		type: 'command-invoked',
		...happening(identity, `command:${trigger}`, new Date().toISOString()),
		place: { platform: 'slack', tenantId: identity.teamId, channelId, threadId: '', kind: kindOf({}, channelId) },
		actor: { tenantId: tenantOf([body['team_id']], identity), accountId },
		text: decodeCommandText(text(body['text']).slice(0, mostSourceCharacters), identity.teamId),
		...(responseUrl === '' ? {} : { replyHandle: responseUrl }),
	};
}

/** What every event says of itself: `key` is the same for every delivery of the same happening. */
export function happening({ teamId }: SlackIdentity, key: string, occurredAt: string) {
	return { key: `slack:${teamId}:${key}`, platform: 'slack', tenantId: teamId, occurredAt };
}

/** Whatever Slack's own accounts do, nobody did it. */
function bySomebody(event: PersonalEvent | null): PersonalEvent | null {
	return event === null || isBuiltInAuthor(actorOf(event).accountId) ? null : event;
}

/** Whoever did it. */
export function actorOf(event: PersonalEvent): Actor {
	return 'author' in event ? event.author : event.actor;
}

export function isFromBot(message: Json, identity: SlackIdentity): boolean {
	return isOfApp(message) || message['user'] === identity.botUserId;
}

/** In a channel that workspaces or companies share the author may belong to another workspace than ours. */
export function authorOf(message: Json, event: Json, identity: SlackIdentity): Actor {
	const told = [message['user_team'], message['team'], message['source_team'], event['context_team_id']];
	return { tenantId: tenantOf(told, identity), accountId: id(message['user']) };
}

/**
 * The workspace of whoever did it: ours only when nothing that Slack tells says otherwise. What makes no sense says otherwise too. Our company
 * and its other workspaces count as ours, so that somebody who is met in several of them is one person; what an event tells makes nobody a
 * colleague by that, since the user object has to say it as well (`people.ts`).
 */
export function tenantOf(told: readonly unknown[], { teamId, enterpriseId, sisterTeams }: SlackIdentity): string {
	const isOurs = (value: unknown) =>
		typeof value === 'string' && (value === teamId || value === enterpriseId || sisterTeams?.has(value) === true);
	const other = told.find((value) => value !== undefined && value !== null && !isOurs(value));
	return other === undefined ? teamId : id(other, 'unknown');
}

export function placeOf(event: Json, identity: SlackIdentity, messageId: string): Place {
	const channelId = id(event['channel']);
	const kind = kindOf(event, channelId);
	return { platform: 'slack', tenantId: identity.teamId, channelId, threadId: id(event['thread_ts'], messageId), kind };
}

export function kindOf(event: Json, channelId: string): Place['kind'] {
	if (event['channel_type'] === 'im' || channelId.startsWith('D')) return 'direct';
	return event['channel_type'] === 'mpim' ? 'group' : 'channel';
}

function saidIn({ text: own, cited }: SlackWords): MessageWords {
	return { text: own, ...(cited === undefined ? {} : { cited }) };
}

function readFile(file: Json): Attachment {
	return {
		id: text(file['id']),
		name: text(file['name']),
		mediaType: text(file['mimetype']),
		sizeBytes: typeof file['size'] === 'number' ? file['size'] : null,
		source: text(file['url_private_download'], text(file['url_private'])) || null,
	};
}

/** Those of a message that are there: what was deleted leaves a stone with its id. */
export function filesIn(message: Json): Attachment[] {
	const files = asObjects(message['files']).slice(0, mostFiles);
	return files.filter((file) => id(file['id']) !== '' && file['mode'] !== 'tombstone').map(readFile);
}

/** A Slack time stamp as ISO 8601; now, when there is none. */
function toIso(timestamp: string): string {
	return toTime(timestamp) ?? new Date().toISOString();
}

function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
