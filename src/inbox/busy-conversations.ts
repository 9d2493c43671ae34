/** In which conversations something is being done or was a moment ago, by whatever process: one question to the database for all who want to know. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { conversationIdOfKey } from '../identity/place-id.ts';

export interface BusyConversations {
	/** @throws BotError `STORE_UNAVAILABLE`. */
	has(conversationId: string): Promise<boolean>;
}

/** What was found counts so long for everybody who asks. */
const freshMs = 500;
/** Whoever looks this often misses nothing; with room for a look that fails. */
const busyForSeconds = 10;

const selectBusy = `
	select conversation_key as key from inbox where status in ('accepted', 'processing') and conversation_key is not null
	union
	select conversation_key from inbox where finished_at > now() - interval '${busyForSeconds} seconds' and conversation_key is not null`;

export function createBusyConversations({
	database,
	clock,
}: {
	database: Pick<Database, 'query'>;
	clock: Pick<Clock, 'now'>;
}): BusyConversations {
	let found: Promise<ReadonlySet<string>> | null = null;
	let askedAtMs = 0;

	async function look(): Promise<ReadonlySet<string>> {
		try {
			const rows = await database.query<{ key: string }>(selectBusy);
			return new Set(rows.map(({ key }) => conversationIdOfKey(key)));
		} catch (error) {
			found = null;
			throw error;
		}
	}

	return {
		async has(conversationId) {
			if (found === null || clock.now() - askedAtMs >= freshMs) {
				askedAtMs = clock.now();
				found = look();
			}
			return (await found).has(conversationId);
		},
	};
}
