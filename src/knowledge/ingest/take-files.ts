/** Takes the files that people share: where that is switched on, from whom may, and as far as their limits go. */

import type { Database } from '../../database/database.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Actor } from '../../platform/chat-event.ts';
import type { FileShared } from '../../platform/place-event.ts';
import type { AskedAbout } from './ask-job.ts';
import { type ChannelIngestion, ingestionIn } from './channel-files.ts';
import { toFileName } from './file-name.ts';
import { reasonOfLimit } from './file-reason.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import type { FindMessageLink } from './message-link.ts';
import type { IngestObserver } from './observer.ts';
import { enterPlacement, type FileMessage, placementIdOf, type SharedFile } from './placements.ts';
import type { FindSharer } from './sharer.ts';
import { isWordless, mostBytesOf } from './takeable.ts';

export interface TakeFilesDependencies {
	limits: Pick<Limits, 'admitFile' | 'uploadBytes'>;
	database: Pick<Database, 'asLibrarian'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	show: JobDefinition<FileMessage>;
	ask: JobDefinition<AskedAbout>;
	linkOf: FindMessageLink;
	sharerOf: FindSharer;
	observer: Pick<IngestObserver, 'declined'>;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

/** Harmless to repeat. @throws BotError as `Identities.resolve` and `Database.asLibrarian`. */
export function createTakeFiles(deps: TakeFilesDependencies): (event: FileShared, signal: AbortSignal) => Promise<void> {
	const { limits, database, jobs, ingest, show, ask, channels } = deps;

	async function decisionFor({ place, messageId, file }: FileShared): Promise<ChannelIngestion | 'taken'> {
		return await database.asLibrarian(async ({ query }) => {
			const [known] = await query('select id from document_placements where id = $1', [placementIdOf(place, messageId, file.id)]);
			if (known !== undefined) return 'taken';
			return await ingestionIn({ query }, place, channels);
		});
	}

	async function enter(file: SharedFile, sharedBy: string, actor: Actor): Promise<void> {
		const { place, messageId, status, reason } = file;
		const isNew = await database.asLibrarian(async (transaction) => {
			const placementId = await enterPlacement(transaction, file);
			if (placementId === null) return false;
			if (status === 'waiting') await jobs.enqueue(transaction, ingest, { placementId, userId: sharedBy });
			const message = { channelId: channelIdOf(place), messageId, sharedBy };
			if (status === 'asked') await jobs.enqueue(transaction, ask, { ...message, actor });
			else await jobs.enqueue(transaction, show, message);
			return true;
		});
		if (isNew && reason !== null) deps.observer.declined(reason);
	}

	return async (event, signal) => {
		const { place, messageId, file, occurredAt: sharedAt } = event;
		// What nobody lets the bot have, people are told where they ask about it.
		if (file.source === null || isWordless(file.mediaType)) return;
		const decision = await decisionFor(event);
		if (decision === 'off' || decision === 'taken') return;
		const person = await deps.sharerOf(event, signal);
		if (person === null) return;
		const refusal = await limits.admitFile(person, file.sizeBytes);
		const shared: SharedFile = {
			...{ place, messageId, fileId: file.id, name: toFileName(file.name), account: person.identityId, sharedAt },
			url: await deps.linkOf(event, signal),
			fetching: { attachment: file, maxBytes: mostBytesOf(person, limits) },
			status: refusal !== null ? 'refused' : decision === 'ask' ? 'asked' : 'waiting',
			reason: refusal && reasonOfLimit(refusal),
		};
		await enter(shared, person.userId, event.sharedBy);
	};
}
