/** One message of a reply, from its first words to its final text, on whatever road the budgets leave. */

import type { Clock } from '../clock.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { Button, ChatPlatform, MessageReference, OutgoingMessage } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { PacedCall, Pacer } from './pacer.ts';
import { persist } from './persistence.ts';
import { type Reservation, reserveRoad } from './reservation.ts';

/** Where a reply's messages are written down, so that another process can take them over. */
export interface ReplyRecord {
	/** A message is about to be sent: if its id never follows, it may be on the platform all the same. */
	intended(position: number, mode: 'edit' | 'stream'): Promise<void>;
	shown(position: number, messageId: string): Promise<void>;
	final(position: number): Promise<void>;
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
	/** Kinds of places where the platform refused native streams lately; shared by all replies. */
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

/** The present text of a part: all of it, and as much of it as will never change again. */
export interface PartText {
	text: string;
	stable: string;
}

export interface Part {
	/** Whether something should be shown before the end. */
	readonly isLive: boolean;
	/** When the message should change again, by the clock. */
	nextUpdateAtMs(): number;
	/** True when the native stream is about to outlive its allowance: the part must end. */
	isTooOld(): boolean;
	/** Shows the newest text as soon as the budget allows; `look` is asked at that moment. Gives up when `signal` fires. */
	show(look: () => PartText, pendingCharacters: () => number, signal: AbortSignal): Promise<void>;
	/** Shows the final text. Resolves when it is there. @throws BotError when it cannot be. */
	finish(text: string, buttons: Button[]): Promise<void>;
}

/** Takes the road for this part and returns its life. */
export async function createPart(deps: PartDependencies, options: PartOptions): Promise<Part> {
	const { platform, pacer, clock, record, observer } = deps;
	const { place, position, replyId, signal } = options;
	const mayStream = options.mayStream && options.existing === undefined && !deps.streamRefusals.has(place.kind);
	const reservation: Reservation = await reserveRoad(pacer, platform.capabilities, place, mayStream);

	let road = reservation.road;
	let reference: MessageReference | null = options.existing ?? null;
	let shown = '';
	let isStreamOpen = false;
	/** An append whose answer was lost: nobody knows what the stream shows. */
	let isUncertain = false;
	let openedAtMs = 0;
	let shownAtMs = clock.now();
	let renewedAtMs = clock.now();
	let updates = 0;

	const message = (text: string, buttons: Button[]): OutgoingMessage => ({ text, buttons, replyId });
	const final = (operation: PacedCall['operation']): PacedCall => ({
		operation,
		place,
		priority: 'final',
		...(reservation.operation === operation ? { reservation: reservation.id } : {}),
	});

	async function begin(look: () => PartText, until: AbortSignal): Promise<void> {
		if (road === 'stream') await openStream(look, until);
		else {
			await record.intended(position, 'edit');
			await pacer.run({ operation: 'post', place, priority: 'first' }, until, async () => {
				const { text } = look();
				reference = await platform.post(place, message(text, options.liveButtons), signal);
				shown = text;
			});
		}
		if (reference === null) return;
		await record.shown(position, reference.messageId);
		observer.firstText();
	}

	async function openStream(look: () => PartText, until: AbortSignal): Promise<void> {
		await record.intended(position, 'stream');
		try {
			const call: PacedCall = { operation: 'open-stream', place, priority: 'first', reservation: reservation.id };
			await pacer.run(call, until, async () => {
				const { stable } = look();
				reference = await platform.openStream(place, options.recipient, stable, signal);
				shown = stable;
			});
			isStreamOpen = true;
			openedAtMs = clock.now();
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code !== 'PLATFORM_REJECTED') throw error;
			deps.streamRefusals.add(place.kind);
			await leaveStream(error);
		}
	}

	async function leaveStream(error: BotError): Promise<void> {
		observer.detoured(error.reason ?? error.code);
		road = (await pacer.reserve('edit', place, reservation.id)) ? 'edit' : 'once';
	}

