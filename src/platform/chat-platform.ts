/** The port between the core and a chat platform: what an adapter gives. Types only. */

import type { Block } from '../markdown/block.ts';
import type { PlaceAudience } from './audience.ts';
import type { Capabilities } from './capabilities.ts';
import type { Actor, Attachment, ButtonAction, EventSink, MessageWords, PassageAction, ProfileSink } from './chat-event.ts';
import type { CommandResult } from './command-result.ts';
import type { Directory } from './directory.ts';
import type { Form } from './form.ts';
import type { Place } from './place.ts';
import type { FileShared, MemberChanged, PlaceChanged } from './place-event.ts';
import type { Profile } from './profile.ts';
import type { ShownPassage, SourceList } from './source.ts';
import type { TypingSource } from './typing.ts';

/** A message that the bot has on the platform. */
export interface MessageReference {
	place: Place;
	messageId: string;
}

export interface Button {
	label: string;
	/** Passages have buttons that belong to the message's sources, and a file that is offered has the platform's own. */
	action: Exclude<ButtonAction, PassageAction | { name: 'file' }>;
}

/** Words of our own for one person, with a button below. */
export interface PrivateOffer {
	text: string;
	button: Button;
}

/** What one message shows. */
export interface OutgoingMessage {
	/** Text already rendered for this platform by `renderBlock`, within `capabilities.messageText`. */
	text: string;
	buttons: Button[];
	/**
	 * Shown below the text or at its numbers, as the platform has it: as many as it takes, and how many more there are. On a message of a
	 * reply, a button asks for the passage of each that `canShow`.
	 */
	sources?: SourceList;
	/** Marks the message as part of this reply, invisibly, so that it can be found again after a crash. */
	replyId?: string;
	/** The mark is of no reply: a line that stands by itself. */
	isAside?: true;
	/** The message that it answers, where the platform shows such a tie. */
	inReplyTo?: string;
	/** The same for every attempt to send this one message: a platform that knows such keys shows it once. */
	sendKey?: string;
	/** The text alone, in the simplest form there is: the platform refused the message with its buttons, marks and ties. */
	isBare?: boolean;
}

/** A file that the bot makes. */
export interface OutgoingFile {
	name: string;
	mediaType: string;
	bytes: Uint8Array;
}

/** A file that somebody is asked about before it is made for them. */
export interface FileOffer extends Omit<OutgoingFile, 'bytes'> {
	/** A few plain words to it. */
	about: string;
	/** As large as it is now, or about so. */
	sizeBytes: number;
	/** Comes back with what they say. */
	replyId: string;
}

/** What is added to a stream. */
export interface StreamText {
	delta: string;
	/** Everything up to and including `delta`, for platforms that want the whole each time. */
	text: string;
}

export interface Suggestions {
	greeting: string;
	prompts: readonly { title: string; message: string }[];
}

export type { Profile } from './profile.ts';
export type { Refusal } from './refusal.ts';
export type { Source } from './source.ts';

/** A message of a thread, read as an event is read. */
export interface ThreadMessage extends MessageWords {
	messageId: string;
	/** This bot itself, a person, or another app. */
	author: 'self' | 'person' | 'app';
	authorName: string;
	/** ISO 8601. */
	writtenAt: string;
}

/** Which part of a thread is wanted. */
export interface ThreadRange {
	/** What was said before this message; up to now without it. */
	before?: string;
	/** And after this one, where that is not the whole thread. */
	after?: string;
	/** At most so many messages: the newest of them. */
	limit: number;
}

/** Files of a place's past. */
export interface FilePage {
	/** As events tell of them, with the same ids. */
	shared: FileShared[];
	/** Where to go on, opaque to the core; null when there is nothing more. */
	next: string | null;
}

/** From which page on, and how far back. */
export interface FileRange {
	/** `FilePage.next` of the page before; null for the first one. */
	cursor: string | null;
	/** ISO 8601: what was said before is of no interest. Null for all. */
	since: string | null;
}

export interface PlatformHealth {
	state: 'starting' | 'up' | 'down';
	/** What is wrong and what to do, for `/readyz`; no secrets. */
	reason?: string;
}

/** `BotError.reason` of a `PLATFORM_UNAVAILABLE` after which the call surely was not carried out. */
export const notSent = 'not-sent';

