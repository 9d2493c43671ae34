/** Hears of messages, files and channels that go or change, and lets documents do the same. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { AppRemoved, FileChanged, MemberChanged, MessageFilesLeft, PlaceChanged } from '../../platform/place-event.ts';
import { standardLimits } from '../reader/limits.ts';
import type { LeavingDocument } from './forget-document-job.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import { type FileMessage, refetchFiles } from './placements.ts';
import { channelsWithFiles, filesOfChannel, filesOfId, filesOfMessage, type Removal, type Removed, removePlacements } from './removals.ts';
import type { ObsoleteLine } from './remove-line-job.ts';

export interface FollowRemovalsDependencies {
	database: Pick<Database, 'asLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	forget: JobDefinition<LeavingDocument>;
	show: JobDefinition<FileMessage>;
	removeLine: JobDefinition<ObsoleteLine>;
}

export function createFollowRemovals(deps: FollowRemovalsDependencies) {
	const { database, platforms, jobs, ingest, forget, show, removeLine } = deps;

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

	/** One channel after the other: a whole workspace in one transaction would make everybody wait. */
	async function leaveChannels(channelIds: readonly string[]): Promise<void> {
		for (const channelId of channelIds) await remove(filesOfChannel(channelId), false);
	}

	/** The bot was taken out of it, or it is gone, and others with it. */
	async function leavePlace(event: MemberChanged | PlaceChanged): Promise<void> {
		const platform = platforms.get(event.platform);
		const others =
			platform?.concerns === undefined ? [] : await database.asLibrarian((transaction) => channelsWithFiles(transaction, event));
		const concerned = others.filter(({ place }) => place !== null && platform?.concerns?.(event, place));
		await leaveChannels([channelIdOf(event.place), ...concerned.map(({ channelId }) => channelId)]);
	}

	async function leaveAll(event: AppRemoved): Promise<void> {
		const channels = await database.asLibrarian((transaction) => channelsWithFiles(transaction, event));
		await leaveChannels(channels.map(({ channelId }) => channelId));
	}

	/** Safe to repeat. All @throws BotError as `Database.asLibrarian`. */
	return {
		removeIn,
		filesLeft: ({ place, messageId, fileIds }: MessageFilesLeft) => remove(filesOfMessage(channelIdOf(place), messageId, fileIds)),
		fileChanged: refetch,
		fileRemoved: (event: FileChanged) => remove(filesOfId(event, event.fileId)),
		placeLeft: leavePlace,
		appRemoved: leaveAll,
	};
}
