/** Whether files are taken in a channel, and what becomes of those that somebody was asked about. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Place } from '../../platform/place.ts';
import type { SharedFileId } from './ingest-file-job.ts';

/** Whether files that are shared in a channel become documents; `ask`: whoever shares one is asked. */
export type ChannelIngestion = 'on' | 'off' | 'ask';

/** All @throws BotError as `Database.asLibrarian`. */
export interface ChannelFiles {
	/** What holds in the place, and how many files of this person there wait for their word. */
	standing(place: Place, userId: string): Promise<{ ingestion: ChannelIngestion; asked: number }>;
	/** Takes the files that they were asked about, or forgets them. @returns how many. */
	take(place: Place, userId: string): Promise<number>;
	leave(place: Place, userId: string): Promise<number>;
}

export interface ChannelFilesDependencies {
	database: Pick<Database, 'asLibrarian'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

export function createChannelFiles({ database, jobs, ingest, channels }: ChannelFilesDependencies): ChannelFiles {
	return {
		standing: (place, userId) =>
			database.asLibrarian(async (transaction) => {
				const [found] = await transaction.query<{ asked: number }>(
					`select count(*)::int as asked from document_placements where channel_id = $1 and shared_by = $2 and status = 'asked'`,
					[channelIdOf(place), userId],
				);
				return { ingestion: await ingestionIn(transaction, place, channels), asked: found?.asked ?? 0 };
			}),
		take: (place, userId) =>
			database.asLibrarian(async (transaction) => {
				const taken = await transaction.query<{ placementId: string }>(
					`update document_placements set status = 'waiting' where channel_id = $1 and shared_by = $2 and status = 'asked'
						returning id as "placementId"`,
					[channelIdOf(place), userId],
				);
				for (const { placementId } of taken) await jobs.enqueue(transaction, ingest, { placementId, userId });
				return taken.length;
			}),
		leave: (place, userId) =>
			database.asLibrarian(async ({ query }) => {
				const left = await query(
					`delete from document_placements where channel_id = $1 and shared_by = $2 and status = 'asked' returning id`,
					[channelIdOf(place), userId],
				);
				return left.length;
			}),
	};
}

/** In personal chats files are always taken. @param standard where nobody decided. */
export async function ingestionIn(
	{ query }: Pick<Transaction, 'query'>,
	place: Place,
	standard: ChannelIngestion,
): Promise<ChannelIngestion> {
	if (place.kind === 'direct') return 'on';
	const [channel] = await query<{ ingest: ChannelIngestion | null }>('select ingest from channels where id = $1', [channelIdOf(place)]);
	return channel?.ingest ?? standard;
}
