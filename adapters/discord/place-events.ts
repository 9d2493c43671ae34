/** What happens in Discord's channels beside talk with the bot, in the core's words. Pure. */

import type { Place } from '#src/platform/place.ts';
import type { AppRemoved, FileShared, MemberChanged, MessageFilesLeft, PlaceChanged, PlaceEvent } from '#src/platform/place-event.ts';
import type { KnownChannel } from './guilds.ts';
import { actorOf, attachmentsOf, type DiscordChannel, happening, placeOf } from './inbound.ts';
import { asId, asObjects, type Json, timeOf } from './json.ts';

/** The files of a person's message, in a channel as a whole: whose thread or chain it is, is nothing to them. */
export function readShared(message: Json, channel: DiscordChannel): FileShared[] {
	const place = placeOf(channel, '');
	const messageId = asId(message['id']);
	return attachmentsOf(message, channel.id).map((file) => ({
		type: 'file-shared',
		...happening(place, `${channel.id}:${messageId}:file:${file.id}`, timeOf(messageId)),
		place,
		messageId,
		sharedBy: actorOf(message['author']),
		file,
	}));
}

/** Discord tells of a channel that is gone and not of its threads, which are places of their own. */
export function concernsPlace({ type, place: gone }: MemberChanged | PlaceChanged, { route }: Place): boolean {
	return type === 'place-deleted' && route === gone.channelId;
}

/** The bot was thrown out of a guild, or the guild is gone. */
export function toAppRemoved(guildId: string, atMs: number): AppRemoved {
	const guild = placeOf({ id: '', guildId, isThread: false }, '');
	return { type: 'app-removed', ...happening(guild, `${guildId}:removed:${atMs}`, atMs), place: null };
}

/** What an edit left of the files. Changes of any other kind leave them, and may bring the message in part. */
export function readFilesLeft(message: Json, channel: DiscordChannel, editedAt: string): MessageFilesLeft[] {
	if (!Array.isArray(message['attachments'])) return [];
	const fileIds = asObjects(message['attachments']).map(({ id }) => asId(id));
	return [filesLeft(asId(message['id']), channel, `edited:${Date.parse(editedAt)}`, Date.parse(editedAt), fileIds)];
}

export function toFilesGone(messageId: string, channel: DiscordChannel, atMs: number): MessageFilesLeft {
	return filesLeft(messageId, channel, 'deleted', atMs, []);
}

function filesLeft(messageId: string, channel: DiscordChannel, what: string, atMs: number, fileIds: string[]): MessageFilesLeft {
	const place = placeOf(channel, '');
	const base = happening(place, `${channel.id}:${messageId}:files:${what}`, atMs);
	return { type: 'message-files-left', ...base, place, messageId, fileIds };
}

/**
 * How a channel or thread differs from what was known of it; `after` is null for one that is gone. Discord's packets have no ids, but what is
 * delivered again differs in nothing.
 */
export function readChannelChange(before: KnownChannel, after: KnownChannel | null, atMs: number): PlaceEvent[] {
	const place = placeOf(before, '');
	const changed = (type: PlaceChanged['type']): PlaceChanged => ({
		type,
		...happening(place, `${before.id}:${type}:${atMs}`, atMs),
		place,
	});
	if (after === null) return [changed('place-deleted')];
	const { name } = after;
	const renamed = { type: 'place-renamed', ...happening(place, `${before.id}:renamed:${atMs}`, atMs), place, name } as const;
	return [
		...(name === before.name ? [] : [renamed]),
		...(after.isPrivate === before.isPrivate ? [] : [changed(after.isPrivate ? 'place-made-private' : 'place-made-public')]),
		...(after.isArchived === before.isArchived ? [] : [changed(after.isArchived ? 'place-archived' : 'place-unarchived')]),
	];
}
