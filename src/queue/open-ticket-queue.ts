/** Opens the queue for the models that the settings ask for. */

import { type Clock, systemClock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createFallbackTurnQueue } from './fallback-ticket-queue.ts';
import { createMemoryTurnBook } from './memory/memory-ticket-book.ts';
import { createRedisTurnBook } from './redis/redis-ticket-book.ts';
import type { TurnQueue } from './ticket-queue.ts';

export interface TurnQueueOptions {
	/** Null for a queue of this process alone. */
	url: string | null;
	/** What the slots are for; processes with the same name and Redis share them. */
	name: string;
	/** This process's own name, new with every start, without slashes and blanks. */
	processId: string;
	logger: Logger;
	clock?: Clock;
}

/**
 * Without a `url` the queue is in this process's memory (`local`). With one it is in Redis (`shared`), and in memory with a part of the slots
 * whenever Redis is away (`degraded`). Connects when it is first served; `stop()` it in the end.
 */
export function openTurnQueue({ url, name, processId, logger, clock = systemClock }: TurnQueueOptions): TurnQueue {
	return createFallbackTurnQueue({
		processId,
		clock,
		logger,
		openMemory: (hear) => createMemoryTurnBook({ now: clock.now }).open(processId, hear),
		openRedis: url === null ? null : (hear, onDoubt) => createRedisTurnBook({ url, queue: name, processId, hear, onDoubt, logger }),
	});
}
