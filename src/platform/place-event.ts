/** What happens in places beside what is said to the bot: files, people who come and go, and what becomes of the places themselves. */

import type { Actor, Attachment } from './chat-event.ts';
import type { EventBase } from './event-base.ts';
import type { Place } from './place.ts';

/** A person shared a file, whether or not with a message to the bot. */
export interface FileShared extends EventBase {
	type: 'file-shared';
	place: Place;
	messageId: string;
	sharedBy: Actor;
	/** Its name and type are empty where the platform does not tell them with the message. */
	file: Attachment;
}

/** The files that a message of a person has left: what it had before and is not among them is gone from the place. */
export interface MessageFilesLeft extends EventBase {
	type: 'message-files-left';
	place: Place;
	messageId: string;
	/** `Attachment.id`; empty too when the message was deleted, and when it never had any. */
	fileIds: string[];
}

/** A file has other content or another name, or is gone, wherever it was shared. */
export interface FileChanged extends EventBase {
	type: 'file-changed' | 'file-removed';
	/** The platform does not tell where it was. */
	place: null;
	/** `Attachment.id`. */
	fileId: string;
}

/** Somebody may read a place from now on, or not any more. */
export interface MemberChanged extends EventBase {
	type: 'member-joined' | 'member-left';
	place: Place;
	/** Null when the platform names them in a way that it uses nowhere else. */
	member: Actor | null;
	/** It is the bot itself. */
	isSelf: boolean;
	/** It holds for every place of the team that this one belongs to. */
	isWholeTeam?: true;
}

/** `place-shared` and `place-unshared`: people of another company are let in, or none any more. */
export interface PlaceChanged extends EventBase {
	type:
		| 'place-archived'
		| 'place-unarchived'
		| 'place-deleted'
		| 'place-made-private'
		| 'place-made-public'
		| 'place-shared'
		| 'place-unshared';
	place: Place;
	/** As of `MemberChanged`. */
	isWholeTeam?: true;
}

/** The bot was taken out of a whole workspace or guild, and so out of every place in it. */
export interface AppRemoved extends EventBase {
	type: 'app-removed';
	place: null;
}

export interface PlaceRenamed extends EventBase {
	type: 'place-renamed';
	place: Place;
	name: string;
}

/** Each of them by its type. */
export interface PlaceEvents {
	'file-shared': FileShared;
	'message-files-left': MessageFilesLeft;
	'file-changed': FileChanged;
	'file-removed': FileChanged;
	'member-joined': MemberChanged;
	'member-left': MemberChanged;
	'place-archived': PlaceChanged;
	'place-unarchived': PlaceChanged;
	'place-deleted': PlaceChanged;
	'place-made-private': PlaceChanged;
	'place-made-public': PlaceChanged;
	'place-shared': PlaceChanged;
	'place-unshared': PlaceChanged;
	'place-renamed': PlaceRenamed;
	'app-removed': AppRemoved;
}

export type PlaceEventType = keyof PlaceEvents;
export type PlaceEvent = PlaceEvents[PlaceEventType];

const types: Readonly<Record<PlaceEventType, true>> = {
	'file-shared': true,
	'message-files-left': true,
	'file-changed': true,
	'file-removed': true,
	'member-joined': true,
	'member-left': true,
	'place-archived': true,
	'place-unarchived': true,
	'place-deleted': true,
	'place-made-private': true,
	'place-made-public': true,
	'place-shared': true,
	'place-unshared': true,
	'place-renamed': true,
	'app-removed': true,
};

export function isPlaceEvent(event: { type: string }): event is PlaceEvent {
	return Object.hasOwn(types, event.type);
}
