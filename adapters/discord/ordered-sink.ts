/** Between the gateway, which waits for nobody, and the store: events of a channel in order, tried until they are stored. */

import type { Clock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import type { ChatEvent, EventSink } from '#src/platform/chat-event.ts';
import { repeatUntilDone } from '#src/waiting.ts';

/** What there is to store: in order, and the same each time that it is read. */
export type ReadEvents = (signal: AbortSignal) => Promise<readonly ChatEvent[]>;

export interface OrderedSink {
	/**
	 * Reads events and stores them, behind what came before them in the same channel. Resolves when they are stored, there are none, or they
	 * are given up; never rejects.
	 * @param happenedAtMs When it happened by Discord's clock.
	 */
	put(channelId: string, happenedAtMs: number, read: ReadEvents): Promise<void>;
	/** When the oldest event happened that is not stored yet; null when all are. */
	oldestWaitingMs(): number | null;
	/** Gives up what waits. Nothing is taken any more. */
	stop(): void;
}

export interface OrderedSinkDependencies {
	sink: EventSink;
	clock: Clock;
	onFailed: (error: BotError) => void;
	/** An event was given up although it may be wanted: what was said since then is to be read again. */
	onMissed: (happenedAtMs: number) => void;
}

/** What waits is kept in memory; whatever goes beyond is read again later. */
const maxWaiting = 1_000;
const pauses = { firstMs: 250, mostMs: 5_000 };

export function createOrderedSink({ sink, clock, onFailed, onMissed }: OrderedSinkDependencies): OrderedSink {
	const stopped = new AbortController();
	const channels = new Map<string, Promise<void>>();
	const waiting = new Map<symbol, number>();

	/** False when it is to be tried again. */
	async function attempt(read: ReadEvents, isFirst: boolean): Promise<boolean> {
		try {
			for (const event of await read(stopped.signal)) await sink(event);
			return true;
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'CANCELLED') return false;
			// Once for each event: what follows is no news.
			if (isFirst) onFailed(error);
			return !error.retryable;
		}
	}

	async function store(happenedAtMs: number, read: ReadEvents): Promise<void> {
		const isStored = await repeatUntilDone((number) => attempt(read, number === 1), { ...pauses, clock, signal: stopped.signal });
		if (!isStored) onMissed(happenedAtMs);
	}

	return {
		put(channelId, happenedAtMs, read) {
			if (waiting.size >= maxWaiting || stopped.signal.aborted) {
				onMissed(happenedAtMs);
				return Promise.resolve();
			}
			const ticket = Symbol(channelId);
			waiting.set(ticket, happenedAtMs);
			const before = channels.get(channelId) ?? Promise.resolve();
			const done = before
				.then(() => store(happenedAtMs, read))
				.finally(() => {
					waiting.delete(ticket);
					if (channels.get(channelId) === done) channels.delete(channelId);
				});
			channels.set(channelId, done);
			return done;
		},
		oldestWaitingMs: () => (waiting.size === 0 ? null : Math.min(...waiting.values())),
		stop: () => stopped.abort(),
	};
}
