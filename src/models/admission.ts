/** The way to a model slot: at once when one is free, else through a bounded queue that tells everybody their place in it. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { createFairQueue, type QueueEntry } from './fair-queue.ts';
import type { ModelEvent } from './model-pool.ts';

export type QueuedEvent = Extract<ModelEvent, { type: 'queued' }>;

export interface AdmissionRequest extends QueueEntry {
	conversationId: string;
	/** Hosts that failed this request already. */
	excludedHosts: ReadonlySet<string>;
	/** It had its turn and lost it: it goes first. */
	returns: boolean;
}

export interface AdmissionParts<Lease> {
	clock: Clock;
	/** The most requests that wait. */
	queueLimit: number;
	queueMs: number;
	/** Takes a slot, or null when none is free for this request. */
	takeSlot: (request: AdmissionRequest) => Lease | null;
	giveBack: (lease: Lease) => void;
	/** Why no host will ever serve it as things are, or null when waiting makes sense. */
	refusal: (request: AdmissionRequest) => BotError | null;
	/** Milliseconds until the turn of this position, null when unknown. */
	estimateMs: (position: number) => number | null;
}

export interface Admission<Lease> {
	/**
	 * Waits for a slot, yielding the position whenever it or the estimate changes, and returns the lease of the slot.
	 * @throws BotError `RATE_LIMITED` (queue full), `TIMEOUT` (reason `queue`), `CANCELLED`, or the refusal.
	 */
	enter(request: AdmissionRequest, signal: AbortSignal): AsyncGenerator<QueuedEvent, Lease, void>;
	/** Slots may have come free, or hosts may have gone: serves whoever is next. */
	settle(): void;
	size(): number;
}

interface Waiter<Lease> extends AdmissionRequest {
	lease: Lease | null;
	error: BotError | null;
	event: QueuedEvent | null;
	wake: () => void;
}

export function createAdmission<Lease>(parts: AdmissionParts<Lease>): Admission<Lease> {
	const queue = createFairQueue<Waiter<Lease>>();

	const settle = (): void => {
		for (const waiter of queue.order()) {
			const lease = parts.takeSlot(waiter);
			waiter.error ??= lease ? null : parts.refusal(waiter);
			if (lease) waiter.lease = lease;
			else if (!waiter.error) continue;
			queue.take(waiter);
			waiter.wake();
		}
		announce();
	};
	const announce = (): void => {
		for (const [index, waiter] of queue.order().entries()) {
			const position = index + 1;
			const estimateMs = wholeSeconds(parts.estimateMs(position));
			if (waiter.event?.position === position && waiter.event.estimateMs === estimateMs) continue;
			waiter.event = { type: 'queued', position, estimateMs };
			waiter.wake();
		}
	};

	/** Whoever would be served last: so that nobody can fill the queue and shut the others out. */
	const refuseLast = (): void => {
		const last = queue.order().at(-1);
		if (!last) return;
		last.error ??= queueFull(last.event);
		queue.remove(last);
		last.wake();
	};

	return {
		enter: async function* (request, signal) {
			const waiter: Waiter<Lease> = { ...request, lease: null, error: null, event: null, wake: () => undefined };
			const leave = new AbortController();
			let isServed = false;
			try {
				if (signal.aborted) throw cancelled();
				queue.add(waiter, request.returns);
				settle();
				if (queue.size() > parts.queueLimit) refuseLast();
				watchLimits(waiter, parts, signal, leave.signal);
				const lease = yield* untilServed(waiter);
				isServed = true;
				return lease;
			} finally {
				leave.abort();
				queue.remove(waiter);
				if (!isServed && waiter.lease) parts.giveBack(waiter.lease);
				announce();
			}
		},
		settle,
		size: queue.size,
	};
}

async function* untilServed<Lease>(waiter: Waiter<Lease>): AsyncGenerator<QueuedEvent, Lease, void> {
	let told: QueuedEvent | null = null;
	for (;;) {
		if (waiter.error) throw waiter.error;
		if (waiter.lease) return waiter.lease;
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

/** Ends the wait when the caller cancels or the time is up. */
function watchLimits<Lease>(waiter: Waiter<Lease>, parts: AdmissionParts<Lease>, signal: AbortSignal, left: AbortSignal): void {
	const end = (error: BotError): void => {
		waiter.error ??= error;
		waiter.wake();
	};
	signal.addEventListener('abort', () => end(cancelled()), { once: true, signal: left });
	if (waiter.lease) return;
	parts.clock.wait(parts.queueMs, left).then(
		() => end(new BotError('TIMEOUT', 'no model slot came free in time', { retryable: true, reason: 'queue' })),
		// Left the queue before.
		() => undefined,
	);
}

function wholeSeconds(durationMs: number | null): number | null {
	return durationMs === null ? null : Math.ceil(durationMs / 1000) * 1000;
}

function queueFull(event: QueuedEvent | null): BotError {
	const estimateMs = event?.estimateMs ?? null;
	return new BotError('RATE_LIMITED', 'the queue for the model is full', {
		retryable: true,
		reason: 'queue-full',
		...(estimateMs === null ? {} : { retryAfterMs: estimateMs }),
	});
}

export function cancelled(): BotError {
	return new BotError('CANCELLED', 'the model request was cancelled');
}
