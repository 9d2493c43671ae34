/** Takes the files of a message because somebody who reads it says so: also of one that was there before the bot. */

import type { Database } from '../../database/database.ts';
import type { Memberships } from '../../identity/memberships.ts';
import type { Person } from '../../identity/person.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Attachment, FilesOffered } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import { type ChannelIngestion, ingestionIn } from './channel-files.ts';
import { toFileName } from './file-name.ts';
import { type FileReason, reasonOfLimit } from './file-reason.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import type { FindMessageLink } from './message-link.ts';
import { enterAgain, type FileMessage, findSettled, placementIdOf } from './placements.ts';
import { isWordless, mostBytesOf } from './takeable.ts';

/** `elsewhere`: the platform does not say that they and the bot are both in the place. */
export type Offered =
	| { outcome: 'elsewhere' | 'off' | 'sharer-decides' }
	| { outcome: 'looked-at'; taken: number; known: number; refused: readonly { name: string; reason: FileReason }[] };

export interface Offer {
	platform: ChatPlatform;
	person: Person;
	event: FilesOffered;
}

export interface FileOffers {
	/**
	 * What whoever offers them may give is counted against them, and the files are theirs from then on. Where files are read unasked, everybody
	 * may who is in the place; where people are asked, whoever shared them; elsewhere nobody but administrators, who decide that.
	 * @throws BotError as `Database.asLibrarian`, and `CANCELLED`.
	 */
	offer(offer: Offer, signal: AbortSignal): Promise<Offered>;
}

export interface FileOfferDependencies {
	database: Pick<Database, 'asLibrarian'>;
	memberships: Pick<Memberships, 'isMember'>;
	limits: Pick<Limits, 'admitFile' | 'uploadBytes'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	show: JobDefinition<FileMessage>;
	linkOf: FindMessageLink;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

export function createFileOffers(deps: FileOfferDependencies): FileOffers {
	const { database, memberships, limits, jobs, ingest, show } = deps;

	async function obstacle({ platform, person, event }: Offer, signal: AbortSignal): Promise<'elsewhere' | 'off' | 'sharer-decides' | null> {
		const { place, actor, sharedBy } = event;
		if (!(await memberships.isMember(platform, place, actor, signal))) return 'elsewhere';
		if (person.role === 'ccb_admin') return null;
		const ingestion = await database.asLibrarian((transaction) => ingestionIn(transaction, place, deps.channels));
		if (ingestion === 'off') return 'off';
		const isOwn = sharedBy !== null && sharedBy.tenantId === actor.tenantId && sharedBy.accountId === actor.accountId;
		return ingestion === 'on' || isOwn ? null : 'sharer-decides';
	}

	/** What stands against it; null once it is taken. */
	async function take(file: Attachment, url: string | null, { person, event }: Offer): Promise<FileReason | null> {
		const refusal = await limits.admitFile(person, file.sizeBytes);
		if (refusal !== null) return reasonOfLimit(refusal);
		const { place, messageId, sharedAt } = event;
		const shared = {
			...{ place, messageId, fileId: file.id, name: toFileName(file.name), account: person.identityId, sharedAt, url },
			fetching: { attachment: file, maxBytes: mostBytesOf(person, limits) },
		};
		await database.asLibrarian(async (transaction) => {
			const placementId = await enterAgain(transaction, shared);
			if (placementId === null) return;
			await jobs.enqueue(transaction, ingest, { placementId, userId: person.userId });
			await jobs.enqueue(transaction, show, { channelId: channelIdOf(place), messageId, sharedBy: person.userId });
		});
		return null;
	}

	return {
		async offer(offer, signal) {
			const outcome = await obstacle(offer, signal);
			if (outcome !== null) return { outcome };
			const { place, messageId, files } = offer.event;
			const readable = files.filter(({ source, mediaType }) => source !== null && !isWordless(mediaType));
			const idOf = ({ id }: Attachment) => placementIdOf(place, messageId, id);
			const settled = await database.asLibrarian((transaction) => findSettled(transaction, readable.map(idOf)));
			const open = readable.filter((file) => !settled.has(idOf(file)));
			const url = open.length === 0 ? null : await deps.linkOf({ place, messageId }, signal);
			const refused: { name: string; reason: FileReason }[] = [];
			for (const file of open) {
				const reason = await take(file, url, offer);
				if (reason !== null) refused.push({ name: toFileName(file.name), reason });
			}
			return { outcome: 'looked-at', taken: open.length - refused.length, known: settled.size, refused };
		},
	};
}
