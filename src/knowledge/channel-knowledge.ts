/** What somebody decided for a place about documents, or what the settings say for all places. */

import type { Database } from '../database/database.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Place } from '../platform/place.ts';

export interface PlaceKnowledge {
	/** Whether files that are shared there become documents. */
	ingest: 'on' | 'off' | 'ask';
	/** Whether answers there draw on documents alone, on them first, or not at all. */
	knowledge: 'only' | 'prefer' | 'off';
}

export interface ChannelKnowledge {
	/** @throws BotError as `Database.queryAsLibrarian`. */
	of(place: Place): Promise<PlaceKnowledge>;
}

/** @param standard where nobody decided. Files of personal chats are always taken: they are sent to the bot itself. */
export function createChannelKnowledge(database: Pick<Database, 'queryAsLibrarian'>, standard: PlaceKnowledge): ChannelKnowledge {
	return {
		async of(place) {
			const [decided] = await database.queryAsLibrarian<Partial<PlaceKnowledge>>('select ingest, knowledge from channels where id = $1', [
				channelIdOf(place),
			]);
			const ingest = place.kind === 'direct' ? 'on' : (decided?.ingest ?? standard.ingest);
			return { ingest, knowledge: decided?.knowledge ?? standard.knowledge };
		},
	};
}
