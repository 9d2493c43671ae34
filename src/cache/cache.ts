/** What processes share and may forget: call budgets and signals, in Redis or in this process's memory. Consumers take the part that they need. */

import type { Budgets } from '../pacing/budgets.ts';
import type { Signals } from '../redis/signals.ts';

export interface CacheState {
	/** `shared`: Redis. `local`: memory by choice. `degraded`: Redis is configured but away, so memory with halved limits. */
	mode(): 'shared' | 'local' | 'degraded';
}

export interface Cache extends Budgets, Signals, CacheState {
	close(): Promise<void>;
}
