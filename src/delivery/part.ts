/** One message of a reply, from its first words to its final text, on whatever road the budgets leave. */

import { type BotError, toBotError } from '../errors.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { takeOverLost } from './lost-message.ts';
import type { PacedCall } from './pacer.ts';
import {
	callStream,
	mayHaveArrived,
	messageOf,
	newMessageOf,
	noteRefusal,
	type PartContext,
	type PartDependencies,
	type PartOptions,
} from './part-context.ts';
import { closeStream, finishPart, leavePart } from './part-ending.ts';
import { reserveRoad } from './reservation.ts';

/** The present text of a part: all of it, and as much of it as will never change again. */
export interface PartText {
	text: string;
	stable: string;
}

export interface Part {
	/** Whether something should be shown before the end. */
	readonly isLive: boolean;
	/** Its message only takes more text, at its end. */
	readonly isStreaming: boolean;
	/** Its message, null before there is one. */
	readonly reference: MessageReference | null;
	/** When the message should change again, by the clock; 0 while nothing is shown yet. */
	nextUpdateAtMs(): number;
	/** True when the native stream is about to outlive its allowance: the part must end. */
	isTooOld(): boolean;
	/**
	 * Shows the newest text as soon as the budget allows; `look` is asked at that moment. @throws BotError `CANCELLED` when `until` fires
	 * first, or the platform's error: the next `show` or `finish` makes up for it.
	 * @returns false when there is nothing yet that may be shown.
	 */
	show(look: () => PartText, pendingCharacters: () => number, until: AbortSignal): Promise<boolean>;
	/** Shows the final text. Resolves when it is there. @throws BotError when it cannot be. */
	finish(text: string, buttons: Button[]): Promise<void>;
	/** Its text will be another one: leaves its message so that it can be edited from the beginning. */
	giveUp(): Promise<void>;
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
			return context.road !== 'once' && !context.isUncertain;
		},
		get isStreaming() {
			return context.isStreamOpen;
		},
		get reference() {
			return context.reference;
		},
		nextUpdateAtMs() {
			const leastMs = context.isStreamOpen ? (stream?.minIntervalMs ?? 0) : minEditIntervalMs;
			// Where the stream itself is how we learn of Stop, waiting longer would mean stopping later.
			const mostSlowdown = context.isStreamOpen && stream?.endsWhenStopped ? 1 : maxSlowdown;
			return context.reference === null ? 0 : shownAtMs + leastMs * Math.min(1 + updates * slowdown, mostSlowdown);
		},
		isTooOld: () => context.isStreamOpen && stream !== null && clock.now() - beganAtMs > stream.maxLifetimeMs,
		async show(look, pendingCharacters, until) {
			await renewReservation();
			await (context.reference === null ? begin(context, look, until) : update(look, pendingCharacters, until));
			shownAtMs = clock.now();
			return context.reference !== null;
		},
		finish: (text, buttons) => finishPart(context, text, buttons),
		giveUp: async () => void (await closeStream(context, context.shown, [])),
		leave: () => leavePart(context),
	};
}

async function begin(context: PartContext, look: () => PartText, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	await takeOverLost(context);
	// A stream shows only what is final, and no platform takes a message without words: what came may be the beginning of a formula.
	if (context.reference !== null || look()[context.road === 'stream' ? 'stable' : 'text'] === '') return;
	const reference = await (context.road === 'stream' ? openStream(context, look, until) : post(context, look, until));
	if (reference === null) return;
	context.reference = reference;
	await deps.record.shown(options.position, reference.messageId);
	deps.observer.firstText();
}

async function post(context: PartContext, look: () => PartText, until: AbortSignal): Promise<MessageReference> {
	const { deps, options } = context;
	context.sends = 1;
	return await deps.pacer.run({ operation: 'post', place: options.place, priority: 'first' }, until, async () => {
		await deps.record.intended(options.position, 'edit');
		context.shown = look().text;
		return await send(
			context,
			deps.platform.post(options.place, newMessageOf(context, context.shown, options.liveButtons), options.signal),
		);
	});
}

/** Of a first call: when nobody knows whether it was carried out, that is to be found out before the next one; or there is none before the end. */
async function send(context: PartContext, call: Promise<MessageReference>): Promise<MessageReference> {
	try {
		return await call;
	} catch (thrown) {
		const isLost = mayHaveArrived(toBotError(thrown));
		const canFind = context.deps.platform.capabilities.readsThreads;
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
		const call: PacedCall = { operation: 'open-stream', place, priority: 'first', reservation: reservation.id };
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
		await leaveStream(context, error);
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
		else if (error.code === 'PLATFORM_REJECTED') context.isStreamOpen = false;
		else throw error;
		noteRefusal(context, error);
		await leaveStream(context, error);
	}
}

async function edit(context: PartContext, look: () => PartText, urgency: () => number, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	await deps.pacer.run({ operation: 'edit', place: options.place, priority: 'update', urgency }, until, async () => {
		const { text } = look();
		if (context.reference === null || text === context.shown) return;
		await deps.platform.edit(context.reference, messageOf(context, text, options.liveButtons), options.signal);
		context.shown = text;
	});
}

/** From here on the message can only be edited, if there is room for that. */
async function leaveStream(context: PartContext, error: BotError): Promise<void> {
	const { deps, options, reservation } = context;
	deps.observer.detoured(error.reason ?? error.code);
	context.road = (await deps.pacer.reserve('edit', options.place, reservation.id)) ? 'edit' : 'once';
}
