/** The end of a job that has failed for good: it says so where people look, and is kept with what failed. */

import { toBotError } from '../errors.ts';
import { type PgBoss, workQueue } from './boss.ts';
import { readStored } from './jobs.ts';
import type { JobRegistry } from './registry.ts';
import type { Attempt } from './rows.ts';

export interface BuryDependencies {
	boss: Pick<PgBoss, 'fail'>;
	registry: JobRegistry;
}

/**
 * Of a try that was the last one. Safe to repeat. @param stored what its row holds. @param code of its last error; null when its process died.
 * @throws BotError, retryable, as `JobDefinition.onLost` and `Database.query`: then it is still to be done.
 */
export async function bury(
	{ boss, registry }: BuryDependencies,
	{ id, retryCount }: Attempt,
	stored: unknown,
	code: string | null,
): Promise<void> {
	const { job, data } = readStored(stored);
	const definition = registry.find(job);
	const known = definition?.data.safeParse(data);
	if (known?.success === true) {
		await definition?.onLost?.(known.data).catch((thrown) => {
			// A fault of ours keeps nobody from finding the job with what failed.
			if (toBotError(thrown).retryable) throw thrown;
		});
	}
	await boss.fail(workQueue, { id, retryCount }, code === null ? {} : { code });
}
