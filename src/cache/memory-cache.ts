/** The cache of one process: what runs when no Redis is configured, and what answers while Redis is away. */

import { createMemoryBudgets } from '../pacing/memory-budgets.ts';
import { createListeners, type Listeners } from '../redis/listeners.ts';
import type { Cache } from './cache.ts';
import { createMemoryValues } from './values.ts';

/**
 * A `Cache` in this process's memory, mode `local`. `clock` gives milliseconds from any fixed moment (default: the monotonic clock, which no change
 * of the wall clock moves). `subscriptions` lets another cache of this process share the listeners.
 */
export function createMemoryCache({
	clock = () => performance.now(),
	subscriptions = createListeners(),
}: {
	clock?: () => number;
	subscriptions?: Listeners;
} = {}): Cache {
	const { clear: clearBudgets, ...budgets } = createMemoryBudgets(clock);
	const { clear: clearValues, ...values } = createMemoryValues(clock);
	return {
		...budgets,
		...values,
		publish: async (channel, message) => subscriptions.deliver(channel, message),
		async subscribe(channel, listener) {
			const remove = subscriptions.add(channel, listener);
			return async () => remove();
		},
		mode: () => 'local',
		async close() {
			clearBudgets();
			clearValues();
			subscriptions.clear();
		},
	};
}
