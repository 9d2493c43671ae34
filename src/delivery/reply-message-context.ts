/** What the beginning, the updates and the end of one message of a reply share. */

import type { Clock } from '../clock.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { Button, ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { SourceWords } from '../platform/source.ts';
import type { Obstacle } from './obstacle.ts';
import type { PlaceRefusals } from './place-refusals.ts';
import type { MessageState } from './reply-message-state.ts';
import type { DeliveryMode, Reservation } from './reservation.ts';
import type { StreamPace } from './stream-pace.ts';

/** How a message is sent: whoever takes over closes what was streamed. */
export type RecordedMode = Extract<DeliveryMode, 'stream' | 'edit'>;

/** Where a reply's messages are written down, so that another process can take them over. */
export interface ReplyRecord {
	/**
	 * A message is about to be sent: if its id never follows, it may be on the platform all the same. Written down when its turn has come, since
	 * whoever takes over looks for it, and thousands may be waiting.
	 */
	intended(position: number, mode: RecordedMode): Promise<void>;
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
	/** The text could not go on in the mode that it began in, and why. */
	detoured(reason: string): void;
}

export interface ReplyMessageDependencies {
	platform: ChatPlatform;
	pacer: Pacer;
	clock: Clock;
	record: ReplyRecord;
	observer: DeliveryObserver;
	/** Shared by all replies. */
	streamRefusals: PlaceRefusals;
}

export interface ReplyMessageOptions {
	position: number;
	place: Place;
	recipient: Actor;
	replyId: string;
	/** For what the last message shows below its text. */
	sourceWords: SourceWords;
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

/** One message, as far as it has come. */
export interface MessageContext {
	readonly deps: ReplyMessageDependencies;
	readonly options: ReplyMessageOptions;
	readonly reservation: Reservation;
	readonly streamPace: StreamPace;
	/** As reserved, until the platform refuses it. */
	mode: DeliveryMode;
	state: MessageState;
	/** Why nothing more can be shown, once that is so. */
	obstacle: Obstacle | null;
	/** The platform refused the message's form: its text goes alone. */
	isBare: boolean;
	/** How often it was deleted by others. */
	deletions: number;
	/** From 1. One that takes the place of another is a message of its own, with a key of its own. */
	number: number;
}

/** The present text of a message: all of it, and as much of it as will never change again. */
export interface PresentText {
	text: string;
	stable: string;
	/** What is said before there is text. */
	isSign?: boolean;
}

/** Ends waits, not calls. */
export function waitsOf({ signal, waits = signal }: ReplyMessageOptions): AbortSignal {
	return waits;
}

/** From here on the message can only be edited, if there is room for that. */
export async function leaveStreamMode(context: MessageContext): Promise<void> {
	const { deps, options, reservation } = context;
	context.mode = (await deps.pacer.reserve('edit', options.place, reservation.id)) ? 'edit' : 'once';
}
