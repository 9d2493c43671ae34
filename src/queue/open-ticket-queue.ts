/** Opens the queue for the models that the settings ask for. */

import { type Clock, systemClock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createFallbackTicketQueue } from './fallback-ticket-queue.ts';
import { createMemoryTicketBook } from './memory/memory-ticket-book.ts';
import { createRedisTicketBook } from './redis/redis-ticket-book.ts';
import type { TicketQueue } from './ticket-queue.ts';

export interface TicketQueueOptions {
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
export function openTicketQueue({ url, name, processId, logger, clock = systemClock }: TicketQueueOptions): TicketQueue {
	return createFallbackTicketQueue({
		processId,
		clock,
		logger,
		openMemory: (hear) => createMemoryTicketBook({ now: clock.now }).open(processId, hear),
		openRedis: url === null ? null : (hear, onDoubt) => createRedisTicketBook({ url, queue: name, processId, hear, onDoubt, logger }),
	});
}
