/** What the adapters' common suite needs of each platform: the adapter, and the hands and eyes of the people on it. */

import type { BotError } from '#src/errors.ts';
import type { Operation } from '#src/platform/capabilities.ts';
import type { Actor, ButtonAction, PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { PlaceChanged, PlaceEvent, PlaceRenamed } from '#src/platform/place-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import type { ShownSource } from '#test/emulators/shown-source.ts';

/** What a reader sees of a message. */
export interface SeenMessage {
	text: string;
	buttons: string[];
	isStreaming: boolean;
}

export interface Said {
	messageId: string;
	/** Where an answer to it belongs. */
	place: Place;
}

/** What an administrator of the platform can do to an account: rename it, make a guest of it, close it, open it again. */
export type AccountChange = 'rename' | 'make-guest' | 'close' | 'reopen';

/** What becomes of a place. */
export type PlaceChange = (PlaceChanged | PlaceRenamed)['type'];

/** What a place is called once it is renamed. */
export const newName = 'renamed';

/**
 * What a platform may not have at all. `accounts`: people come with those of another one. `changes`: nobody edits or takes back what they wrote.
 * `presses`: buttons do not arrive as events, but those that ask again. `troubles`: no call of it crosses a line that could fail.
 */
export type Lack = 'channels' | 'accounts' | 'files' | 'changes' | 'presses' | 'troubles';

/** An adapter that has begun, and the hands and eyes of the people on its platform. */
export interface AdapterUnderTest {
	platform: ChatPlatform;
	/** The kinds of places that the platform has, as far as a bot is let in. */
	kinds: readonly Place['kind'][];
	/** Nothing about these is tried. Absent where it has them all. */
	lacks?: readonly Lack[];
	people: { member: Actor; colleague: Actor; guest: Actor; outsider: Actor; gone: Actor };
	/** Somebody new, a member wherever `member` is one, and in no group. What is done to them disturbs no other test. */
	newcomer(): Promise<Actor>;
	/**
	 * Makes a group that a role can follow, with this person in it; the adapter has the right to know. Resolves once the adapter can know.
	 * @returns its id, as roles are mapped by it.
	 */
	giveGroup(person: Actor): Promise<string>;
	/** Takes the person out of the group again. Resolves once the adapter can know. */
	takeGroup(person: Actor, groupId: string): Promise<void>;
	/**
	 * The same platform as an adapter knows it that lacks the right to know groups, or has it switched off; `close` ends that adapter
	 * alone. Null where no right is needed that could be missing.
	 */
	withoutGroupRight: (() => Promise<{ platform: ChatPlatform; close(): Promise<void> }>) | null;
	/** The changes of accounts that the platform tells the adapter of, unasked. Empty where it tells none. */
	tells: readonly AccountChange[];
	/** An administrator of the platform does this to an account. Called with one of `tells`, and for an account that has spoken. */
	changeAccount(person: Actor, change: AccountChange): Promise<void>;
	/** A person writes; to the bot by its name when `mentions` is set; with `in`, in that thread, to what the bot said there last. */
	say(saying: {
		place: Place['kind'];
		text: string;
		mentions?: boolean;
		in?: Place;
		author?: Actor;
		file?: { name: string; mediaType: string; content: Buffer };
	}): Promise<Said>;
	/**
	 * A person says something in a thread that brings along what somebody else wrote: passed on, quoted, or however the platform does it.
	 * Absent where that is not tried yet.
	 */
	sayCiting?(saying: { in: Place; text: string; cited: { author: string; text: string } }): Promise<Said>;
	/** Another app posts in a thread, with words in a card and none in its text. Absent where that is not tried yet. */
	sayAsApp?(saying: { in: Place; app: string; text: string }): Promise<Said>;
	/** Another bot writes to ours by its name. */
	sayAsBot(text: string): Promise<void>;
	/** A new channel with a message in it by the first of these people: they and the bot are let in, and nobody else of those who are known. */
	openClosedChannel(people: readonly Actor[]): Promise<Said>;
	/** Lets somebody into a channel that was opened like that. */
	letIn(place: Place, who: Actor): Promise<void>;
	/** Takes somebody, or the bot, out of it. */
	shutOut(place: Place, who: Actor | 'bot'): Promise<void>;
	/** Resolves once what holds for a moment is over, where the adapter keeps anything that long. */
	settle(): Promise<void>;
	/** Does this to a channel that was opened like that, or to a thread in it. Called with one of what the adapter `tells`. @returns what it was done to. */
	changePlace(place: Place, change: PlaceChange): Promise<Place>;
	/** Takes the bot out of the whole workspace or guild, and puts it in again. Called where the adapter `tells` of that. */
	removeApp(): Promise<void>;
	/** Somebody changes a file that was shared, or takes it away altogether. Called with one of what the adapter `tells`. */
	changeFile(fileId: string, change: 'file-changed' | 'file-removed'): Promise<void>;
	/** The files that the bot has shown in a place, or a thread of it, each with the words that came with it. */
	shownFiles(place: Place): { name: string; content: Buffer; text: string }[];
	/** The link to a message, as its readers copy it. */
	linkTo(said: Said): string;
	edit(said: Said, text: string): Promise<void>;
	remove(said: Said): Promise<void>;
	/** Chooses the bot's entry in the menu of a message, which offers its files. Absent where messages have no such menu. */
	offer?(said: Said, who: Actor): Promise<void>;
	press(reference: MessageReference, action: ButtonAction, actor: Actor): Promise<void>;
	/** From now on the platform delivers everything twice. */
	deliverTwice(on: boolean): void;
	/** Sends the adapter a well-formed message that did not come from the platform. @returns whether it was taken. */
	forge(): Promise<boolean>;
	/** Null when the message is gone. */
	seen(reference: MessageReference): SeenMessage | null;
	/** The sources that a reader can see or open at the message. */
	sources(reference: MessageReference): ShownSource[];
	/** The sign of activity that is shown in the place, empty when there is none; any words where the platform shows none. */
	activity(place: Place): string;
	/** What this person was told in the place and nobody else can see. */
	privateWords(place: Place, actor: Actor): string[];
	/** They press the button of the newest private words there that have one. */
	pressOffer(place: Place, actor: Actor): Promise<void>;
	prompts(place: Place): string[];
	/** Whether the platform would notify anybody because of this message's text. */
	notifies(reference: MessageReference): boolean;
	/** The next call of this kind is refused as too many for two seconds, is lost, or is never answered. */
	failNext(operation: Operation, how: 'limited' | 'lost' | 'silent'): void;
	/** A person uses the platform's own Stop; `expire`: the stream outlives what the platform allows. */
	endStream(reference: MessageReference, how: 'stop' | 'expire'): Promise<void>;
	/** How both sinks answer from now on. */
	sinkFails(error: BotError | null): void;
	/** What the sink took of what people did with the bot, oldest first, since the last `forget`. */
	events: readonly PersonalEvent[];
	/** What it took of what happened in places. */
	happenings: readonly PlaceEvent[];
	/** What the sink of profiles took, oldest first, since the last `forget`. */
	profiles: readonly { platform: string; profile: Profile }[];
	forget(): void;
	close(): Promise<void>;
}
