/** One message of a reply, from its first words to its final text, on whatever road the budgets leave. */

import { type BotError, toBotError } from '../errors.ts';
import type { PacedCall } from '../pacing/pacer.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { refusalOf } from '../platform/refusal.ts';
import { takeOverLost } from './lost-message.ts';
import { inSomeForm, noteRefusal, type Obstacle } from './obstacle.ts';
import { abandonPart, type Closing, closePart, hasText } from './part-closing.ts';
import {
	callStream,
	mayHaveArrived,
	messageOf,
	newMessageOf,
	type PartContext,
	type PartDependencies,
	type PartOptions,
	waitsOf,
} from './part-context.ts';
import { closeStream, finalCall, finishPart, leavePart } from './part-ending.ts';
import { reserveRoad } from './reservation.ts';

/** The present text of a part: all of it, and as much of it as will never change again. */
export interface PartText {
	text: string;
	stable: string;
	/** What is said before there is text. */
	isSign?: boolean;
}

export interface Part {
	/** Whether something should be shown before the end. */
	readonly isLive: boolean;
	/** Its message only takes more text, at its end. */
	readonly isStreaming: boolean;
	/** Its message, null before there is one. */
	readonly reference: MessageReference | null;
	/** Why nothing more of the reply can be shown; null while it can. */
	readonly obstacle: Obstacle | null;
	/** Whether it shows some of the text. */
	readonly hasText: boolean;
	/** When the message should change again, by the clock; 0 while nothing is shown yet, and for the first text after a sign. */
	nextUpdateAtMs(isText: boolean): number;
	/** True when the native stream is about to outlive its allowance: the part must end. */
	isTooOld(): boolean;
	/**
	 * Shows the newest text as soon as the budget allows; `look` is asked at that moment. @throws BotError `CANCELLED` when `until` fires
	 * first, or the platform's error: the next `show` or `finish` makes up for it.
	 */
	show(look: () => PartText, pendingCharacters: () => number, until: AbortSignal): Promise<void>;
	/**
	 * Shows the final text; `bareText` where the platform lets it have no buttons. Resolves when it is there, or there is an obstacle.
	 * @throws BotError when the platform does not answer for too long.
	 */
	finish(text: string, buttons: Button[], bareText?: string): Promise<void>;
	/** Its text will be another one: leaves its message so that it can be edited from the beginning. */
	giveUp(): Promise<void>;
	/** After an obstacle: ends what is shown with these words, as far as the platform lets us. Resolves to whether they are there. */
	close(closing: Closing): Promise<boolean>;
	/** For a reply that is to be taken away: leaves no stream open. */
	abandon(): Promise<void>;
	/** For a reply that ends without this part: others may have its place in the budgets. */
	leave(): Promise<void>;
}

/** Reservations last two minutes; renewed well before. */
const renewAfterMs = 45_000;
/** The first words matter most: each update makes the next one wait a tenth longer, up to four times the least. */
const slowdown = 0.1;
const maxSlowdown = 4;

