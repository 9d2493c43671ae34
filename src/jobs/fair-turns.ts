/** Which job is next: of each person one in a round, so that somebody with fifty makes nobody else wait for fifty. */

import type { JobWithMetadata } from 'pg-boss';
import { BotError } from '../errors.ts';
import { type PgBoss, workQueue } from './boss.ts';
import { readStored, type StoredJob } from './jobs.ts';
import { programGroup } from './rows.ts';

export type FetchedJob = JobWithMetadata<StoredJob>;

/**
 * A process keeps its own rounds: with several of them somebody gets as many in a row as there are processes, and no more. Within a round the
 * higher priority goes first, then who came first.
 */
export function createFairTurns(boss: Pick<PgBoss, 'fetch'>) {
	/** Who had a turn in this round. */
	const served = new Set<string>();

	async function fetch(): Promise<FetchedJob | null> {
		try {
			const [job] = await boss.fetch<StoredJob>(workQueue, { includeMetadata: true, ignoreGroups: [...served] });
			return job ?? null;
		} catch (error) {
			// Another process began a job of the same key in this very moment: the next look passes it over.
			if (error instanceof BotError && error.code === 'CONFLICT') return null;
			throw error;
		}
	}

	return {
		/** Begins the next job for this process; null when none is to be done now. @throws BotError as `Database.query`. */
		async next(): Promise<FetchedJob | null> {
			const job = await fetch();
			if (job === null && served.size > 0) {
				served.clear();
				return await this.next();
			}
			if (job !== null) served.add(job.groupId ?? programGroup);
			return job && { ...job, data: readStored(job.data) };
		},
	};
}
