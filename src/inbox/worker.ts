/** Takes events out of the inbox and has them handled, many at once, each under a lease that this process keeps alive. */

import type { Clock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import type { ChatEvent } from '../platform/chat-event.ts';
import { isInTime, pause } from '../waiting.ts';
import type { Dropped } from './dropped.ts';
import { type ClaimedEvent, type Inbox, maxAttempts } from './inbox.ts';

export interface WorkerDependencies {
	inbox: Inbox;
	/** For how long the inbox gives events away. */
	leaseMs: number;
	clock: Clock;
	/** Handles one event and says in a word what became of it. Must end soon after the signal fires. */
	handle: (event: ChatEvent, attempt: number, signal: AbortSignal, noteDropped: (dropped: Dropped) => void) => Promise<string>;
	/** An event was handled, or given up. */
	onDone: (event: ChatEvent, outcome: string, durationMs: number) => void;
	/** Handling failed; it is tried again unless `isLast`, in which case the person must be told now. Gives what is kept of why. */
	onFailed: (event: ChatEvent, error: BotError, isLast: boolean) => Promise<Dropped | undefined>;
	/** The inbox itself could not be reached. */
	onStoreError: (error: BotError) => void;
}

export interface InboxWorker {
	start(): void;
	/** There is something new: look now. */
	wake(): void;
	/** Takes nothing new, lets what runs end for `graceMs`, then hands the rest over to whoever comes next. */
	stop(graceMs: number): Promise<void>;
	activeCount(): number;
}

/**
 * Beyond this a burst waits in the inbox, in order of arrival, instead of in the queue for the models, where users take turns. So it is more than
 * that queue takes (1,000, over all processes), and what runs and is being delivered: one process alone can hold everybody.
 */
const maxActive = 1_500;
/** How often to look for events whose process died; new ones are announced by `wake`. */
const pollMs = 1_000;

interface Active {
	abort: AbortController;
	done: Promise<void>;
}

export function createInboxWorker(deps: WorkerDependencies): InboxWorker {
	const { inbox, clock } = deps;
	const active = new Map<string, Active>();
	const stopping = new AbortController();
	let wakeUp = () => {};
	let isAwake = false;

	async function claimLoop(): Promise<void> {
		while (!stopping.signal.aborted) {
			isAwake = false;
			const claimed = await claim();
			// A lease that ran out while the database was away is claimed by its own holder, who is still at work under it.
			for (const entry of claimed) if (!active.has(entry.key)) begin(entry);
			if (!isAwake) await sleep();
		}
	}

	async function claim(): Promise<ClaimedEvent[]> {
		const room = maxActive - active.size;
		if (room <= 0) return [];
		try {
			return await inbox.claim(room);
		} catch (thrown) {
			deps.onStoreError(toBotError(thrown));
			return [];
		}
	}

	async function sleep(): Promise<void> {
		const woken = new AbortController();
		wakeUp = () => woken.abort();
		await pause(clock, pollMs, AbortSignal.any([woken.signal, stopping.signal]));
	}

	function begin(entry: ClaimedEvent): void {
		const abort = new AbortController();
		const done = run(entry, abort.signal).finally(() => {
			active.delete(entry.key);
			// The next event of this conversation may go now.
			wake();
		});
		active.set(entry.key, { abort, done });
	}

	async function run({ key, event, attempts }: ClaimedEvent, signal: AbortSignal): Promise<void> {
		const beganAtMs = clock.now();
		try {
			let dropped: Dropped | null = null;
			const note = (noted: Dropped) => {
				dropped = noted;
			};
			const outcome = attempts > maxAttempts ? giveUp() : await deps.handle(event, attempts, signal, note);
			await finish(key, outcome, dropped, signal);
			deps.onDone(event, outcome, clock.now() - beganAtMs);
		} catch (thrown) {
			const error = toBotError(thrown);
			if (signal.aborted) await inbox.release(key).catch(() => false);
			else await afterFailure(key, event, attempts, error);
		}
	}

	/** What was done is not done again because the database was away just then: its end is written down as soon as it is back. */
	async function finish(key: string, outcome: string, dropped: Dropped | null, signal: AbortSignal): Promise<void> {
		for (;;) {
			try {
				await inbox.finish(key, outcome, dropped);
				return;
			} catch (thrown) {
				const error = toBotError(thrown);
				if (!error.retryable) throw error;
				deps.onStoreError(error);
			}
			await clock.wait(pollMs, signal);
		}
	}

	/** Left as it is, a failed event is tried again when its lease has run out: that is the pause between two tries. */
	async function afterFailure(key: string, event: ChatEvent, attempts: number, error: BotError): Promise<void> {
		const isLast = attempts >= maxAttempts || !error.retryable;
		const dropped = await deps.onFailed(event, error, isLast);
		if (!isLast) return;
		await inbox.fail(key, error.code, dropped).catch((thrown) => deps.onStoreError(toBotError(thrown)));
		deps.onDone(event, 'given-up', 0);
	}

	async function renewLoop(): Promise<void> {
		for (;;) {
			await clock.wait(deps.leaseMs / 3);
			if (stopping.signal.aborted && active.size === 0) return;
			if (active.size > 0) await renew();
		}
	}

	async function renew(): Promise<void> {
		const keys = [...active.keys()];
		try {
			const kept = new Set(await inbox.renew(keys));
			for (const key of keys.filter((candidate) => !kept.has(candidate))) active.get(key)?.abort.abort(handover());
		} catch (thrown) {
			deps.onStoreError(toBotError(thrown));
		}
	}

	function wake(): void {
		isAwake = true;
		wakeUp();
	}

	return {
		start() {
			void claimLoop();
			void renewLoop();
		},
		wake,
		async stop(graceMs) {
			stopping.abort();
			const all = () => Promise.all([...active.values()].map((entry) => entry.done));
			await isInTime(clock, all(), graceMs);
			for (const entry of active.values()) entry.abort.abort(handover());
			await all();
		},
		activeCount: () => active.size,
	};
}

function giveUp(): never {
	throw new BotError('INTERNAL', 'an event was begun too often without an end');
}

function handover(): BotError {
	return new BotError('CANCELLED', 'the event is handed over to another process', { reason: 'handover' });
}
