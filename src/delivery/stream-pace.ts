/** The rest that a platform wants between two calls about one native stream. */

import type { Clock } from '../clock.ts';
import type { Capabilities } from '../platform/capabilities.ts';

export interface StreamPace {
	/** Waits until the next call may be made. @throws BotError `CANCELLED` when the signal fires first. */
	rest(signal: AbortSignal): Promise<void>;
	/** Makes a call. Whatever comes of it, the next one counts from its end. */
	call<Result>(send: () => Promise<Result>): Promise<Result>;
}

export function createStreamPace(clock: Clock, { stream }: Capabilities): StreamPace {
	const intervalMs = stream?.minCallIntervalMs ?? 0;
	let calledAtMs = Number.NEGATIVE_INFINITY;
	return {
		async rest(signal) {
			const restMs = calledAtMs + intervalMs - clock.now();
			if (restMs > 0) await clock.wait(restMs, signal);
		},
		async call(send) {
			try {
				return await send();
			} finally {
				calledAtMs = clock.now();
			}
		},
	};
}
