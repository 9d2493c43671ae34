/** The published throttles of the Bot Connector, counted as sliding windows. */

import type { Operation } from './faults.ts';

export interface Limiter {
	/** Counts one call. Gives null when it is within the limits, else the seconds for `Retry-After`. Refused calls do not count. */
	take(operation: Operation, conversation: string): number | null;
	/** Counts one request of a stream. Gives true when it is within the limit. */
	takeStream(streamId: string): boolean;
	forget(): void;
}

interface Window {
	limit: number;
	windowMs: number;
}

const windows = (...limits: [number, number, number, number]): Window[] =>
	limits.map((limit, index) => ({ limit, windowMs: [1_000, 2_000, 30_000, 3_600_000][index] ?? 0 }));

/** "Optimize your bot: rate limiting": per bot and conversation, a channel with all its threads being one conversation. */
const sends = windows(7, 8, 60, 1_800);
const reads = windows(14, 16, 120, 3_600);
/** The same page: all calls of one app in one tenant. */
const tenantWide: Window[] = [{ limit: 50, windowMs: 1_000 }];
/** "Stream bot messages": one request a second. */
const streaming: Window[] = [{ limit: 1, windowMs: 1_000 }];

/**
 * Which windows an operation counts in. The page has no figure for updates, deletions, the typing sign and the chunks of a stream; the
 * emulator counts them as sends, the strictest reading. A new conversation counts apart from the messages.
 */
const groups: Readonly<Partial<Record<Operation, { name: string; windows: Window[] }>>> = {
	post: { name: 'send', windows: sends },
	stream: { name: 'send', windows: sends },
	typing: { name: 'send', windows: sends },
	update: { name: 'send', windows: sends },
	delete: { name: 'send', windows: sends },
	create: { name: 'create', windows: sends },
	member: { name: 'members', windows: reads },
	members: { name: 'members', windows: reads },
	team: { name: 'conversations', windows: reads },
	channels: { name: 'conversations', windows: reads },
};

/** Creates the limiter; without `on` nothing is ever refused. */
export function createLimiter(on: boolean, now: () => number): Limiter {
	const counters = new Map<string, number[]>();
	/** Counts in all of the groups, or in none when one of them is full. */
	const takeAll = (wanted: { key: string; windows: Window[] }[]): number | null => {
		const nowMs = now();
		const waitsMs = wanted.map(({ key, windows: rules }) => waitFor(counters.get(key) ?? [], rules, nowMs));
		const waitMs = Math.max(...waitsMs);
		if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000));
		for (const { key, windows: rules } of wanted) {
			const longestMs = Math.max(...rules.map(({ windowMs }) => windowMs));
			counters.set(key, [...(counters.get(key) ?? []).filter((atMs) => atMs > nowMs - longestMs), nowMs]);
		}
		return null;
	};
	return {
		take(operation, conversation) {
			const group = groups[operation];
			if (!on || group === undefined) return null;
			return takeAll([
				{ key: `${group.name}:${conversation}`, windows: group.windows },
				{ key: 'tenant', windows: tenantWide },
			]);
		},
		takeStream: (streamId) => !on || takeAll([{ key: `stream:${streamId}`, windows: streaming }]) === null,
		forget: () => counters.clear(),
	};
}

/** How long until another call fits into every window; 0 when it does now. `calls` are the times that may still count, oldest first. */
function waitFor(calls: readonly number[], rules: readonly Window[], nowMs: number): number {
	return Math.max(
		...rules.map(({ limit, windowMs }) => {
			const counting = calls.filter((atMs) => atMs > nowMs - windowMs);
			return counting.length < limit ? 0 : (counting[counting.length - limit] ?? nowMs) + windowMs - nowMs;
		}),
	);
}
