/** Messages that got no answer of their own, by whoever wrote them: why that is, as long as the inbox remembers. */

import type { Database } from '../database/database.ts';
import { conversationKey, type Place } from '../platform/place.ts';

/** What is kept of a message that got no answer. */
export interface Dropped {
	/** `identities.id` of its author. */
	account: string;
	/** Why: a word, each with its sentence. */
	reason: string;
}

export interface DroppedMessages {
	/** The last one there; in a channel as a whole, of all its threads. Null for none. @throws BotError as `Inbox`. */
	last(account: string, place: Place): Promise<{ reason: string; at: Date } | null>;
}

const selectLast = `
select reason, accepted_at as at from inbox
where account = $1 and reason is not null and (conversation_key = $2 or $3 and starts_with(conversation_key, $2))
order by sequence desc limit 1`;

export function createDroppedMessages(database: Pick<Database, 'query'>): DroppedMessages {
	return {
		async last(account, place) {
			const values = [account, conversationKey(place), place.threadId === ''];
			const [row] = await database.query<{ reason: string; at: Date }>(selectLast, values);
			return row ?? null;
		},
	};
}
