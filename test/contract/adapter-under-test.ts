/** What the adapters' common suite needs of each platform: the adapter, and the hands and eyes of the people on it. */

import type { BotError } from '#src/errors.ts';
import type { Operation } from '#src/platform/capabilities.ts';
import type { Actor, ButtonAction, ChatEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';

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

/** An adapter that has begun, and the hands and eyes of the people on its platform. */
export interface AdapterUnderTest {
	platform: ChatPlatform;
	/** The kinds of places that the platform has, as far as a bot is let in. */
	kinds: readonly Place['kind'][];
	people: { member: Actor; colleague: Actor; guest: Actor; outsider: Actor; gone: Actor };
	/** A person writes; to the bot by its name when `mentions` is set; with `in`, in that thread, to what the bot said there last. */
	say(saying: {
		place: Place['kind'];
		text: string;
		mentions?: boolean;
		in?: Place;
		author?: Actor;
		file?: { name: string; mediaType: string; content: Buffer };
	}): Promise<Said>;
	/** Another bot writes to ours by its name. */
	sayAsBot(text: string): Promise<void>;
	edit(said: Said, text: string): Promise<void>;
	remove(said: Said): Promise<void>;
	press(reference: MessageReference, action: ButtonAction, actor: Actor): Promise<void>;
	/** From now on the platform delivers everything twice. */
	deliverTwice(on: boolean): void;
	/** Sends the adapter a well-formed message that did not come from the platform. @returns whether it was taken. */
	forge(): Promise<boolean>;
	/** Null when the message is gone. */
	seen(reference: MessageReference): SeenMessage | null;
	/** The sources that a reader can see or open at the message. */
	sources(reference: MessageReference): { position: number; title: string; url: string | null }[];
	/** The sign of activity that is shown in the place, empty when there is none; any words where the platform shows none. */
	activity(place: Place): string;
	/** What this person was told in the place and nobody else can see. */
	privateWords(place: Place, actor: Actor): string[];
	prompts(place: Place): string[];
	/** Whether the platform would notify anybody because of this message's text. */
	notifies(reference: MessageReference): boolean;
	/** The next call of this kind is refused as too many for two seconds, is lost, or is never answered. */
	failNext(operation: Operation, how: 'limited' | 'lost' | 'silent'): void;
	/** A person uses the platform's own Stop; `expire`: the stream outlives what the platform allows. */
	endStream(reference: MessageReference, how: 'stop' | 'expire'): Promise<void>;
	/** How the sink answers from now on. */
	sinkFails(error: BotError | null): void;
	/** What the sink took, oldest first, since the last `forget`. */
	events: readonly ChatEvent[];
	forget(): void;
	close(): Promise<void>;
}
