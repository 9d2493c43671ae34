/** Discord's messages in the core's words. Pure: a payload and what is known of its place in, a ChatEvent or null out. */

import type { Actor, Attachment, MessageDeleted, MessageEdited, MessageReceived } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Profile } from '#src/platform/profile.ts';
import { decodeText, mentionedIds, mentionsAny, type Names } from './format.ts';
import { asId, asObject, asObjects, asText, type Json, timeOf } from './json.ts';
import { accountTenant, displayNameOf, toProfile } from './profiles.ts';

/** Where a message was written. */
export interface Channel {
	id: string;
	/** Null in direct conversations. */
	guildId: string | null;
	/** A channel of its own in which everybody talks about one thing, so that its messages form no chains. */
	isThread: boolean;
}

export interface Scene {
	channel: Channel;
	botUserId: string;
	/** The ids that name the bot: its own, and that of the role that came with it. */
	own: ReadonlySet<string>;
	names: Pick<Names, 'roles' | 'channels'>;
}

/** "Message Types": what people write, and replies. Everything else is Discord telling about joins, pins and the like. */
const plainMessage = 0;
const replyMessage = 19;
/** "Message Reference Types": 0 is a reply, 1 a forwarded message. */
const replyReference = 0;

/** A message has 4,000 characters at most ("Create Message", with Nitro); a forwarded one brings one copy along. What is longer is nobody's. */
const mostSourceCharacters = 8_000;
const mostForwarded = 10;
/** ISO 8601 with microseconds has 32. */
const timestampCharacters = 40;

/** A message that is meant for the bot, or null. `rootId`: the first message of its chain, empty where there are none. */
export function readReceived(message: Json, scene: Scene, rootId: string): MessageReceived | null {
	const addressedBy = addressOf(message, scene);
	if (addressedBy === null) return null;
	const messageId = asId(message['id']);
	const place = placeOf(scene.channel, rootId);
	return {
		type: 'message-received',
		...happening(place, `${scene.channel.id}:${messageId}`, timeOf(messageId)),
		place,
		messageId,
		author: actorOf(message['author']),
		text: textOf(message, scene),
		addressedBy,
		startsThread: rootId === messageId,
		attachments: attachmentsOf(message, scene.channel.id),
		...profileOf(message),
	};
}

/** The same for a message that was changed; null too when Discord only added a preview to it. */
export function readEdited(message: Json, scene: Scene, rootId: string): MessageEdited | null {
	const editedAt = asText(message['edited_timestamp']).slice(0, timestampCharacters);
	if (editedAt === '' || Number.isNaN(Date.parse(editedAt)) || !isFromPerson(message, scene)) return null;
	const messageId = asId(message['id']);
	const place = placeOf(scene.channel, rootId);
	const editedAtMs = Date.parse(editedAt);
	return {
		type: 'message-edited',
		...happening(place, `${scene.channel.id}:${messageId}:edited:${editedAtMs}`, editedAtMs),
		place,
		messageId,
		author: actorOf(message['author']),
		text: textOf(message, scene),
	};
}

/** Discord tells neither who wrote what was deleted nor what it answered: both are to be known. */
export function toDeleted(messageId: string, channel: Channel, known: { authorId: string; rootId: string }, atMs: number): MessageDeleted {
	const place = placeOf(channel, known.rootId);
	return {
		type: 'message-deleted',
		...happening(place, `${channel.id}:${messageId}:deleted`, atMs),
		place,
		messageId,
		author: { tenantId: accountTenant, accountId: known.authorId },
	};
}

/** Why a message is for the bot; null when it is not, or is not from a person. */
export function addressOf(message: Json, scene: Scene): MessageReceived['addressedBy'] | null {
	const { channel, own, botUserId } = scene;
	if (!isFromPerson(message, scene)) return null;
	if (channel.guildId === null) return 'direct';
	const content = contentOf(message);
	if (mentionsAny(content, own)) return 'mention';
	// People also talk to each other where the bot takes part.
	if (message['mention_everyone'] === true || mentionedIds(content).length > 0) return null;
	const answered = parentOf(message) === null ? null : asId(asObject(asObject(message['referenced_message'])['author'])['id']);
	if (answered === botUserId) return 'thread';
	return channel.isThread && answered === null ? 'thread' : null;
}

/** The id of the message that this one is a reply to, or null. */
export function parentOf(message: Json): string | null {
	const reference = asObject(message['message_reference']);
	const isReply = message['type'] === replyMessage && (reference['type'] ?? replyReference) === replyReference;
	const id = asId(reference['message_id']);
	return isReply && id !== '' ? id : null;
}

export function placeOf({ id, guildId, isThread }: Channel, rootId: string): Place {
	const isDirect = guildId === null;
	return {
		platform: 'discord',
		tenantId: guildId ?? 'direct',
		channelId: id,
		threadId: isDirect || isThread ? '' : rootId,
		kind: isDirect ? 'direct' : 'channel',
	};
}

export function actorOf(user: unknown): Actor {
	return { tenantId: accountTenant, accountId: asId(asObject(user)['id']) };
}

/** What every event says of itself: `key` is the same for every delivery of the same happening. */
export function happening({ tenantId }: Place, key: string, atMs: number) {
	return { key: `discord:${key}`, platform: 'discord', tenantId, occurredAt: new Date(atMs).toISOString() };
}

/** What a message says, and what it says of a message that was forwarded with it. */
export function textOf(message: Json, scene: Pick<Scene, 'own' | 'names'>): string {
	const texts = [message, ...forwardedOf(message)].map((one) => {
		const users = new Map(asObjects(one['mentions']).map((user) => [asId(user['id']), displayNameOf(user, asObject(user['member']))]));
		return decodeText(contentOf(one), scene.own, { ...scene.names, users });
	});
	return texts.filter((text) => text !== '').join('\n\n');
}

/** The files of a message; `source` names them, without the address, which anybody could open who has it. */
export function attachmentsOf(message: Json, channelId: string): Attachment[] {
	const messageId = asId(message['id']);
	return [message, ...forwardedOf(message)].flatMap((one) =>
		asObjects(one['attachments']).map((file) => ({
			id: asId(file['id']),
			name: asText(file['filename']),
			mediaType: asText(file['content_type']),
			sizeBytes: typeof file['size'] === 'number' ? file['size'] : null,
			source: `${channelId}/${messageId}/${asId(file['id'])}`,
		})),
	);
}

/** Messages that were forwarded ("Message Snapshot"): copies without an author. */
export function forwardedOf(message: Json): Json[] {
	return asObjects(message['message_snapshots'])
		.slice(0, mostForwarded)
		.map((snapshot) => asObject(snapshot['message']));
}

function contentOf(message: Json): string {
	return asText(message['content']).slice(0, mostSourceCharacters);
}

function isFromPerson(message: Json, { botUserId }: Scene): boolean {
	const author = asObject(message['author']);
	const authorId = asId(author['id']);
	if (asId(message['id']) === '' || authorId === '' || authorId === botUserId) return false;
	if (author['bot'] === true || author['system'] === true || message['webhook_id'] !== undefined) return false;
	return message['type'] === plainMessage || message['type'] === replyMessage;
}

/** Messages that arrive from a guild tell of their author all that asking would; those that are read afterwards do not. */
function profileOf(message: Json): { profile?: Profile } {
	const member = message['member'];
	if (typeof member !== 'object' || member === null) return {};
	return { profile: toProfile(actorOf(message['author']), asObject(message['author']), asObject(member)) };
}