/** Takes the road for this part and returns its life. */
export async function createPart(deps: PartDependencies, options: PartOptions): Promise<Part> {
	const { platform, pacer, clock } = deps;
	const { stream, minEditIntervalMs } = platform.capabilities;
	const mayStream = options.mayStream && options.existing === undefined && !deps.streamRefusals.isRefused(options.place);
	const reservation = await reserveRoad(pacer, platform.capabilities, options.place, mayStream);
	const context: PartContext = {
		deps,
		options,
		reservation,
		road: reservation.road,
		reference: options.existing ?? null,
		shown: '',
		isStreamOpen: false,
		isSendLost: false,
		isUncertain: false,
		isStopped: false,
		isSign: false,
		isFixed: false,
		isBare: false,
		deletions: 0,
		obstacle: null,
		streamCalledAtMs: 0,
		sends: 0,
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

	async function update(look: () => PartText, pendingCharacters: () => number, until: AbortSignal): Promise<void> {
		const sinceMs = shownAtMs;
		const urgency = () => (clock.now() - sinceMs) * (1 + pendingCharacters() / 200);
		await (context.isStreamOpen ? append(context, look, urgency, until) : edit(context, look, urgency, until));
		updates++;
		deps.observer.updated();
	}

	return {
		get isLive() {
			return context.road !== 'once' && !context.isUncertain && !context.isFixed;
		},
		get isStreaming() {
			return context.isStreamOpen;
		},
		get reference() {
			return context.reference;
		},
		get obstacle() {
			return context.obstacle;
		},
		get hasText() {
			return hasText(context);
		},
		nextUpdateAtMs(isText) {
			if (context.reference === null || (isText && context.isSign)) return 0;
			const leastMs = context.isStreamOpen ? (stream?.minIntervalMs ?? 0) : minEditIntervalMs;
			// Where the stream itself is how we learn of Stop, waiting longer would mean stopping later.
			const mostSlowdown = context.isStreamOpen && stream?.endsWhenStopped ? 1 : maxSlowdown;
			return shownAtMs + leastMs * Math.min(1 + updates * slowdown, mostSlowdown);
		},
		isTooOld: () => context.isStreamOpen && stream !== null && clock.now() - beganAtMs > stream.maxLifetimeMs,
		async show(look, pendingCharacters, until) {
			await renewReservation();
			await (context.reference === null ? begin(context, look, until) : update(look, pendingCharacters, until));
			shownAtMs = clock.now();
		},
		finish: (text, buttons, bareText = text) => finishPart(context, { text, buttons, bareText }),
		giveUp: async () => void (await closeStream(context, { text: context.shown, buttons: [], bareText: context.shown })),
		close: (closing) => closePart(context, closing),
		abandon: () => abandonPart(context),
		leave: () => leavePart(context),
	};
}

async function begin(context: PartContext, look: () => PartText, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	await takeOverLost(context);
	// A stream shows only what is final, and no platform takes a message without words: what came may be the beginning of a formula.
	if (context.reference !== null || look()[context.road === 'stream' ? 'stable' : 'text'] === '') return;
	const streamed = context.road === 'stream' ? await openStream(context, look, until) : null;
	// What is refused is posted at once, if there is room for that: whether anything may be said here is to be known soon.
	const reference = streamed ?? (context.road === 'once' ? null : await post(context, look, until));
	if (reference === null) return;
	context.reference = reference;
	await deps.record.shown(options.position, reference.messageId);
	if (!context.isSign) deps.observer.firstText();
}

async function post(context: PartContext, look: () => PartText, until: AbortSignal): Promise<MessageReference> {
	const { deps, options } = context;
	context.sends = context.deletions + 1;
	const attempt = async () => {
		await deps.record.intended(options.position, 'edit');
		Object.assign(context, firstWords(context, look()));
		const message = newMessageOf(context, context.shown, options.liveButtons);
		return await send(context, deps.platform.post(options.place, message, options.signal));
	};
	try {
		return await inSomeForm(context, 'new', () =>
			deps.pacer.run({ operation: 'post', place: options.place, priority: rankOf(options) }, until, attempt),
		);
	} catch (thrown) {
		const error = toBotError(thrown);
		// A few words that are refused in every form: so would all the others be.
		if (error.code === 'PLATFORM_REJECTED') context.obstacle = 'not-accepted';
		noteRefusal(context, error);
		throw error;
	}
}

/** What somebody has waited for for long goes before the ends of other people's replies: the first message of a reply, and none behind it. */
function rankOf({ position, isOverdue = () => false }: PartOptions): PacedCall['priority'] {
	return () => (position === 0 && isOverdue() ? 'overdue' : 'first');
}

/** Where nobody can look for a message whose answer was lost, nothing of the text may be left behind in it. */
function firstWords({ deps, options }: PartContext, { text, isSign = false }: PartText): Pick<PartContext, 'shown' | 'isSign'> {
	const sign = deps.platform.capabilities.findsOwnMessages || isSign ? undefined : options.sign;
	return { shown: sign ?? text, isSign: isSign || sign !== undefined };
}

/** Of a first call: when nobody knows whether it was carried out, that is to be found out before the next one; or there is none before the end. */
async function send(context: PartContext, call: Promise<MessageReference>): Promise<MessageReference> {
	try {
		return await call;
	} catch (thrown) {
		const isLost = mayHaveArrived(toBotError(thrown));
		const canFind = context.deps.platform.capabilities.findsOwnMessages;
		context.isSendLost = isLost && canFind;
		context.isUncertain = isLost && !canFind;
		throw thrown;
	}
}

/** Null when the platform does not take native streams here; then nobody tries again for a while. */
async function openStream(context: PartContext, look: () => PartText, until: AbortSignal): Promise<MessageReference | null> {
	const { deps, options, reservation } = context;
	const { place, recipient, signal } = options;
	try {
		const call: PacedCall = { operation: 'open-stream', place, priority: rankOf(options), reservation: reservation.id };
		return await deps.pacer.run(call, until, async () => {
			await deps.record.intended(options.position, 'stream');
			context.shown = look().stable;
			const opening = callStream(context, () => deps.platform.openStream(place, recipient, context.shown, signal));
			const reference = await send(context, opening);
			context.isStreamOpen = true;
			return reference;
		});
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code !== 'PLATFORM_REJECTED') throw error;
		deps.streamRefusals.refused(place);
		await leaveStream(context);
		deps.observer.detoured(error.reason ?? error.code);
		return null;
	}
}

