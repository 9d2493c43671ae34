/** What the beginning, the updates and the end of one message share. */

import type { Clock } from '../clock.ts';
import type { BotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import { type Button, type ChatPlatform, type MessageReference, notSent, type OutgoingMessage } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Obstacle } from './obstacle.ts';
import type { PlaceRefusals } from './place-refusals.ts';
import type { Reservation, Road } from './reservation.ts';

/** Where a reply's messages are written down, so that another process can take them over. */
export interface ReplyRecord {
	/**
	 * A message is about to be sent: if its id never follows, it may be on the platform all the same. Written down when its turn has come, since
	 * whoever takes over looks for it, and thousands may be waiting.
	 */
	intended(position: number, mode: 'edit' | 'stream'): Promise<void>;
	shown(position: number, messageId: string): Promise<void>;
	/** Nothing more comes. Written down of streams alone: whoever takes over edits other messages as they are. */
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
	/** Shared by all replies. */
	streamRefusals: PlaceRefusals;
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
	/** The question's message, which the reply is tied to where the platform shows such ties. */
	questionMessageId: string;
	/** A person ended the native stream by the platform's own Stop. */
	onStopped: () => void;
	/** Ends every wait and every call: the process is going away and another one will take over. */
	signal: AbortSignal;
	/** Ends every wait and lets calls that are on their way arrive; as `signal` when not given. */
	waits?: AbortSignal;
	/** Whether its reader has waited for a while and seen nothing; never when not given. */
	isOverdue?: () => boolean;
	/** What a first post says where nobody can look whether it arrived, so that no beginning of the text is left behind; the text when not given. */
	sign?: string;
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
	/** A call whose answer was lost: nobody knows what the stream shows, or whether there is a message. */
	isUncertain: boolean;
	/** A person stopped the native stream. */
	isStopped: boolean;
	/** What the message shows is no text of the reply yet. */
	isSign: boolean;
	/** The platform takes no more changes of the message. */
	isFixed: boolean;
	/** The platform refused the message's form: its text goes alone. */
	isBare: boolean;
	/** How often the message was deleted by others. */
	deletions: number;
	/** Why nothing more can be shown, once that is so. */
	obstacle: Obstacle | null;
	/** When the last call about the native stream ended, by the clock. */
	streamCalledAtMs: number;
	/** How many messages were begun for this part: each has its own key, however often it is sent. */
	sends: number;
}

export function messageOf({ options, isBare }: PartContext, text: string, buttons: Button[]): OutgoingMessage {
	return { text, buttons, replyId: options.replyId, ...(isBare ? { isBare } : {}) };
}

/** Ends waits, not calls. */
export function waitsOf({ signal, waits = signal }: PartOptions): AbortSignal {
	return waits;
}

/** A new message, which must not appear twice. `sends` counts from 1. */
export function newMessageOf(context: PartContext, text: string, buttons: Button[]): OutgoingMessage {
	const { replyId, position, questionMessageId } = context.options;
	const sendKey = `${replyId}:${position}:${context.sends}`;
	return { ...messageOf(context, text, buttons), inReplyTo: questionMessageId, sendKey };
}

/** Nobody knows whether the message is on the platform. */
export function mayHaveArrived(error: BotError | null): boolean {
	return error?.code === 'PLATFORM_UNAVAILABLE' && error.reason !== notSent;
}

/** Waits as long as the platform wants between two calls about one stream. @throws BotError `CANCELLED` when the process goes away. */
export async function streamRest({ deps, options, streamCalledAtMs }: PartContext): Promise<void> {
	const { platform, clock } = deps;
	const restMs = streamCalledAtMs + (platform.capabilities.stream?.minCallIntervalMs ?? 0) - clock.now();
	if (restMs > 0) await clock.wait(restMs, waitsOf(options));
}

/** Whatever comes of the call, the next one counts from its end. */
export async function callStream<Result>(context: PartContext, call: () => Promise<Result>): Promise<Result> {
	try {
		return await call();
	} finally {
		context.streamCalledAtMs = context.deps.clock.now();
	}
}
