/** Discord's messages in the core's words. Pure: a payload and what is known of its place in, a ChatEvent or null out. */

import type { Actor, Attachment, MessageDeleted, MessageEdited, MessageReceived } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Profile } from '#src/platform/profile.ts';
import { mentionedIds, mentionsAny } from './format.ts';
import { asId, asObject, asObjects, asText, asTime, type Json, timeOf } from './json.ts';
import { accountTenant, toProfile } from './profiles.ts';
import { answeredAuthorOf, parentOf } from './references.ts';
import { mostFiles } from './words/attached.ts';
import { contentOf, forwardedOf, isFromApp, type Manner, readWords, type WordsReading } from './words.ts';

/** Where a message was written. */
export interface DiscordChannel {
	id: string;
	/** Null in direct conversations. */
	guildId: string | null;
	/** A channel of its own in which everybody talks about one thing, so that its messages form no chains. */
	isThread: boolean;
	/** Of a thread: the channel that it goes with. */
	parentId?: string;
}

export interface Scene extends WordsReading {
	channel: DiscordChannel;
}

/** "Message Types": what people write, and replies. Everything else is Discord telling about joins, pins and the like. */
const plainMessage = 0;
const replyMessage = 19;

/** A message that is meant for the bot, or null. `rootId`: the first message of its chain, empty where there are none. */
export function readReceived(message: Json, scene: Scene, rootId: string): MessageReceived | null {
	const addressedBy = addressOf(message, scene) ?? (isTalk(message, scene) ? 'talk' : null);
	if (addressedBy === null) return null;
	const messageId = asId(message['id']);
	const place = placeOf(scene.channel, rootId);
	return {
		type: 'message-received',
		...happening(place, `${scene.channel.id}:${messageId}`, timeOf(messageId)),
		place,
		messageId,
		author: actorOf(message['author']),
		...readWords(message, scene, mannerFor(message, scene)),
		addressedBy,
		startsThread: rootId === messageId,
		attachments: attachmentsOf(message, scene.channel.id),
		...profileOf(message),
	};
}

/** The same for a message that was changed; null too when Discord only added a preview to it. */
export function readEdited(message: Json, scene: Scene, rootId: string): MessageEdited | null {
	const editedAt = asTime(message['edited_timestamp']);
	if (editedAt === null || !isFromPerson(message, scene)) return null;
	const messageId = asId(message['id']);
	const place = placeOf(scene.channel, rootId);
	const editedAtMs = Date.parse(editedAt);
	return {
		type: 'message-edited',
		...happening(place, `${scene.channel.id}:${messageId}:edited:${editedAtMs}`, editedAtMs),
		place,
		messageId,
		author: actorOf(message['author']),
		...readWords(message, scene, mannerFor(message, scene)),
	};
}

/** Discord tells neither who wrote what was deleted nor what it answered: both are to be known. */
export function toDeleted(
	messageId: string,
	channel: DiscordChannel,
	known: { authorId: string; rootId: string },
	atMs: number,
): MessageDeleted {
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
	// What is called out to everybody is not for the bot, whatever it answers.
	if (message['mention_everyone'] === true) return null;
	if (answeredAuthorOf(message) === botUserId) return 'thread';
	// People also talk to each other where the bot takes part.
	return channel.isThread && parentOf(message) === null && mentionedIds(content).length === 0 ? 'thread' : null;
}

/** Said to nobody in particular in a channel, where it begins a chain of replies: for the bot only where that was decided. */
export function isTalk(message: Json, scene: Scene): boolean {
	const { channel } = scene;
	if (channel.guildId === null || channel.isThread || !isFromPerson(message, scene) || message['mention_everyone'] === true) return false;
	return parentOf(message) === null && mentionedIds(contentOf(message)).length === 0;
}

export function placeOf({ id, guildId, isThread, parentId = '' }: DiscordChannel, rootId: string): Place {
	const isDirect = guildId === null;
	return {
		platform: 'discord',
		tenantId: guildId ?? 'direct',
		channelId: id,
		threadId: isDirect || isThread ? '' : rootId,
		kind: isDirect ? 'direct' : 'channel',
		...(isThread && parentId !== '' ? { route: parentId } : {}),
	};
}

export function actorOf(user: unknown): Actor {
	return { tenantId: accountTenant, accountId: asId(asObject(user)['id']) };
}

/** What every event says of itself: `key` is the same for every delivery of the same happening. */
export function happening({ tenantId }: Place, key: string, atMs: number) {
	return { key: `discord:${key}`, platform: 'discord', tenantId, occurredAt: new Date(atMs).toISOString() };
}

/** The files of a message; `source` names them, without the address, which anybody could open who has it. */
export function attachmentsOf(message: Json, channelId: string): Attachment[] {
	const messageId = asId(message['id']);
	return [message, ...forwardedOf(message)].flatMap((one) =>
		asObjects(one['attachments'])
			.slice(0, mostFiles)
			.map((file) => ({
				id: asId(file['id']),
				name: asText(file['filename']),
				mediaType: asText(file['content_type']),
				sizeBytes: typeof file['size'] === 'number' ? file['size'] : null,
				source: `${channelId}/${messageId}/${asId(file['id'])}`,
			})),
	);
}

function isFromPerson(message: Json, { botUserId }: Scene): boolean {
	const authorId = asId(asObject(message['author'])['id']);
	if (asId(message['id']) === '' || authorId === '' || authorId === botUserId || isFromApp(message)) return false;
	return message['type'] === plainMessage || message['type'] === replyMessage;
}

/**
 * In a channel, replying is how a conversation goes on: what the bot said before is remembered, and its beginning tells which answer is meant.
 * Elsewhere somebody who replies points at something.
 */
function mannerFor(message: Json, { channel, botUserId }: Scene): Manner {
	const goesOn = channel.guildId !== null && !channel.isThread && answeredAuthorOf(message) === botUserId;
	return { files: 'beside', answered: goesOn ? 'brief' : 'whole' };
}

/** Messages that arrive from a guild tell of their author all that asking would; those that are read afterwards do not. */
function profileOf(message: Json): { profile?: Profile } {
	const member = message['member'];
	if (typeof member !== 'object' || member === null) return {};
	return { profile: toProfile(actorOf(message['author']), asObject(message['author']), asObject(member)) };
}