/**
 * One chat platform. Every method that calls the platform takes a signal, has its own time limit and throws BotError:
 * `PLATFORM_RATE_LIMITED` (with `retryAfterMs`), `PLATFORM_REJECTED` (with a `Refusal` or the platform's own word in `reason`, and in `refusal`
 * what that word means, where it is known),
 * `PLATFORM_UNAVAILABLE` (nobody knows whether it was carried out, unless its reason is `notSent`), `CANCELLED`.
 */
export interface ChatPlatform {
	readonly name: string;
	readonly capabilities: Capabilities;

	/** Starts intake; `profiles` hears of accounts where the platform tells of them; `typing` says what menus offer while somebody types. Resolves at once even when the platform refuses the credentials: `health` tells, and it keeps trying. */
	start(sink: EventSink, profiles: ProfileSink, typing?: TypingSource): Promise<void>;
	/** Stops intake. Sending still works afterwards, so that replies in flight can end. */
	stop(): Promise<void>;
	health(): PlatformHealth;

	/** Pure. The platform's own form of one block of Markdown: safe to show, never pings anyone. */
	renderBlock(block: Block): string;

	post(place: Place, message: OutgoingMessage, signal: AbortSignal): Promise<MessageReference>;
	edit(reference: MessageReference, message: OutgoingMessage, signal: AbortSignal): Promise<void>;
	remove(reference: MessageReference, signal: AbortSignal): Promise<void>;
	/** Opens a native stream that shows `text`. Only where `capabilities.stream` allows. */
	openStream(place: Place, recipient: Actor, text: string, signal: AbortSignal): Promise<MessageReference>;
	appendStream(reference: MessageReference, addition: StreamText, signal: AbortSignal): Promise<void>;
	/** Adds `delta`, closes the stream and shows the message's buttons; `message.text` is the whole text, for platforms that want it. */
	closeStream(reference: MessageReference, delta: string, message: OutgoingMessage, signal: AbortSignal): Promise<void>;

	/** Shows that the bot is at work, in a few words; null takes it away. The cheapest first sign there is. */
	showActivity(place: Place, text: string | null, signal: AbortSignal): Promise<void>;
	/** Tells one person something that nobody else sees, in the form that suits the platform: words of our own, which no model wrote. */
	sendPrivately(place: Place, actor: Actor, told: CommandResult, replyHandle: string | undefined, signal: AbortSignal): Promise<void>;
	/**
	 * Pure. Whether what happened to one place holds for another one too: for a channel of the same team, for a thread of a channel that is gone.
	 * Absent where it never does.
	 */
	concerns?(event: MemberChanged | PlaceChanged, place: Place): boolean;
	/**
	 * Asks one person in a form that nobody else sees; what they enter arrives as `command-invoked`. False where that cannot be: then the command
	 * goes its way. Absent where a form is opened before the event is taken in, by the adapter itself.
	 */
	sendForm?(place: Place, actor: Actor, form: Form, signal: AbortSignal): Promise<boolean>;
	/**
	 * Shows one person a passage, and nobody else, as `sendPrivately` tells them something; of a long one the beginning, with its notice. What
	 * cannot be shown to them alone is not shown: `PLATFORM_REJECTED` with the refusal `not-alone`.
	 */
	showPassage(place: Place, actor: Actor, passage: ShownPassage, replyHandle: string | undefined, signal: AbortSignal): Promise<void>;
	/** Shows one person an offer, and nobody else; refused as `showPassage` is. */
	sendOffer(place: Place, actor: Actor, offer: PrivateOffer, signal: AbortSignal): Promise<void>;
	/**
	 * Shows a file, with a few plain words to it or none (empty). Only where `capabilities.files` allows; larger ones are refused as `too-long`.
	 * Not to be repeated when nobody knows whether it was carried out.
	 */
	sendFile(place: Place, file: OutgoingFile, comment: string, signal: AbortSignal): Promise<void>;
	/**
	 * Asks somebody, in their direct conversation, whether they take a file; what they say arrives as the button `file`. Absent where files are shown
	 * without asking, or not at all.
	 */
	offerFile?(place: Place, offer: FileOffer, signal: AbortSignal): Promise<void>;
	/** Brings a file to where somebody took it, and shows that it is there. @param taken As the button `file` brought it. Not to be repeated, as `sendFile`. */
	bringFile?(place: Place, file: OutgoingFile, taken: string, signal: AbortSignal): Promise<void>;
	/**
	 * The direct conversation of the bot with somebody, opened where there was none. `lastSeen` is any place where they were met, which
	 * `capabilities.knowsPeopleByPlace` asks for: without it the call is refused there. So it is when they take nothing from the bot.
	 */
	openPersonalChat(actor: Actor, lastSeen: Place | null, signal: AbortSignal): Promise<Place>;
	/** Offers things to ask, in an empty private conversation; `greeting` where they cannot stand alone. */
	suggestPrompts(place: Place, suggestions: Suggestions, signal: AbortSignal): Promise<void>;

