/** How answers in a place use documents: what somebody decided there, or what the settings say for all places. */

import type { Database } from '../database/database.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Place } from '../platform/place.ts';

/** Answers draw on documents alone, on them first, or not at all. */
export type DocumentUse = 'only' | 'prefer' | 'off';

export interface PlaceDocuments {
	use: DocumentUse;
	/** There are none at all, for whomever. */
	areNone: boolean;
	/** From how many days on what is cited here is old, unless its document says otherwise; null for never. */
	staleAfterDays: number | null;
}

export interface DocumentUses {
	/** @throws BotError as `Database.queryAsLibrarian`. */
	of(place: Place): Promise<PlaceDocuments>;
}

/** @param standard where nobody decided. */
export function createDocumentUses(database: Pick<Database, 'queryAsLibrarian'>, standard: DocumentUse): DocumentUses {
	return {
		async of(place) {
			const [found] = await database.queryAsLibrarian<Omit<PlaceDocuments, 'use'> & { use: DocumentUse | null }>(
				`select channel.knowledge as use, channel.stale_after_days as "staleAfterDays", chunks = 0 as "areNone"
					from ccb_knowledge.totals left join channels as channel on channel.id = $1`,
				[channelIdOf(place)],
			);
			const { use = null, areNone = true, staleAfterDays = null } = found ?? {};
			return { use: use ?? standard, areNone, staleAfterDays };
		},
	};
}
