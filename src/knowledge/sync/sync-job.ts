/** Keeps documents like the folders and buckets that the settings name, every few minutes. */

import { z } from 'zod';
import { toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Logger } from '../../log.ts';
import type { Sync, SyncedFile, SyncOutcome } from './sync.ts';
import type { SyncedSource } from './synced-source.ts';

export interface SyncSettings {
	sources: readonly SyncedSource[];
	everyMs: number;
}

export interface SyncJobDependencies extends SyncSettings {
	sync: Sync;
	logger: Pick<Logger, 'info' | 'warn'>;
}

/** The first time a large source takes long; what was taken is passed over when it goes on. */
const timeLimitMs = 3_600_000;

/** What one source cannot give keeps none of the others waiting, and is tried again the next time. */
export function createSyncJob({ sources, everyMs, sync, logger }: SyncJobDependencies): JobDefinition {
	async function keep(source: SyncedSource, number: number, signal: AbortSignal): Promise<void> {
		const counts: Partial<Record<SyncOutcome, number>> = {};
		try {
			const onFile = ({ outcome }: SyncedFile) => {
				counts[outcome] = (counts[outcome] ?? 0) + 1;
			};
			await sync(source, { signal, onFile });
			logger.info({ source: number, ...counts }, 'a source of documents was looked through');
		} catch (thrown) {
			if (signal.aborted) throw thrown;
			const { code, reason, message } = toBotError(thrown);
			logger.warn({ source: number, code, reason, cause: message }, 'a source of documents could not be looked through');
		}
	}

	return {
		name: 'sync-documents',
		data: z.object({}),
		everyMs,
		timeLimitMs,
		async run(_data, { signal }) {
			for (const [index, source] of sources.entries()) await keep(source, index + 1, signal);
		},
	};
}
