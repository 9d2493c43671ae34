/** Documents of files that people share, put together: how they come in and how they go. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Identities } from '../identity/identity.ts';
import type { Memberships } from '../identity/memberships.ts';
import { createTellAlone } from '../identity/tell-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Limits } from '../limits/limits.ts';
import type { Language } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { PlaceEvents, PlaceEventType } from '../platform/place-event.ts';
import { createDocumentIndex } from './documents/document-index.ts';
import type { FileStore } from './files/file-store.ts';
import type { BucketAccess } from './files/s3/address.ts';
import { createAskJob } from './ingest/ask-job.ts';
import { createBackfillJob } from './ingest/backfill-job.ts';
import { type Backfills, createBackfills } from './ingest/backfills.ts';
import { type ChannelFiles, type ChannelIngestion, createChannelFiles } from './ingest/channel-files.ts';
import { createFileLines } from './ingest/file-lines.ts';
import { createFollowRemovals } from './ingest/follow-removals.ts';
import { createForgetDocumentJob } from './ingest/forget-document-job.ts';
import { createIndexDocumentJob } from './ingest/index-document-job.ts';
import { createIngestFileJob } from './ingest/ingest-file-job.ts';
import { createIngestOperations, type IngestOperations } from './ingest/ingest-operations.ts';
import { createFindMessageLink } from './ingest/message-link.ts';
import type { IngestObserver } from './ingest/observer.ts';
import { createFileOffers, type FileOffers } from './ingest/offer-files.ts';
import { createReadingPlaces } from './ingest/reading-places.ts';
import { createReconcileFilesJob } from './ingest/reconcile-files-job.ts';
import { createRemoveLineJob } from './ingest/remove-line-job.ts';
import { createFindSharer } from './ingest/sharer.ts';
import { createShowBackfillJob } from './ingest/show-backfill-job.ts';
import { createShowFilesJob } from './ingest/show-files-job.ts';
import { createSweepFilesJob } from './ingest/sweep-files-job.ts';
import { createTakeFiles } from './ingest/take-files.ts';
import { createTellTakenBackJob } from './ingest/tell-taken-back-job.ts';
import { type ReadOutcome, type ReadRequest, readDocument } from './reader/read-document.ts';
import { createShelfChanges, type ShelfChanges } from './shelf/shelf-changes.ts';
import { createSync } from './sync/sync.ts';
import { createSyncJob, type SyncSettings } from './sync/sync-job.ts';
import { createDropUploadsJob } from './uploads/drop-uploads-job.ts';
import { createUploadStore, type UploadStore } from './uploads/upload-store.ts';
import { createVectors } from './vectors/create-vectors.ts';
import type { VectorOperations } from './vectors/vector-operations.ts';

export interface IngestionDependencies {
	database: Database;
	files: FileStore;
	jobs: Pick<Jobs, 'enqueue'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	identities: Pick<Identities, 'resolve'>;
	memberships: Pick<Memberships, 'isMember'>;
	limits: Pick<Limits, 'admitFile' | 'uploadBytes' | 'mayBeTold'>;
	models: Pick<LanguageModels, 'embed' | 'embeddingIdentity'>;
	/** Makes vectors of passages unless an administrator chose another one; null for none. */
	standardModel: string | null;
	/** Whether files are taken in channels where nobody decided. */
	channels: ChannelIngestion;
	language: Language;
	clock: Clock;
	logger: Logger;
	observer: IngestObserver;
	/** What documents are taken from by themselves. */
	sync: SyncSettings;
	/** To buckets. */
	access: BucketAccess | null;
	/** `readDocument` when not given. */
	read?: (request: ReadRequest) => Promise<ReadOutcome>;
}

