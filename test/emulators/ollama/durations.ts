/** Times as Ollama tells them. */

const NANOSECONDS_PER_MS = 1e6;
/** Finding a loaded model takes this much of the real server, and is told as the time of its load. */
const LEAST_MS = 1;

/** A whole number of nanoseconds, never 0. */
export function nanoseconds(durationMs: number): number {
	return Math.round(Math.max(durationMs, LEAST_MS) * NANOSECONDS_PER_MS);
}
