/** The models with their queue, put together. */

import { openTicketQueue } from '../queue/open-ticket-queue.ts';
import type { ModelPool } from './model-pool.ts';
import { createModelPool } from './pool.ts';
import type { ModelPoolDependencies } from './settings.ts';

export interface ModelsOptions
	extends Pick<ModelPoolDependencies, 'hosts' | 'models' | 'embeddingModel' | 'deadlines' | 'logger' | 'observe'> {
	/** Null for a queue of this process alone. */
	redisUrl: string | null;
	/** This process's own name, new with every start. */
	processId: string;
}

/** Nothing is sent before `start`; call `stop()` in the end. @throws BotError as `createModelPool`. */
export function openModels({ redisUrl, processId, ...options }: ModelsOptions): ModelPool {
	return createModelPool({
		...options,
		queueLimit: 1_000,
		queue: openTicketQueue({ url: redisUrl, name: 'models', processId, logger: options.logger }),
		// Loading takes up to minutes: the default model stays in memory.
		keepAlive: -1,
	});
}