async function append(context: PartContext, look: () => PartText, urgency: () => number, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	try {
		await deps.pacer.run({ operation: 'append-stream', place: options.place, priority: 'update', urgency }, until, async () => {
			const { stable } = look();
			const { reference, shown } = context;
			if (reference === null || stable.length <= shown.length || !stable.startsWith(shown)) return;
			const addition = { delta: stable.slice(shown.length), text: stable };
			await callStream(context, () => deps.platform.appendStream(reference, addition, options.signal));
			context.shown = stable;
		});
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code === 'PLATFORM_UNAVAILABLE') context.isUncertain = true;
		else if (error.code !== 'PLATFORM_REJECTED') throw error;
		else await endStream(context, error);
		noteRefusal(context, error);
		await leaveStream(context);
		// Gone with all that it showed, which is due anew.
		if (context.reference === null) throw error;
		deps.observer.detoured(error.reason ?? error.code);
	}
}

/** Refused for another reason than its own end, a stream is still open and stands in the way of edits. */
async function endStream(context: PartContext, error: BotError): Promise<void> {
	const { deps, options, reference } = context;
	context.isStreamOpen = false;
	const refusal = refusalOf(error);
	if (reference === null || refusal === 'stream-closed' || refusal === 'stopped-by-person' || refusal === 'message-gone') return;
	const close = () => deps.platform.closeStream(reference, '', { text: '', buttons: [] }, options.signal);
	await deps.pacer.run(finalCall(context, 'close-stream'), waitsOf(options), close).catch(() => {});
}

async function edit(context: PartContext, look: () => PartText, urgency: () => number, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	const attempt = async () => {
		const { text, isSign = false } = look();
		if (context.reference === null || text === context.shown) return;
		await deps.platform.edit(context.reference, messageOf(context, text, options.liveButtons), options.signal);
		Object.assign(context, { shown: text, isSign } satisfies Partial<PartContext>);
	};
	// Everybody has a sign before anybody's sign becomes text.
	const priority = context.isSign ? 'second' : 'update';
	try {
		await inSomeForm(context, 'known', () =>
			deps.pacer.run({ operation: 'edit', place: options.place, priority, urgency }, until, attempt),
		);
	} catch (thrown) {
		const error = toBotError(thrown);
		noteRefusal(context, error);
		if (refusalOf(error) === 'stream-open') await endStream(context, error);
		// The same again would be refused again. What takes no changes is replaced at the end, what is gone at once.
		else if (error.code === 'PLATFORM_REJECTED' && context.obstacle === null) context.isFixed = context.reference !== null;
		throw error;
	}
}

/** From here on the message can only be edited, if there is room for that. */
async function leaveStream(context: PartContext): Promise<void> {
	const { deps, options, reservation } = context;
	context.road = (await deps.pacer.reserve('edit', options.place, reservation.id)) ? 'edit' : 'once';
}
