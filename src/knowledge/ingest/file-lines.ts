/** When the line of a message that files were shared with is looked at again: whenever something changed, and now and then while something is done. */

import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { FileMessage } from './placements.ts';

export interface FileLines {
	/** In the transaction that changes something. */
	leave(where: Transaction, message: FileMessage): Promise<void>;
	/** Does the work, and shows beside these messages how far it is: those in personal chats. @throws what the work throws. */
	during<Result>(messages: readonly FileMessage[], work: () => Promise<Result>): Promise<Result>;
}

export interface FileLinesDependencies {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	show: JobDefinition<FileMessage>;
	clock: Clock;
}

/** Nobody watches a number more closely, and most files are done within the first span. */
const lookEveryMs = 3_000;

export function createFileLines({ database, jobs, show, clock }: FileLinesDependencies): FileLines {
	async function watch(messages: readonly FileMessage[], signal: AbortSignal): Promise<void> {
		for (;;) {
			await clock.wait(lookEveryMs, signal);
			for (const message of messages) await jobs.enqueue(database, show, message);
		}
	}

	return {
		leave: async (where, message) => void (await jobs.enqueue(where, show, message)),
		async during(messages, work) {
			const done = new AbortController();
			// Nobody misses a line that could not be left: the next one tells the same.
			const watching = watch(messages, done.signal).catch(() => {});
			try {
				return await work();
			} finally {
				done.abort();
				await watching;
			}
		},
	};
}
