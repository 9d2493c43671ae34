/** Which channels get a digest, where it goes, and when it was begun last. The program's own books: nothing that anybody said. */

import type { Database } from '../database/database.ts';
import type { Place } from '../platform/place.ts';

export interface ChannelDigest {
	mode: 'here' | 'private';
	place: Place;
	/** `users.id` of whoever switched it on; null for who is gone. */
	by: string | null;
	begunAt: Date | null;
}

/** A week begins when the one before was begun. */
const isDue = `digest is not null and digest_place is not null and (digest_at is null or digest_at <= now() - interval '7 days')`;

export type ChannelDigests = ReturnType<typeof createChannelDigests>;

/** All throw BotError as `Database.queryAsRegistrar`. */
export function createChannelDigests({ queryAsRegistrar: query }: Pick<Database, 'queryAsRegistrar'>) {
	return {
		/** The ids of channels: those whose week is over, or all that get one. */
		async channels(which: 'due' | 'all'): Promise<string[]> {
			const where = which === 'due' ? isDue : 'digest is not null';
			return (await query<{ id: string }>(`select id from channels where ${where} order by id`)).map(({ id }) => id);
		},

		/** Null where there is to be none. */
		async find(channelId: string): Promise<ChannelDigest | null> {
			const [row] = await query<ChannelDigest>(
				`select digest as mode, digest_place as place, digest_by as by, digest_at as "begunAt" from channels
					where id = $1 and digest is not null and digest_place is not null`,
				[channelId],
			);
			return row ?? null;
		},

		/** This week's is being sent from now on, by nobody else. @returns false where it was begun before. */
		async begin(channelId: string): Promise<boolean> {
			return (await query(`update channels set digest_at = now() where id = $1 and ${isDue} returning id`, [channelId])).length > 0;
		},

		/** It was surely not sent: as it was before. */
		async takeBack(channelId: string, begunAt: Date | null): Promise<void> {
			await query('update channels set digest_at = $2 where id = $1', [channelId, begunAt]);
		},
	};
}
