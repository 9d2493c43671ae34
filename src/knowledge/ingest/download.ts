/** A file from its platform, in time: one that stalls or never ends is given up. */

import type { Clock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import type { PacedCall, Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import { inTime, onAbort } from '../../waiting.ts';
import type { Fetching } from './placements.ts';

/** What is fetched. */
export interface Download {
	platform: ChatPlatform;
	place: Place;
	fetching: Fetching;
	/** Somebody waits for it, or nobody does. */
	priority: Extract<PacedCall['priority'], 'first' | 'update'>;
}

export interface DownloadDependencies {
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	clock: Clock;
}

/** Between two pieces, the waiting for the first one included. Some adapters give up sooner. */
const silenceMs = 30_000;
/** In all. 50 MB in that time are 170 KB a second, which a poor line still has. */
const mostMs = 300_000;

/**
 * The platform's pace is kept for the request, not for the bytes that follow it. The iteration @throws BotError `TIMEOUT`, retryable, and what
 * `ChatPlatform.fetchFile` throws.
 */
export async function* download(
	{ pacers, clock }: DownloadDependencies,
	{ platform, place, fetching, priority }: Download,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	const given = new AbortController();
	const forget = onAbort(signal, () => given.abort());
	const parts = platform.fetchFile(fetching.attachment, place, fetching.maxBytes, given.signal)[Symbol.asyncIterator]();
	const untilMs = clock.now() + mostMs;
	const next = () => inTime(clock, parts.next(), Math.min(silenceMs, untilMs - clock.now()), stalled);
	try {
		let part = await pacers(platform).run({ operation: 'fetch-file', place, priority }, signal, next);
		for (; !part.done; part = await next()) yield part.value;
	} finally {
		forget();
		// Whoever stopped early waits for nothing that hangs.
		given.abort();
		parts.return?.().catch(() => {});
	}
}

function stalled(): BotError {
	return new BotError('TIMEOUT', 'a file came too slowly', { reason: 'stalled', retryable: true });
}
