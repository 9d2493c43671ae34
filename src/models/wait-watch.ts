/** Watches a request on a host while nothing comes of it: whether it only waits there for others of ours, and what is known of a long silence. */

import type { Clock } from '../clock.ts';
import type { Deadlines } from './deadlines.ts';
import type { ModelEvent, SilenceCause } from './model-pool.ts';

export type WaitEvent = Extract<ModelEvent, { type: 'queued' | 'silent' | 'working' }>;

/** How a request stands on its host before its first token. */
export interface HostPlace {
	/** Others of ours are answered there meanwhile. */
	isBehindOthers: boolean;
	/** Its place among those that wait there, from 1; null as long as it may as well be read already. */
	position: number | null;
}

export interface WaitWatchParts {
	clock: Clock;
	deadlines: Deadlines;
	firstTokenMs: number;
	place: () => Promise<HostPlace>;
	cause: () => SilenceCause;
	/** When waiting for others ends in any case, by the clock. */
	waitUntilMs: number;
	note: (event: WaitEvent) => void;
	/** Ends the watch. */
	signal: AbortSignal;
}

/** People who see nothing for so long wonder whether anybody is there. */
const SILENT_AFTER_MS = 15_000;
/** A sign that changes more often than this is not read, and each change is a call to the platform. */
const TOLD_EVERY_MS = 15_000;
/** Between two looks. A slot that comes free is noticed so much later, and the limit of the first token begins by so much too early. */
const LOOK_EVERY_MS = 2_000;

/** Returns at once. */
export function watchWait(parts: WaitWatchParts): void {
	// Ends with CANCELLED, by the signal.
	watch(parts).catch(() => undefined);
}

async function watch(parts: WaitWatchParts): Promise<void> {
	const { clock, signal } = parts;
	let told: WaitEvent | null = null;
	for (;;) {
		await clock.wait(pauseMs(parts, told), signal);
		const seen = (await lookAtPlace(parts)) ?? lookAtSilence(parts);
		if (signal.aborted) return;
		if (JSON.stringify(seen) === JSON.stringify(told)) continue;
		told = seen;
		parts.note(seen ?? { type: 'working' });
	}
}

/** Once it streams there is nothing to look at but a silence, which is known in advance. */
function pauseMs({ deadlines, firstTokenMs }: WaitWatchParts, told: WaitEvent | null): number {
	const untilSilentMs = SILENT_AFTER_MS - deadlines.silentMs();
	if (deadlines.hasStarted() && told === null) return Math.max(untilSilentMs, 1);
	// The limit must not pass between two looks.
	const mostMs = Math.min(LOOK_EVERY_MS, firstTokenMs / 3);
	return untilSilentMs > 0 ? Math.min(mostMs, untilSilentMs) : mostMs;
}

async function lookAtPlace({ clock, deadlines, place, waitUntilMs }: WaitWatchParts): Promise<WaitEvent | null> {
	if (deadlines.hasStarted()) return null;
	const { isBehindOthers, position } = await place();
	if (!isBehindOthers || deadlines.hasStarted()) return null;
	deadlines.restart();
	if (clock.now() >= waitUntilMs) deadlines.expire('queue');
	return position === null ? null : { type: 'queued', position, estimateMs: null };
}

function lookAtSilence({ deadlines, cause }: WaitWatchParts): WaitEvent | null {
	const silentMs = deadlines.silentMs();
	if (silentMs < SILENT_AFTER_MS) return null;
	return { type: 'silent', cause: cause(), forMs: Math.floor(silentMs / TOLD_EVERY_MS) * TOLD_EVERY_MS };
}
