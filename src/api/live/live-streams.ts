/** The streams of this process: how many there may be, and how they end when it stops. */

import type { Clock } from '../../clock.ts';
import type { HeldText } from '../../live/live-reading.ts';
import { isInTime } from '../../waiting.ts';
import { ApiRefusal } from '../refusal.ts';
import type { EventSocket } from './event-socket.ts';
import { type LiveStream, type LiveStreamDependencies, type ReaderView, startLiveStream } from './live-stream.ts';

export interface LiveStreams {
	/** @param begin Called when there is room. @throws ApiRefusal `RATE_LIMITED`, `UNAVAILABLE`. */
	open(deps: LiveStreamDependencies, view: ReaderView, held: readonly HeldText[], begin: () => EventSocket): void;
	readonly count: number;
	/** Says good-bye to all of them, and waits a moment for those who hear it. */
	close(): Promise<void>;
}

/** One a tab; nobody looks at more tabs, and browsers open six connections to a host over HTTP/1.1. */
const mostOfPerson = 10;
/** At some 30 kB each, 60 MB. */
const mostStreams = 2_000;
const comeBackMs = 10_000;
const patienceMs = 1_000;

export function createLiveStreams(clock: Clock): LiveStreams {
	const open = new Set<LiveStream>();
	const byPerson = new Map<string, number>();

	function count(userId: string, change: 1 | -1): void {
		const left = (byPerson.get(userId) ?? 0) + change;
		if (left === 0) byPerson.delete(userId);
		else byPerson.set(userId, left);
	}

	return {
		open(deps, view, held, begin) {
			if ((byPerson.get(view.userId) ?? 0) >= mostOfPerson) throw new ApiRefusal('RATE_LIMITED', { retryAfterMs: comeBackMs });
			if (open.size >= mostStreams) throw new ApiRefusal('UNAVAILABLE', { retryAfterMs: comeBackMs });
			count(view.userId, 1);
			const stream = startLiveStream(deps, view, held, begin());
			open.add(stream);
			void stream.ended.then(() => {
				open.delete(stream);
				count(view.userId, -1);
			});
		},
		get count() {
			return open.size;
		},
		async close() {
			for (const stream of open) stream.bye();
			await isInTime(clock, Promise.all([...open].map(({ ended }) => ended)), patienceMs);
		},
	};
}
