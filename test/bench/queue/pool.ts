/** A pool as the benches of the queue use it. */

import { silentLogger } from '#src/log.ts';
import type { ModelPool } from '#src/models/model-pool.ts';
import { createModelPool } from '#src/models/pool.ts';
import type { TicketQueue } from '#src/queue/ticket-queue.ts';

export function openPool(queue: TicketQueue, hostUrl: string, slots: number): ModelPool {
	return createModelPool({
		hosts: [hostUrl],
		models: [{ name: 'demo', contextTokens: 8_192, maxOutputTokens: 4_096, slots, think: 'off', temperature: null }],
		embeddingModel: null,
		queue,
		queueLimit: 1_000,
		deadlines: { queueMs: 120_000, firstTokenMs: 60_000, silenceMs: 60_000, totalMs: 120_000 },
		keepAlive: -1,
		logger: silentLogger,
	});
}
