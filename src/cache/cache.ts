/** What processes share and may forget: call budgets, signals and values, in Redis or in this process's memory. Consumers take the part that they need. */

import type { Budgets } from '../pacing/budgets.ts';
import type { Signals } from '../redis/signals.ts';
import type { Values } from './values.ts';

export interface CacheState {
	/** `shared`: Redis. `local`: memory by choice. `degraded`: Redis is configured but away, so memory with halved limits. */
	mode(): 'shared' | 'local' | 'degraded';
}

export interface Cache extends Budgets, Signals, Values, CacheState {
	close(): Promise<void>;
}