export interface IngestionRoom {
	channelFiles: ChannelFiles;
	offers: FileOffers;
	backfills: Backfills;
	shelfChanges: ShelfChanges;
	/** What people give on the web before they ask about it. */
	uploads: UploadStore;
	operations: IngestOperations;
	/** Null in a database that keeps no vectors. */
	vectorOperations: VectorOperations | null;
	jobDefinitions: readonly JobDefinition[];
	/** Hears of files that come and go. */
	follow(happenings: Happenings): void;
}

/** Where the program hands out what happens in places; what it keeps until it is done. */
export interface Happenings {
	on<Type extends PlaceEventType>(
		types: readonly Type[],
		handle: (event: PlaceEvents[Type], signal: AbortSignal) => Promise<void>,
		isMeant?: (event: PlaceEvents[Type]) => boolean,
	): void;
}

/** Each is a process of up to 700 MB, and one processor is left to those who wait for answers. */
const readAtOnce = 2;

export function createIngestion(deps: IngestionDependencies): IngestionRoom {
	const { database, jobs, logger } = deps;
	const forget = createForgetDocumentJob(deps);
	const show = createShowFilesJob(deps);
	const removeLine = createRemoveLineJob(deps);
	const lines = createFileLines({ ...deps, show });
	const vectors = createVectors(deps);
	const tellTakenBack = createTellTakenBackJob({ ...deps, tellAlone: createTellAlone(deps) });
	const index = createIndexDocumentJob({
		...{ ...deps, embed: vectors.embed, forget, tellTakenBack, lines, index: createDocumentIndex(database) },
		read: deps.read ?? ((request) => readDocument(request, { log: logger })),
		places: createReadingPlaces(readAtOnce),
	});
	const ingest = createIngestFileJob({ ...deps, index, forget, lines });
	const ask = createAskJob(deps);
	const linkOf = createFindMessageLink(deps);
	const sharerOf = createFindSharer(deps);
	const takeFile = createTakeFiles({ ...deps, ingest, show, ask, linkOf, sharerOf });
	const showBackfill = createShowBackfillJob(deps);
	const backfill = createBackfillJob({ ...deps, ingest, showBackfill, linkOf, sharerOf });
	const removals = createFollowRemovals({ ...deps, ingest, forget, show, removeLine });
	const sync = createSync({
		...{ ...deps, remove: removals.removeIn },
		async forget(transaction, documentIds) {
			for (const documentId of documentIds) await jobs.enqueue(transaction, forget, { documentId });
		},
		read: async (transaction, documentId) => void (await jobs.enqueue(transaction, index, { documentId, userId: null })),
	});
	const uploads = createUploadStore(deps);
	const syncJobs = deps.sync.sources.length === 0 ? [] : [createSyncJob({ ...deps.sync, sync, logger })];

	return {
		channelFiles: createChannelFiles({ ...deps, ingest }),
		backfills: createBackfills({ ...deps, backfill, showBackfill }),
		offers: createFileOffers({ ...deps, ingest, show, linkOf }),
		operations: createIngestOperations({ database, jobs, ingest, index, remove: removals.removeIn }),
		vectorOperations: vectors.operations,
		uploads,
		shelfChanges: createShelfChanges({ database, remove: removals.removeIn }),
		jobDefinitions: [
			...[ingest, index, show, ask, removeLine, forget, tellTakenBack, backfill, showBackfill],
			...[
				createSweepFilesJob({ ...deps, forget }),
				createDropUploadsJob(uploads),
				createReconcileFilesJob({ ...deps, remove: removals.removeIn }),
				...syncJobs,
				...vectors.jobDefinitions,
			],
		],
		follow(happenings) {
			happenings.on(['file-shared'], takeFile);
			happenings.on(['message-files-left'], removals.filesLeft);
			happenings.on(['file-changed'], removals.fileChanged);
			happenings.on(['file-removed'], removals.fileRemoved);
			happenings.on(['place-deleted'], removals.placeLeft);
			// That people come and go is kept by nobody.
			happenings.on(['member-left'], removals.placeLeft, ({ isSelf }) => isSelf);
			happenings.on(['app-removed'], removals.appRemoved);
		},
	};
}
