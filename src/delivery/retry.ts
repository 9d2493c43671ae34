/** Tries a platform call until it is through: the end of a reply must land, whatever the platform is going through. */

import type { Clock } from '../clock.ts';
import { type BotError, toBotError } from '../errors.ts';
import { growingPauseMs } from '../waiting.ts';

const pauses = { firstMs: 250, mostMs: 5_000 };
/** Past this the turn is given back to the inbox, whose next try starts from what is stored. */
const giveUpAfterMs = 120_000;

/**
 * Runs `attempt` until it resolves or fails for good. A rate limit is tried again at once, for the pacer holds the call back; an
 * unavailable platform is tried again with growing pauses.
 * @throws BotError the last one, when it is not retryable or two minutes have passed; `CANCELLED`.
 */
export async function retryPlatformCall<T>(
	clock: Clock,
	signal: AbortSignal,
	attempt: (lastError: BotError | null) => Promise<T>,
): Promise<T> {
	const deadline = clock.now() + giveUpAfterMs;
	let outages = 0;
	let lastError: BotError | null = null;
	for (;;) {
		try {
			return await attempt(lastError);
		} catch (thrown) {
			lastError = toBotError(thrown);
			const mayRetry = lastError.code === 'PLATFORM_RATE_LIMITED' || lastError.code === 'PLATFORM_UNAVAILABLE';
			if (!mayRetry || clock.now() > deadline) throw lastError;
		}
		if (lastError.code === 'PLATFORM_RATE_LIMITED') continue;
		outages++;
		await clock.wait(growingPauseMs(outages, pauses), signal);
	}
}
