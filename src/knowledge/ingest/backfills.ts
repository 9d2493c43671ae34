/** Orders to look through what a channel held before, and to stop that. */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import type { Memberships } from '../../identity/memberships.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Actor } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import { beginBackfill, endBackfill } from './backfill-rows.ts';
import { type ChannelIngestion, ingestionIn } from './channel-files.ts';

/** A channel by `channels.id`. */
export interface BackfilledChannel {
	channelId: string;
}

/**
 * `unlisted`: the platform does not tell of the past of such a place. `elsewhere`: it does not say that whoever orders it and the bot are both there.
 * `unread`: files that are shared there now are not read either, or not unasked.
 */
export type BackfillAnswer = 'begun' | 'running' | 'unlisted' | 'elsewhere' | 'unread';

export interface BackfillOrder {
	platform: ChatPlatform;
	asker: Principal;
	account: Actor;
	place: Place;
	/** ISO 8601; null for all that there is. */
	since: string | null;
}

/** Who may order it, whoever calls has to know. All @throws BotError as `Database.asLibrarian`. */
export interface Backfills {
	begin(order: BackfillOrder, signal: AbortSignal): Promise<BackfillAnswer>;
	/** What was taken stays. @returns false where nothing was looked through. */
	stop(place: Place): Promise<boolean>;
}

export interface BackfillDependencies {
	database: Pick<Database, 'asLibrarian'>;
	memberships: Pick<Memberships, 'isMember'>;
	jobs: Pick<Jobs, 'enqueue'>;
	backfill: JobDefinition<BackfilledChannel>;
	showBackfill: JobDefinition<BackfilledChannel>;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

export function createBackfills({ database, memberships, jobs, backfill, showBackfill, channels }: BackfillDependencies): Backfills {
	return {
		async begin({ platform, asker, account, place, since }, signal) {
			if (!platform.capabilities.listsFiles.includes(place.kind)) return 'unlisted';
			if (!(await memberships.isMember(platform, place, account, signal))) return 'elsewhere';
			return await database.asLibrarian(async (transaction) => {
				if ((await ingestionIn(transaction, place, channels)) !== 'on') return 'unread';
				const channelId = await beginBackfill(transaction, asker.userId, place, since);
				if (channelId === null) return 'running';
				await jobs.enqueue(transaction, backfill, { channelId });
				await jobs.enqueue(transaction, showBackfill, { channelId });
				return 'begun';
			});
		},
		stop: (place) =>
			database.asLibrarian(async (transaction) => {
				const channelId = channelIdOf(place);
				const isStopped = await endBackfill(transaction, channelId, 'stopped');
				if (isStopped) await jobs.enqueue(transaction, showBackfill, { channelId });
				return isStopped;
			}),
	};
}
