/** What can arrive from a chat platform, in the core's own words. Adapters produce these; they are plain JSON, so that the inbox can keep them. */

import type { EventBase } from './event-base.ts';
import type { FormTicket } from './form.ts';
import type { Place } from './place.ts';
import type { PlaceEvent } from './place-event.ts';
import type { Profile } from './profile.ts';

/** Somebody who did something, as the platform names them. */
export interface Actor {
	/** The platform that knows the account, where it is another one than that of the event: somebody asks in a place where they have none. */
	platform?: string;
	tenantId: string;
	accountId: string;
}

export interface Attachment {
	id: string;
	name: string;
	mediaType: string;
	/** Null when the platform does not tell. */
	sizeBytes: number | null;
	/** What `fetchFile` needs to find it, opaque to the core and not to be kept. Null where the platform gives the bot no way to the file. */
	source: string | null;
}

/** Words in a message that are not its author's own. */
export interface CitedWords {
	/** Passed on from elsewhere; an older message that this one answers or quotes; or what an app or a link shows: a card, an embed, an alert. */
	kind: 'forwarded' | 'quoted' | 'shown';
	/** Whose words they are, as people see it. Null where the platform does not tell, or the author is gone. */
	author: string | null;
	/** ISO 8601. Null where the platform does not tell. */
	writtenAt: string | null;
	/** Plain text, decoded like the message's own. What cannot be read as words is named in brackets: `[sticker: Wave]`. */
	text: string;
}

/** What a message says: everything that a person can see in it. */
export interface MessageWords {
	/** The author's own words. Plain text: platform markup decoded, the bot's own mention removed, what is no text named in brackets. */
	text: string;
	/** In the order in which people see them; absent for none. */
	cited?: CitedWords[];
}

/** A person wrote something that may be meant for the bot. */
export interface MessageReceived extends EventBase, MessageWords {
	type: 'message-received';
	place: Place;
	messageId: string;
	author: Actor;
	/**
	 * Why the bot may be meant: mentioned, written to directly, or said in a thread it takes part in. `talk`: said outside threads to nobody in
	 * particular; it is for the bot only where that was decided.
	 */
	addressedBy: 'mention' | 'direct' | 'thread' | 'talk';
	/** True when the message starts the thread, so there is nothing to read before it. */
	startsThread: boolean;
	attachments: Attachment[];
	/** Its author wants an answer of the model alone: documents and databases are not asked. */
	withoutKnowledge?: true;
	/** An edit made it one for the bot, or it was one before: then it was received before, perhaps long ago, and is not answered again. */
	byEdit?: true;
}

export interface MessageEdited extends EventBase, MessageWords {
	type: 'message-edited';
	place: Place;
	messageId: string;
	author: Actor;
	/** It had been deleted, and whoever deleted it took that back: these are its words again. */
	restored?: true;
}

export interface MessageDeleted extends EventBase {
	type: 'message-deleted';
	place: Place;
	messageId: string;
	/** Who had written it, whoever deleted it. */
	author: Actor;
}

/** The platform's own Stop control was used on whatever the bot is writing in this place. */
export interface StopRequested extends EventBase {
	type: 'stop-requested';
	place: Place;
	actor: Actor;
}

export interface ButtonPressed extends EventBase {
	type: 'button-pressed';
	place: Place;
	actor: Actor;
	/** The message that carries the button. Empty where not even that is told: then it is the bot's newest answer in the place. */
	messageId: string;
	button: ButtonAction;
	/** Lets the adapter answer this person privately, where the platform gives such a handle. */
	replyHandle?: string;
}

export interface CommandInvoked extends EventBase {
	type: 'command-invoked';
	place: Place;
	actor: Actor;
	/** What was typed after the root command: `stop`, `status`, … Empty when nothing was. */
	text: string;
	/** What a menu asked for one by one, by the English names of the command's arguments. Absent where the platform has no such menus. */
	options?: Readonly<Record<string, string>>;
	/** Of what was sent in by a form; absent for what was typed, or chosen in a menu. */
	form?: FormTicket;
	replyHandle?: string;
}

/** Somebody opened their private view of the bot and has not written anything yet. */
export interface DirectOpened extends EventBase {
	type: 'direct-opened';
	place: Place;
	actor: Actor;
}

/** Somebody chose, in the menu of a message that they see, that its files become documents of the place. */
export interface FilesOffered extends EventBase {
	type: 'files-offered';
	/** As of `FileShared`. */
	place: Place;
	actor: Actor;
	messageId: string;
	/** Who wrote it; null for an app. */
	sharedBy: Actor | null;
	/** ISO 8601. */
	sharedAt: string;
	/** Empty where it has none, and where the bot itself wrote it. */
	files: Attachment[];
	replyHandle?: string;
}

/** What somebody did with the bot, or said where it takes part. */
export type PersonalEvent =
	| MessageReceived
	| MessageEdited
	| MessageDeleted
	| StopRequested
	| ButtonPressed
	| CommandInvoked
	| FilesOffered
	| DirectOpened;

export type ChatEvent = PersonalEvent | PlaceEvent;

/**
 * What a button means. `replyId` is the id of the assistant message it belongs to: opaque, looked up again when pressed. Null in an event
 * of a platform that tells only which message was rated.
 */
export type ButtonAction =
	| { name: 'stop'; replyId: string }
	| { name: 'retry'; replyId: string; withoutKnowledge?: true }
	| { name: 'feedback'; replyId: string | null; rating: 'up' | 'down'; comment?: string }
	/** Asks the same again where nobody else reads along. */
	| { name: 'privately'; replyId: string }
	/** Of an answer from a company's database: the statement, or all rows as a file. */
	| { name: 'sql' | 'csv'; replyId: string }
	/** What somebody says to a file that they were offered: how the platform takes it, opaque to the core and not to be kept; null for no. */
	| { name: 'file'; replyId: string; taken: string | null }
	/** Of no answer: confirms what its person was asked. `replyId` is the id of that. */
	| { name: 'confirm'; replyId: string }
	| PassageAction;

/** Shows what stands at the source of this number. */
export interface PassageAction {
	name: 'passage';
	replyId: string;
	position: number;
}

/**
 * Takes one event for good. Resolves once the event is stored (or was stored before): only then may the adapter acknowledge.
 * @throws BotError `STORE_UNAVAILABLE` when it could not be stored: the adapter must not acknowledge.
 */
export type EventSink = (event: ChatEvent) => Promise<void>;

/**
 * Takes what a platform tells of an account unasked: closed, opened again, made a guest, renamed. Resolves once that is written down; what
 * gives more than the account had is asked for again before it counts.
 * @throws BotError `STORE_UNAVAILABLE`: the adapter must not acknowledge.
 */
export type ProfileSink = (platform: string, profile: Profile) => Promise<void>;