	/** What it told of many people at once; absent where it tells of each by themselves alone. */
	readonly directory?: Directory;
	/** `place` is where they were met: some platforms know people only there. */
	fetchProfile(actor: Actor, place: Place, signal: AbortSignal): Promise<Profile>;
	/**
	 * The ids of the groups that a role can follow and this person is in: user groups in Slack, roles in Discord, groups of Entra in Teams.
	 * Null where the platform does not tell, because a right is missing or a setting is off.
	 */
	fetchGroups(actor: Actor, place: Place, signal: AbortSignal): Promise<readonly string[] | null>;
	/**
	 * The bytes of a file that an event brought. The iteration throws BotError as the methods do, and `TOO_LARGE` as soon as there are more
	 * than `maxBytes`; `NOT_FOUND` when the file is gone or its address is too old. Where `file-changed` is told, its id is enough: `source` may be null.
	 */
	fetchFile(attachment: Attachment, place: Place, maxBytes: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
	/**
	 * What people have shared in a place as a whole, its threads included, about from the newest to the oldest: a page for each call of the platform,
	 * which may hold none. Only in `capabilities.listsFiles`; `PLATFORM_REJECTED` too where the bot is not let in.
	 */
	listFiles(place: Place, range: FileRange, signal: AbortSignal): Promise<FilePage>;
	/**
	 * What was said in the thread, oldest first: by people, by other apps and by the bot. Without a thread in the place: what was said in the place
	 * outside of its threads, or, where messages form none, all of it.
	 */
	readThread(place: Place, range: ThreadRange, signal: AbortSignal): Promise<ThreadMessage[]>;
	/**
	 * The ids of accounts that are in the place and may read what was said there: of all, where `capabilities.listsMembers`; elsewhere no more
	 * than that of `actor`. Empty too where the bot itself is not let in.
	 */
	fetchMembers(place: Place, actor: Actor, signal: AbortSignal): Promise<ReadonlySet<string>>;
	/**
	 * Of a channel or a group, as a whole. What the platform does not say is said to the worse. `memberIds` is what `fetchMembers` answered, for
	 * whoever has it; it is asked for when not given.
	 */
	fetchAudience(place: Place, signal: AbortSignal, memberIds?: ReadonlySet<string>): Promise<PlaceAudience>;
	/**
	 * Pure. The message that a link of this platform is about; null for any other link. `near` is where the link was pasted, or where the asker
	 * was seen last: it tells the way, on platforms whose links do not. A group may look like a channel.
	 */
	messageAt(link: string, near: Place | null): MessageReference | null;
	/** The link by which people open a message; null where there is none. Only in `capabilities.linksMessages`. */
	permalink(reference: MessageReference, signal: AbortSignal): Promise<string | null>;
	/** One message, read as those of a thread are; null when it is gone or the bot may not see it. Only in `capabilities.readsMessages`. */
	readMessage(reference: MessageReference, signal: AbortSignal): Promise<ThreadMessage | null>;
	/** Whether a person's message is still there. Absent where deletions are told, however late: then nobody has to ask. */
	isThere?(reference: MessageReference, signal: AbortSignal): Promise<boolean>;
	/**
	 * Whether a file still lies in the message that it was shared with. Null when nobody can say: false is said only where the platform surely has it no
	 * more, since what was read of it is then removed. Absent where that can be said of no message.
	 */
	isShared?(reference: MessageReference, fileId: string, signal: AbortSignal): Promise<boolean | null>;
	/** The bot's own messages in the thread after `afterMessageId`; `replyId` as far as it is marked. */
	findOwnMessages(
		place: Place,
		afterMessageId: string,
		signal: AbortSignal,
	): Promise<{ reference: MessageReference; replyId: string | null }[]>;
}
