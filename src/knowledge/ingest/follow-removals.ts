/** Hears of messages, files and channels that go or change, and lets documents do the same. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { FileChanged, MessageFilesLeft, PlaceChanged } from '../../platform/place-event.ts';
import { standardLimits } from '../reader/limits.ts';
import type { LeavingDocument } from './forget-document-job.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import { type FileMessage, refetchFiles } from './placements.ts';
import { filesOfChannel, filesOfId, filesOfMessage, type Removal, type Removed, removePlacements } from './removals.ts';
import type { ObsoleteLine } from './remove-line-job.ts';

export interface FollowRemovalsDependencies {
	database: Pick<Database, 'asLibrarian'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	forget: JobDefinition<LeavingDocument>;
	show: JobDefinition<FileMessage>;
	removeLine: JobDefinition<ObsoleteLine>;
}

export function createFollowRemovals({ database, jobs, ingest, forget, show, removeLine }: FollowRemovalsDependencies) {
	/** Within the caller's transaction: what follows is left as jobs. In a place that is gone nobody reads what the bot says. */
	async function removeIn(transaction: Transaction, removal: Removal, isPlaceThere = true): Promise<Removed> {
		const removed = await removePlacements(transaction, removal);
		for (const documentId of removed.documentIds) await jobs.enqueue(transaction, forget, { documentId });
		if (!isPlaceThere) return removed;
		for (const message of removed.changed) await jobs.enqueue(transaction, show, message);
		for (const line of removed.lines) await jobs.enqueue(transaction, removeLine, line);
		return removed;
	}

	async function remove(removal: Removal, isPlaceThere = true): Promise<void> {
		await database.asLibrarian((transaction) => removeIn(transaction, removal, isPlaceThere));
	}

	/** Whoever shared it was let through with it before. */
	async function refetch(event: FileChanged): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			for (const file of await refetchFiles(transaction, event, standardLimits.mostFileBytes))
				await jobs.enqueue(transaction, ingest, file);
		});
	}

	/** Safe to repeat. All @throws BotError as `Database.asLibrarian`. */
	return {
		removeIn,
		filesLeft: ({ place, messageId, fileIds }: MessageFilesLeft) => remove(filesOfMessage(channelIdOf(place), messageId, fileIds)),
		fileChanged: refetch,
		fileRemoved: (event: FileChanged) => remove(filesOfId(event, event.fileId)),
		placeDeleted: ({ place }: PlaceChanged) => remove(filesOfChannel(channelIdOf(place)), false),
	};
}
