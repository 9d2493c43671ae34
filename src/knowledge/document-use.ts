/** How answers in a place use documents: what somebody decided there, or what the settings say for all places. */

import type { Database } from '../database/database.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Place } from '../platform/place.ts';

/** Answers draw on documents alone, on them first, or not at all. */
export type DocumentUse = 'only' | 'prefer' | 'off';

export interface DocumentUses {
	/** @throws BotError as `Database.queryAsLibrarian`. */
	of(place: Place): Promise<DocumentUse>;
}

/** @param standard where nobody decided. */
export function createDocumentUses(database: Pick<Database, 'queryAsLibrarian'>, standard: DocumentUse): DocumentUses {
	return {
		async of(place) {
			const [decided] = await database.queryAsLibrarian<{ use: DocumentUse | null }>(
				'select knowledge as use from channels where id = $1',
				[channelIdOf(place)],
			);
			return decided?.use ?? standard;
		},
	};
}
