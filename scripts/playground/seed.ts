/** Fills an emulated platform with what was said before, by a clock that can be in the past. */

import { type Line, type Talk, talks } from './seed-talks.ts';

export interface SeedClock {
	now: () => number;
	moveBack(minutes: number): void;
}

export function createSeedClock(): SeedClock {
	let offsetMs = 0;
	return {
		now: () => performance.timeOrigin + performance.now() + offsetMs,
		moveBack(minutes) {
			offsetMs = -minutes * 60_000;
		},
	};
}

/**
 * Has everything said that was said before the visitor came, oldest first over all places, because time on a platform only moves
 * forward.
 * @param say gives the id of what was said; `rootId` is null for the first line of a talk.
 */
export async function replayTalks(
	clock: SeedClock,
	say: (talk: Talk, line: Line, rootId: string | null) => Promise<string>,
): Promise<void> {
	const roots = new Map<Talk, string>();
	const lines = talks.flatMap((talk) => [talk.root, ...talk.replies].map((line) => ({ talk, line })));
	lines.sort((left, right) => right.line.minutesAgo - left.line.minutesAgo);
	for (const { talk, line } of lines) {
		clock.moveBack(line.minutesAgo);
		const id = await say(talk, line, roots.get(talk) ?? null);
		if (line === talk.root) roots.set(talk, id);
	}
	clock.moveBack(0);
}
