/** In which conversations something is being done or was a moment ago, by whatever process: one look into the database for all who want to know. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { conversationIdOfKey } from '../identity/place-id.ts';

/** By the conversation's id: whether something is being done still. */
export type BusyOnes = ReadonlyMap<string, boolean>;

/** All @throws BotError `STORE_UNAVAILABLE`. */
export interface BusyConversations {
	has(conversationId: string): Promise<boolean>;
	/** Those of a person. */
	of(userId: string): Promise<BusyOnes>;
}

interface Look {
	all: BusyOnes;
	byPerson: ReadonlyMap<string, BusyOnes>;
}

/** What was found counts so long for everybody who asks. */
const freshMs = 500;
/** Whoever looks this often misses nothing; with room for a look that fails. */
const busyForSeconds = 10;

const selectBusy = `
	select key, bool_or(going_on) as "isGoingOn" from (
		select conversation_key as key, true as going_on from inbox where status in ('accepted', 'processing') and conversation_key is not null
		union all
		select conversation_key, false from inbox
		where finished_at > now() - interval '${busyForSeconds} seconds' and conversation_key is not null
	) as found group by key`;

const selectParticipants = `
	select user_id as "userId", array_agg(conversation_id) as ids from conversation_participants where conversation_id = any($1) group by user_id`;

export function createBusyConversations({
	database,
	clock,
}: {
	database: Pick<Database, 'query' | 'queryAsRegistrar'>;
	clock: Pick<Clock, 'now'>;
}): BusyConversations {
	let found: Promise<Look> | null = null;
	let askedAtMs = 0;

	async function ask(): Promise<Look> {
		try {
			const rows = await database.query<{ key: string; isGoingOn: boolean }>(selectBusy);
			const all = new Map(rows.map(({ key, isGoingOn }) => [conversationIdOfKey(key), isGoingOn]));
			return { all, byPerson: await sortedByPerson(all) };
		} catch (error) {
			found = null;
			throw error;
		}
	}

	async function sortedByPerson(all: BusyOnes): Promise<Look['byPerson']> {
		if (all.size === 0) return new Map();
		const people = await database.queryAsRegistrar<{ userId: string; ids: string[] }>(selectParticipants, [[...all.keys()]]);
		return new Map(people.map(({ userId, ids }) => [userId, new Map(ids.map((id) => [id, all.get(id) ?? false]))]));
	}

	async function look(): Promise<Look> {
		if (found === null || clock.now() - askedAtMs >= freshMs) {
			askedAtMs = clock.now();
			found = ask();
		}
		return await found;
	}

	return {
		has: async (conversationId) => (await look()).all.has(conversationId),
		of: async (userId) => (await look()).byPerson.get(userId) ?? new Map(),
	};
}
