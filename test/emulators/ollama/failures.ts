/** The queue of failures that tests order: each matching request takes the first one that is left. */

import type { Failure } from './types.ts';

export interface FailureQueue {
	add(failure: Failure): void;
	/** The failure this request has to suffer, if any; counts it off. */
	take(path: string): Failure | undefined;
}

export function createFailureQueue(): FailureQueue {
	const waiting: { failure: Failure; left: number }[] = [];
	return {
		add: (failure) => {
			waiting.push({ failure, left: failure.times ?? 1 });
		},
		take: (path) => {
			const index = waiting.findIndex((entry) => (entry.failure.path ?? '/api/chat') === path);
			const entry = waiting[index];
			if (!entry) return undefined;
			entry.left--;
			if (entry.left <= 0) waiting.splice(index, 1);
			return entry.failure;
		},
	};
}
