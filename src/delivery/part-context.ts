/** What the beginning, the updates and the end of one message share. */

import type { Clock } from '../clock.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { Button, ChatPlatform, MessageReference, OutgoingMessage } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Pacer } from './pacer.ts';
import type { Reservation, Road } from './reservation.ts';

/** Where a reply's messages are written down, so that another process can take them over. */
export interface ReplyRecord {
	/** A message is about to be sent: if its id never follows, it may be on the platform all the same. */
	intended(position: number, mode: 'edit' | 'stream'): Promise<void>;
	shown(position: number, messageId: string): Promise<void>;
	final(position: number): Promise<void>;
	/** Whether this message was written down here before. */
	isKnown(messageId: string): boolean;
}

export interface DeliveryObserver {
	/** The first text of a reply is visible. */
	firstText(): void;
	/** A message changed while its reply went on. */
	updated(): void;
	/** The text had to take another road than it began on, and why. */
	detoured(reason: string): void;
}

export interface PartDependencies {
	platform: ChatPlatform;
	pacer: Pacer;
	clock: Clock;
	record: ReplyRecord;
	observer: DeliveryObserver;
	/** Kinds of places where the platform refused native streams; shared by all replies. */
	streamRefusals: Set<Place['kind']>;
}

export interface PartOptions {
	position: number;
	place: Place;
	recipient: Actor;
	replyId: string;
	/** A message of an earlier, interrupted attempt to be reused. */
	existing: MessageReference | undefined;
	/** Shown while the text is still growing. */
	liveButtons: Button[];
	/** False when the reply must not stream natively: interrupted before, or switched off. */
	mayStream: boolean;
	/** Ends every wait: the process is going away and another one will take over. */
	signal: AbortSignal;
}

/** The state of one message. */
export interface PartContext {
	readonly deps: PartDependencies;
	readonly options: PartOptions;
	readonly reservation: Reservation;
	/** As reserved, until the platform closes that road. */
	road: Road;
	reference: MessageReference | null;
	/** The text that the message is known to show. */
	shown: string;
	isStreamOpen: boolean;
	/** The message was sent and its answer was lost: it may be there. */
	isSendLost: boolean;
	/** An append whose answer was lost: nobody knows what the stream shows. */
	isUncertain: boolean;
}

export function messageOf({ options }: PartContext, text: string, buttons: Button[]): OutgoingMessage {
	return { text, buttons, replyId: options.replyId };
}
