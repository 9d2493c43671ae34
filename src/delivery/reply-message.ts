/** One message of a reply, from its first words to its final text, in whatever mode the budgets leave. */

import type { MessageReference } from '../platform/chat-platform.ts';
import type { Obstacle } from './obstacle.ts';
import { beginMessage } from './reply-message-beginning.ts';
import { abandonMessage, type Closing, closeMessage } from './reply-message-closing.ts';
import type { MessageContext, PresentText, ReplyMessageDependencies, ReplyMessageOptions } from './reply-message-context.ts';
import { closeStream, type FinalText, finishMessage, leaveMessage } from './reply-message-ending.ts';
import { hasText, isOpenStream, isPlaced, mayChange, placed, unsent } from './reply-message-state.ts';
import { appendToStream, editMessage } from './reply-message-update.ts';
import { reserveDelivery } from './reservation.ts';
import { createStreamPace } from './stream-pace.ts';

export interface ReplyMessage {
	/** Whether something should be shown before the end. */
	readonly isLive: boolean;
	/** It only takes more text, at its end. */
	readonly isStreaming: boolean;
	/** Where it is on the platform; null while it is not. */
	readonly reference: MessageReference | null;
	/** Why nothing more of the reply can be shown; null while it can. */
	readonly obstacle: Obstacle | null;
	/** Whether it shows some of the text. */
	readonly hasText: boolean;
	/** When it should change again, by the clock; 0 while nothing is shown yet, and for the first text after a sign. */
	nextUpdateAtMs(isText: boolean): number;
	/** True when the native stream is about to outlive its allowance: the message must end. */
	isTooOld(): boolean;
	/**
	 * Shows the newest text as soon as the budget allows; `look` is asked at that moment. @throws BotError `CANCELLED` when `until` fires
	 * first, or the platform's error: the next `show` or `finish` makes up for it.
	 */
	show(look: () => PresentText, pendingCharacters: () => number, until: AbortSignal): Promise<void>;
	/**
	 * Resolves when it is there, or there is an obstacle.
	 * @throws BotError when the platform does not answer for too long.
	 */
	finish(final: FinalText): Promise<void>;
	/** Its text will be another one: leaves it so that it can be edited from the beginning. */
	giveUp(): Promise<void>;
	/** After an obstacle: ends what is shown with these words, as far as the platform lets us. Resolves to whether they are there. */
	close(closing: Closing): Promise<boolean>;
	/** For a reply that is to be taken away: leaves no stream open. */
	abandon(): Promise<void>;
	/** For a reply that ends without this message: others may have its place in the budgets. */
	leave(): Promise<void>;
}

/** Reservations last two minutes; renewed well before. */
const renewAfterMs = 45_000;
/** The first words matter most: each update makes the next one wait a tenth longer, up to four times the least. */
const slowdown = 0.1;
const maxSlowdown = 4;

/** Reserves how the message is delivered, and returns its life. */
export async function createReplyMessage(deps: ReplyMessageDependencies, options: ReplyMessageOptions): Promise<ReplyMessage> {
	const { platform, pacer, clock } = deps;
	const { stream, minEditIntervalMs } = platform.capabilities;
	const { existing, place } = options;
	const mayStream = options.mayStream && existing === undefined && !deps.streamRefusals.isRefused(place);
	const reservation = await reserveDelivery(pacer, platform.capabilities, place, mayStream);
	const context: MessageContext = {
		...{ deps, options, reservation },
		streamPace: createStreamPace(clock, platform.capabilities),
		mode: reservation.mode,
		state: existing === undefined ? unsent : placed(existing, { text: '', isSign: false }, false),
		obstacle: null,
		isBare: false,
		deletions: 0,
		number: 1,
	};
	const beganAtMs = clock.now();
	let shownAtMs = beganAtMs;
	let renewedAtMs = beganAtMs;
	let updates = 0;

	async function renewReservation(): Promise<void> {
		if (clock.now() - renewedAtMs < renewAfterMs) return;
		renewedAtMs = clock.now();
		await reservation.renew();
	}

	async function update(look: () => PresentText, pendingCharacters: () => number, until: AbortSignal): Promise<void> {
		const { state } = context;
		const sinceMs = shownAtMs;
		const urgency = () => (clock.now() - sinceMs) * (1 + pendingCharacters() / 200);
		// No other state is live.
		if (state.kind === 'streaming') await appendToStream(context, state, look, urgency, until);
		else if (state.kind === 'posted') await editMessage(context, state, look, urgency, until);
		updates++;
		deps.observer.updated();
	}

	return {
		get isLive() {
			return context.mode !== 'once' && mayChange(context.state);
		},
		get isStreaming() {
			return isOpenStream(context.state);
		},
		get reference() {
			return isPlaced(context.state) ? context.state.reference : null;
		},
		get obstacle() {
			return context.obstacle;
		},
		get hasText() {
			return hasText(context.state);
		},
		nextUpdateAtMs(isText) {
			const { state } = context;
			if (!isPlaced(state) || (isText && state.shown.isSign)) return 0;
			const isStreaming = isOpenStream(state);
			const leastMs = isStreaming ? (stream?.minIntervalMs ?? 0) : minEditIntervalMs;
			// Where the stream itself is how we learn of Stop, waiting longer would mean stopping later.
			const mostSlowdown = isStreaming && stream?.endsWhenStopped ? 1 : maxSlowdown;
			return shownAtMs + leastMs * Math.min(1 + updates * slowdown, mostSlowdown);
		},
		isTooOld: () => isOpenStream(context.state) && stream !== null && clock.now() - beganAtMs > stream.maxLifetimeMs,
		async show(look, pendingCharacters, until) {
			await renewReservation();
			await (isPlaced(context.state) ? update(look, pendingCharacters, until) : beginMessage(context, look, until));
			shownAtMs = clock.now();
		},
		finish: (final) => finishMessage(context, final),
		async giveUp() {
			const { state } = context;
			if (isOpenStream(state)) await closeStream(context, state, { text: state.shown.text, buttons: [], sources: [] });
		},
		close: (closing) => closeMessage(context, closing),
		abandon: () => abandonMessage(context),
		leave: () => leaveMessage(context),
	};
}
