/** The way to a model slot: a place in the queue that all processes share, told to whoever waits, until the turn comes. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { TicketPriority, TicketRefusal } from '../queue/ticket-book.ts';
import type { Ticket, TicketQueue } from '../queue/ticket-queue.ts';
import { over } from '../waiting.ts';
import type { ModelEvent } from './model-pool.ts';

export type QueuedEvent = Extract<ModelEvent, { type: 'queued' }>;

export interface AdmissionRequest {
	/** Its name in the queue. */
	model: string;
	userId: string;
	priority: TicketPriority;
	conversationId: string;
	/** Hosts that failed this request already, by their names in the queue. */
	excludedHosts: ReadonlySet<string>;
	/** It had its turn and lost it: it goes first. */
	returns: boolean;
	/** See `ChatRequest`. */
	inFlightLimit?: number;
	/** When waiting ends in any case, by the clock. */
	waitUntilMs: number;
}

/** A turn that has come. */
export interface Admitted {
	host: string;
	turn: Ticket;
	/** Fires when the host turned out to take fewer requests than were sent: this one only waits there and should queue here. */
	recalled: AbortSignal;
}

export interface AdmissionParts {
	clock: Clock;
	queue: Pick<TicketQueue, 'enter'>;
	/** Why no host will ever serve it as things are, or null when waiting makes sense. */
	refusal: (request: AdmissionRequest) => BotError | null;
	/** How many requests for a model all usable hosts take together. */
	slots: (model: string) => number;
}

export interface Admission {
	/**
	 * Waits for a slot, yielding the position whenever it or the estimate changes. Leaving the loop gives place or slot back.
	 * @throws BotError `RATE_LIMITED` (reason `queue-full`, `in-flight`, `draining`), `TIMEOUT` (reason `queue`), `CANCELLED`, or the refusal.
	 */
	enter(request: AdmissionRequest, signal: AbortSignal): AsyncGenerator<QueuedEvent, Admitted, void>;
	/** Hosts may have gone: whoever waits for them alone need not wait. */
	settle(): void;
	/** How many wait in this process. */
	size(): number;
}

interface Waiter {
	request: AdmissionRequest;
	host: string | null;
	error: BotError | null;
	event: QueuedEvent | null;
	wake: () => void;
}

export function createAdmission(parts: AdmissionParts): Admission {
	const waiters = new Set<Waiter>();

	const end = (waiter: Waiter, error: BotError | null): void => {
		if (error === null) return;
		waiter.error ??= error;
		waiter.wake();
	};
	const announce = (waiter: Waiter, event: QueuedEvent): void => {
		const { event: told } = waiter;
		if (told?.position === event.position && told.estimateMs === event.estimateMs && told.paused === event.paused) return;
		waiter.event = event;
		waiter.wake();
	};

	return {
		enter: async function* (request, signal) {
			if (signal.aborted) throw cancelled();
			const hopeless = parts.refusal(request);
			if (hopeless !== null) throw hopeless;
			const waiter: Waiter = { request, host: null, error: null, event: null, wake: () => undefined };
			const recall = new AbortController();
			const leave = new AbortController();
			const { returns, excludedHosts, waitUntilMs, ...entry } = request;
			waiters.add(waiter);
			const turn = parts.queue.enter(
				{ ...entry, isFirst: returns, excludedHosts: [...excludedHosts] },
				{
					granted: (host) => {
						waiter.host = host;
						waiter.wake();
					},
					refused: (reason) => end(waiter, refused(reason, waiter.event)),
					placed: ({ position, meanHoldMs, isPaused }) =>
						announce(waiter, {
							type: 'queued',
							position,
							estimateMs: isPaused ? null : estimateMs(position, meanHoldMs, parts.slots(entry.model)),
							...(isPaused ? { paused: true } : {}),
						}),
					recalled: () => recall.abort(over),
				},
			);
			let isServed = false;
			try {
				watchLimits(waitUntilMs - parts.clock.now(), parts.clock, { signal, left: leave.signal }, (error) => end(waiter, error));
				const host = yield* untilServed(waiter);
				isServed = true;
				return { host, turn, recalled: recall.signal };
			} finally {
				leave.abort(over);
				waiters.delete(waiter);
				if (!isServed) void turn.leave();
			}
		},
		settle: () => {
			for (const waiter of waiters) if (waiter.host === null) end(waiter, parts.refusal(waiter.request));
		},
		size: () => [...waiters].filter(({ host }) => host === null).length,
	};
}

async function* untilServed(waiter: Waiter): AsyncGenerator<QueuedEvent, string, void> {
	let told: QueuedEvent | null = null;
	for (;;) {
		if (waiter.error) throw waiter.error;
		if (waiter.host !== null) return waiter.host;
		if (waiter.event && waiter.event !== told) {
			told = waiter.event;
			yield told;
			continue;
		}
		await new Promise<void>((resolve) => {
			waiter.wake = resolve;
		});
	}
}

interface Ends {
	/** The caller cancels. */
	signal: AbortSignal;
	/** It waits no more. */
	left: AbortSignal;
}

/** Ends the wait when the caller cancels or the time is up. */
function watchLimits(leftMs: number, clock: Clock, { signal, left }: Ends, end: (error: BotError) => void): void {
	signal.addEventListener('abort', () => end(cancelled()), { once: true, signal: left });
	clock.wait(leftMs, left).then(
		() => end(new BotError('TIMEOUT', 'no model slot came free in time', { retryable: true, reason: 'queue' })),
		// Left the queue before.
		() => undefined,
	);
}

/** Mean time of an answer, times the turns before this position over all slots; in whole seconds. */
function estimateMs(position: number, meanHoldMs: number | null, slots: number): number | null {
	return meanHoldMs === null || slots === 0 ? null : Math.ceil((meanHoldMs * position) / slots / 1000) * 1000;
}

const refusalTexts: Record<TicketRefusal, string> = {
	'queue-full': 'the queue for the model is full',
	'in-flight': 'this user has as many requests waiting or running as allowed',
	draining: 'the queue for the model takes nothing new',
};

function refused(reason: TicketRefusal, event: QueuedEvent | null): BotError {
	const estimateMs = reason === 'queue-full' ? (event?.estimateMs ?? null) : null;
	return new BotError('RATE_LIMITED', refusalTexts[reason], {
		retryable: true,
		reason,
		...(estimateMs === null ? {} : { retryAfterMs: estimateMs }),
	});
}

export function cancelled(): BotError {
	return new BotError('CANCELLED', 'the model request was cancelled');
}