	async function append(look: () => PartText, call: PacedCall, until: AbortSignal): Promise<void> {
		try {
			await pacer.run({ ...call, operation: 'append-stream' }, until, async () => {
				const { stable } = look();
				if (reference === null || stable.length <= shown.length || !stable.startsWith(shown)) return;
				await platform.appendStream(reference, stable.slice(shown.length), signal);
				shown = stable;
			});
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'PLATFORM_UNAVAILABLE') isUncertain = true;
			else if (error.code !== 'PLATFORM_REJECTED') throw error;
			else isStreamOpen = false;
			await leaveStream(error);
		}
	}

	async function edit(look: () => PartText, call: PacedCall, until: AbortSignal): Promise<void> {
		await pacer.run({ ...call, operation: 'edit' }, until, async () => {
			const { text } = look();
			if (reference === null || text === shown) return;
			await platform.edit(reference, message(text, options.liveButtons), signal);
			shown = text;
		});
	}

	async function finishStream(text: string, buttons: Button[]): Promise<boolean> {
		const target = reference;
		if (target === null || !isStreamOpen) return false;
		const canAppend = !isUncertain && text.startsWith(shown);
		try {
			await persist(clock, signal, () =>
				pacer.run(final('close-stream'), signal, () =>
					platform.closeStream(target, canAppend ? text.slice(shown.length) : '', message(text, buttons), signal),
				),
			);
			isStreamOpen = false;
			return canAppend;
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code !== 'PLATFORM_REJECTED') throw error;
			isStreamOpen = false;
			observer.detoured(error.reason ?? error.code);
			return false;
		}
	}

	/** Edits the message to its final text. False when that road is closed and the text must be posted anew. */
	async function finishByEdit(text: string, buttons: Button[]): Promise<boolean> {
		const target = reference;
		if (target === null) return false;
		const isKept = reservation.operation === 'edit' || road === 'edit';
		if (!isKept && !(await pacer.isFree('edit', place))) return false;
		const call: PacedCall = { operation: 'edit', place, priority: 'final', ...(isKept ? { reservation: reservation.id } : {}) };
		try {
			await persist(clock, signal, () => pacer.run(call, signal, () => platform.edit(target, message(text, buttons), signal)));
			return true;
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code !== 'PLATFORM_REJECTED') throw error;
			observer.detoured(error.reason ?? error.code);
			return false;
		}
	}

	async function finishByPost(text: string, buttons: Button[]): Promise<void> {
		const old = reference;
		await record.intended(position, 'edit');
		reference = await persist(clock, signal, async (lastError) => {
			const lost = lastError?.code === 'PLATFORM_UNAVAILABLE' ? await findLost(old) : null;
			if (lost !== null) return lost;
			return await pacer.run({ operation: 'post', place, priority: 'final' }, signal, () =>
				platform.post(place, message(text, buttons), signal),
			);
		});
		await record.shown(position, reference.messageId);
		if (old !== null) await removeOld(old);
		else observer.firstText();
	}

	/** A post whose answer was lost may have been carried out: its mark tells. */
	async function findLost(old: MessageReference | null): Promise<MessageReference | null> {
		const own = await platform.findOwnMessages(place, old?.messageId ?? place.threadId, signal);
		return own.find((candidate) => candidate.replyId === replyId)?.reference ?? null;
	}

	async function removeOld(old: MessageReference): Promise<void> {
		const call = final('remove');
		await persist(clock, signal, () => pacer.run(call, signal, () => platform.remove(old, signal))).catch((thrown) => {
			const error = toBotError(thrown);
			if (error.code !== 'PLATFORM_REJECTED') throw error;
		});
	}

	async function renewReservation(): Promise<void> {
		if (clock.now() - renewedAtMs < 45_000) return;
		renewedAtMs = clock.now();
		await reservation.renew();
	}

	return {
		get isLive() {
			return road !== 'once' && !isUncertain;
		},
		nextUpdateAtMs() {
			const leastMs = isStreamOpen ? (platform.capabilities.stream?.minIntervalMs ?? 0) : platform.capabilities.minEditIntervalMs;
			// The first words matter most: each update makes the next one wait a little longer, up to four times the least.
			return reference === null ? 0 : shownAtMs + leastMs * Math.min(1 + updates * 0.1, 4);
		},
		isTooOld: () => isStreamOpen && clock.now() - openedAtMs > (platform.capabilities.stream?.maxLifetimeMs ?? Number.POSITIVE_INFINITY),
		async show(look, pendingCharacters, until) {
			await renewReservation();
			if (reference === null) await begin(look, until);
			else {
				const startedAtMs = shownAtMs;
				const urgency = () => (clock.now() - startedAtMs) * (1 + pendingCharacters() / 200);
				const call: PacedCall = { operation: 'edit', place, priority: 'update', urgency };
				await (isStreamOpen ? append(look, call, until) : edit(look, call, until));
				updates++;
				observer.updated();
			}
			shownAtMs = clock.now();
		},
		async finish(text, buttons) {
			try {
				const isShown =
					(await finishStream(text, buttons)) ||
					(reference !== null && text === shown && buttons.length === 0 && options.liveButtons.length === 0) ||
					(await finishByEdit(text, buttons));
				if (!isShown) await finishByPost(text, buttons);
				await record.final(position);
			} finally {
				await reservation.release();
			}
		},
	};
}
