/** How long tests wait: limits for what hangs, far above what anything takes, so that a busy machine fails no test. */

/** For something that should happen, and does so at once on an idle machine. What must happen *soon* has a limit of its own in its test. */
export const patienceMs = 60_000;

/** For a whole test or hook: a few such waits. */
export const testLimitMs = 180_000;
