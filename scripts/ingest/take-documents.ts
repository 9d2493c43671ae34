/** Takes the documents of a folder or bucket into the database that the settings name, and reads them at once. */

import { systemClock } from '#src/clock.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import { toBotError } from '#src/errors.ts';
import type { JobContext } from '#src/jobs/job.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { createDocumentIndex } from '#src/knowledge/documents/document-index.ts';
import type { FileStore } from '#src/knowledge/files/file-store.ts';
import { openFileStore } from '#src/knowledge/files/open-file-store.ts';
import { type FileReason, readFileReason } from '#src/knowledge/ingest/file-reason.ts';
import { createForgetDocumentJob } from '#src/knowledge/ingest/forget-document-job.ts';
import { createIndexDocumentJob } from '#src/knowledge/ingest/index-document-job.ts';
import { createReadingPlaces } from '#src/knowledge/ingest/reading-places.ts';
import { removePlacements } from '#src/knowledge/ingest/removals.ts';
import { createTellTakenBackJob } from '#src/knowledge/ingest/tell-taken-back-job.ts';
import { readDocument } from '#src/knowledge/reader/read-document.ts';
import { createSync, type SyncDependencies, type SyncedFile } from '#src/knowledge/sync/sync.ts';
import type { SyncedSource } from '#src/knowledge/sync/synced-source.ts';
import { silentLogger } from '#src/log.ts';
import type { Settings } from '#src/settings/settings.ts';

/** A file, and what was read of it. */
export interface TakenFile extends SyncedFile {
	/** Null where nothing was read now. */
	read: { passages: number; isPartial: boolean } | { reason: FileReason } | null;
}

export interface TakeOptions {
	settings: Settings;
	/** Changes nothing. */
	isDry: boolean;
	signal: AbortSignal;
	onFile(file: TakenFile): void;
}

/** @throws BotError as `openDatabase`, `openFileStore` and `Sync`. */
export async function takeDocuments(source: SyncedSource, options: TakeOptions): Promise<void> {
	const { database: place, administration, documents } = options.settings;
	const database = await openDatabase({ ...place, audit: administration.audit, logger: silentLogger });
	try {
		const files = await openFileStore({ files: documents, dataFolder: place.dataFolder, clock: systemClock, logger: silentLogger });
		const { jobs, close } = await openJobs(database);
		await take(source, options, { database, files, jobs }).finally(close);
	} finally {
		await database.close();
	}
}

interface Machine {
	database: Database;
	files: FileStore;
	jobs: Pick<Jobs, 'enqueue'>;
}

async function take(source: SyncedSource, { settings, isDry, signal, onFile }: TakeOptions, machine: Machine): Promise<void> {
	const { database, files } = machine;
	const read = createReading(machine, signal);
	const sync = createSync({
		...{ database, files, access: settings.documents.access, clock: systemClock, ...removalsOf(machine) },
		// It is done here, and again the next time if this process dies over it.
		read: async () => {},
	});
	await sync(source, {
		...{ signal, isDry },
		async onFile(file) {
			onFile({ ...file, read: file.documentId === null ? null : await read(file.documentId) });
		},
	});
}

/** The running program does them, or the next one that runs: nobody is reached from here. */
function leftJobs({ database, files }: Machine) {
	const tellTakenBack = createTellTakenBackJob({ database, tellAlone: async () => false, language: 'en', logger: silentLogger });
	return { forget: createForgetDocumentJob({ database, files }), tellTakenBack };
}

function removalsOf(machine: Machine): Pick<SyncDependencies, 'remove' | 'forget'> {
	const leaving = leftJobs(machine).forget;
	const forget: SyncDependencies['forget'] = async (transaction, documentIds) => {
		for (const documentId of documentIds) await machine.jobs.enqueue(transaction, leaving, { documentId });
	};
	return {
		forget,
		remove: async (transaction, removal) => await forget(transaction, (await removePlacements(transaction, removal)).documentIds),
	};
}

/** Vectors are made by the running program, which looks for passages without one. */
function createReading(machine: Machine, signal: AbortSignal) {
	const { database, files, jobs } = machine;
	const index = createIndexDocumentJob({
		...{ database, files, jobs, clock: systemClock, embed: null, ...leftJobs(machine) },
		index: createDocumentIndex(database),
		read: (request) => readDocument(request, { log: silentLogger }),
		places: createReadingPlaces(1),
		// Nobody waits for these files in a chat.
		lines: { leave: async () => {}, during: (_messages, work) => work() },
		observer: { stage: () => {}, indexed: () => {}, declined: () => {}, embedded: () => {}, reconciled: () => {} },
	});
	const context: JobContext = {
		...{ id: '', attempt: 1, signal, progress: () => {} },
		finishIn: async () => {},
	};

	return async (documentId: string): Promise<TakenFile['read']> => {
		const received = { documentId, userId: null };
		try {
			await index.run(received, context);
		} catch (thrown) {
			if (signal.aborted || toBotError(thrown).code === 'STORE_UNAVAILABLE') throw thrown;
			// It is tried once.
			await index.onLost?.(received);
			return { reason: 'unavailable' };
		}
		const [document] = await database.queryAsLibrarian<{ status: string; reason: string | null; passages: number; isPartial: boolean }>(
			'select status, reason, chunk_count as passages, is_partial as "isPartial" from documents where id = $1',
			[documentId],
		);
		if (document?.status !== 'ready') return { reason: readFileReason(document?.reason ?? null) };
		return { passages: document.passages, isPartial: document.isPartial };
	};
}
