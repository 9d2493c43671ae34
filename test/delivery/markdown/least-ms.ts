/** Measures work on a machine that is busy with other things too. */

/** The shortest of five runs, in milliseconds: what the work itself takes. */
export function leastMs(work: () => unknown): number {
	const runs = Array.from({ length: 5 }, () => {
		const startedAt = performance.now();
		work();
		return performance.now() - startedAt;
	});
	return Math.min(...runs);
}
