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
}

export interface DocumentUses {
	/** @throws BotError as `Database.queryAsLibrarian`. */
	of(place: Place): Promise<PlaceDocuments>;
}

/** @param standard where nobody decided. */
export function createDocumentUses(database: Pick<Database, 'queryAsLibrarian'>, standard: DocumentUse): DocumentUses {
	return {
		async of(place) {
			const [found] = await database.queryAsLibrarian<{ use: DocumentUse | null; areNone: boolean }>(
				`select (select knowledge from channels where id = $1) as use, chunks = 0 as "areNone" from ccb_knowledge.totals`,
				[channelIdOf(place)],
			);
			return { use: found?.use ?? standard, areNone: found?.areNone ?? true };
		},
	};
}
