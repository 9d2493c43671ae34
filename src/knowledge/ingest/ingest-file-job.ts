/** Fetches a file that was shared and keeps its bytes, once for each content. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { JobContext, JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { FileStore, PutFile } from '../files/file-store.ts';
import { type DownloadDependencies, download } from './download.ts';
import type { FileLines } from './file-lines.ts';
import { type FileReason, reasonOfFetch } from './file-reason.ts';
import type { LeavingDocument } from './forget-document-job.ts';
import type { ReceivedDocument } from './index-document-job.ts';
import type { IngestObserver } from './observer.ts';
import { attachDocument, declineFile, documentIdOf, findWaiting, placeFile, type WaitingFile } from './placements.ts';
import { letGo } from './removals.ts';

const sharedFile = z.object({
	placementId: z.uuid(),
	/** Who shared it; null when nobody knows any more. */
	userId: z.uuid().nullable(),
});

export type SharedFileId = z.infer<typeof sharedFile>;

export interface IngestFileDependencies extends DownloadDependencies {
	database: Pick<Database, 'asLibrarian'>;
	files: Pick<FileStore, 'put' | 'has'>;
	jobs: Pick<Jobs, 'enqueue'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	index: JobDefinition<ReceivedDocument>;
	forget: JobDefinition<LeavingDocument>;
	lines: FileLines;
	observer: IngestObserver;
}

export function createIngestFileJob(deps: IngestFileDependencies): JobDefinition<SharedFileId> {
	const { database, files, jobs, platforms, clock, index, forget, lines, observer } = deps;

	async function fetch(file: WaitingFile, platform: ChatPlatform, signal: AbortSignal): Promise<PutFile> {
		const beganAtMs = clock.now();
		const bytes = download(deps, { platform, place: file.place, fetching: file.fetching, priority: 'update' }, signal);
		const put = await files.put(bytes, { maxBytes: file.fetching.maxBytes }, signal);
		observer.stage('fetch', clock.now() - beganAtMs);
		return put;
	}

	/**
	 * The document has a placement before the bytes are looked for again: whoever was removing the same content has done so by then, and nobody
	 * begins to. @returns false when the placement was removed meanwhile.
	 */
	async function keep(file: WaitingFile, put: PutFile, signal: AbortSignal): Promise<boolean> {
		const isKept = await database.asLibrarian(async (transaction) => {
			const isAttached = await attachDocument(transaction, file.id, put);
			const before = file.documentId ?? documentIdOf(put.hash);
			for (const documentId of await letGo(transaction, isAttached ? [before] : [before, documentIdOf(put.hash)]))
				await jobs.enqueue(transaction, forget, { documentId });
			return isAttached;
		});
		if (isKept && !(await files.has(put.hash, signal)))
			throw new BotError('CONFLICT', 'the bytes of a file were removed while it was taken in', { retryable: true });
		return isKept;
	}

	async function take(file: WaitingFile, { userId }: SharedFileId, { signal, finishIn }: JobContext): Promise<void> {
		const platform = platforms.get(file.place.platform);
		if (platform === undefined) throw new BotError('NOT_FOUND', 'the platform of a file is not configured any more');
		const put = await fetch(file, platform, signal);
		if (!(await keep(file, put, signal))) return;
		const documentId = documentIdOf(put.hash);
		await database.asLibrarian(async (transaction) => {
			await placeFile(transaction, file.id);
			await jobs.enqueue(transaction, index, { documentId, userId });
			await finishIn(transaction);
		});
	}

	async function decline(file: WaitingFile, status: 'refused' | 'failed', reason: FileReason): Promise<void> {
		observer.declined(reason);
		await database.asLibrarian(async (transaction) => {
			await declineFile(transaction, file.id, { status, reason });
			await lines.leave(transaction, file);
		});
	}

	return {
		name: 'ingest-file',
		data: sharedFile,
		key: ({ placementId }) => placementId,
		userId: ({ userId }) => userId,
		async run(data, context) {
			const file = await database.asLibrarian((transaction) => findWaiting(transaction, data.placementId));
			if (file === null) return;
			try {
				await lines.during(file.place.kind === 'direct' ? [file] : [], () => take(file, data, context));
			} catch (thrown) {
				const error = toBotError(thrown);
				if (context.signal.aborted) throw error;
				const reason = reasonOfFetch(error);
				if (reason !== null) return await decline(file, 'refused', reason);
				throw error;
			}
		},
		async onLost({ placementId }) {
			const file = await database.asLibrarian((transaction) => findWaiting(transaction, placementId));
			if (file !== null) await decline(file, 'failed', 'unavailable');
		},
	};
}
