/** Remembers hosts that keep failing, so that others are preferred for a while. */

const FAILURES_TO_OPEN = 3;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 120_000;

export interface CircuitBreaker {
	/** True while the host should be spared; the last resort is still allowed to try it. */
	isOpen(nowMs: number): boolean;
	succeeded(): void;
	failed(nowMs: number): void;
}

/** Opens after three failures in a row, for 10 s, and twice as long after each further one. */
export function createCircuitBreaker(): CircuitBreaker {
	let failures = 0;
	let openUntilMs = 0;
	return {
		isOpen: (nowMs) => nowMs < openUntilMs,
		succeeded: () => {
			failures = 0;
			openUntilMs = 0;
		},
		failed: (nowMs) => {
			failures++;
			if (failures < FAILURES_TO_OPEN) return;
			openUntilMs = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - FAILURES_TO_OPEN));
		},
	};
}
