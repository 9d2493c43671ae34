/** What tests of a person's own data begin with: the room over a real database, with the real stores of files, in memory. */

import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { systemClock } from '#src/clock.ts';
import type { Database } from '#src/database/database.ts';
import { createConversationStore } from '#src/history/store.ts';
import { createInbox } from '#src/inbox/inbox.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { createForgetDocumentJob } from '#src/knowledge/ingest/forget-document-job.ts';
import { removePlacements } from '#src/knowledge/ingest/removals.ts';
import { createShelfChanges } from '#src/knowledge/shelf/shelf-changes.ts';
import { createUploadStore } from '#src/knowledge/uploads/upload-store.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import { silentLogger } from '#src/log.ts';
import { createOwnData } from '#src/own-data/create-own-data.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createFakeLimits } from '#test/fakes/limits.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

export async function openOwnDataRoom(database: Database) {
	const files = createFakeFileStore();
	const cache = createMemoryCache();
	const platform = {
		...createFakePlatform(),
		capabilities: { ...roomyCapabilities, files: { kinds: ['direct' as const], maxBytes: 20_000 } },
	};
	const leaving: string[] = [];
	const jobs = await openJobs(database);
	const room = createOwnData({
		...{ database, pacers: unpaced, clock: systemClock, logger: silentLogger, jobs: jobs.jobs },
		platforms: new Map([[platform.name, platform]]),
		memberships: { isMember: async () => true },
		store: createConversationStore(database),
		running: { stop: async () => 0 },
		inbox: createInbox({ database, processId: 'p', leaseMs: 15_000 }),
		uploads: createUploadStore({ database, files, limits: createFakeLimits() }),
		publisher: createLivePublisher({ cache, clock: systemClock }),
		shelfChanges: createShelfChanges({
			database,
			async remove(transaction, removal) {
				const removed = await removePlacements(transaction, removal);
				leaving.push(...removed.documentIds);
				return removed;
			},
		}),
	});
	return {
		...{ room, files, cache, platform, jobs },
		/** What follows from removed files is left as jobs; here they are done by hand. */
		async forgetDocuments(): Promise<void> {
			const forget = createForgetDocumentJob({ database, files });
			for (const documentId of leaving) await forget.run({ documentId }, createFakeJobContext());
		},
		jobNamed(name: string) {
			const found = room.jobDefinitions.find((job) => job.name === name);
			if (found === undefined) throw new Error(`there is no job ${name}`);
			return found;
		},
	};
}
