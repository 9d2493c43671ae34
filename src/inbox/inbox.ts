/** The durable inbox: one row per platform event, accepted once, handled once at a time, handed on when its process dies. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { storableJson } from '../database/storable.ts';
import { BotError } from '../errors.ts';
import type { ChatEvent } from '../platform/chat-event.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import type { Dropped } from './dropped.ts';

export interface ClaimedEvent {
	key: string;
	/** Order of acceptance over all conversations. */
	sequence: number;
	event: ChatEvent;
	/** How often it was claimed, this time included. More than `maxAttempts` means that it kills its processes: `fail` it. */
	attempts: number;
	conversationKey: string | null;
}

export interface InboxDepth {
	accepted: number;
	processing: number;
	/** How long the first of the accepted ones has waited; 0 without any. */
	oldestSeconds: number;
}

/** Every method throws BotError `STORE_UNAVAILABLE` (retryable), within seconds, while the database is away. */
export interface Inbox {
	/**
	 * Stores an event for good, unless its key was stored before. Events of one `conversationKey` are handled strictly one after the
	 * other, in order of acceptance; null lets an event run at once beside anything.
	 */
	accept(event: ChatEvent, conversationKey: string | null): Promise<'new' | 'duplicate'>;
	/** Takes at most `limit` events, oldest first, for `leaseMs`: new ones, and those whose holder let the lease run out. */
	claim(limit: number): Promise<ClaimedEvent[]>;
	/** Prolongs the leases of this process. Resolves with the keys that are still its own. */
	renew(keys: readonly string[]): Promise<string[]>;
	/** Done: the payload is deleted. False when the event was no longer this process's own; then nothing changed. */
	finish(key: string, outcome: string, dropped?: Dropped | null): Promise<boolean>;
	/** Given up: the payload is deleted. False as for `finish`. */
	fail(key: string, outcome: string, dropped?: Dropped | null): Promise<boolean>;
	/** Gives an event back unhandled, for another process; the attempt does not count. False as for `finish`. */
	release(key: string): Promise<boolean>;
	/** Ends the leases of all other processes at once. Only for a database that nobody else can be using. Resolves with their number. */
	voidLeases(): Promise<number>;
	/**
	 * What waits in this conversation, and the files that were shared in it, is not to be handled any more: the payload is deleted. What is being
	 * handled goes on.
	 * @returns the platform's ids of the messages that are.
	 */
	forgetWaiting(place: Place): Promise<string[]>;
	depth(): Promise<InboxDepth>;
	/** Forgets what was finished longer ago than `olderThanMs`: from then on a re-delivery counts as new. Resolves with the number. */
	prune(olderThanMs: number): Promise<number>;
}

export interface InboxSettings {
	database: Database;
	/** Different for every start of every process. */
	processId: string;
	/** Long enough to miss two renewals, which come three to a lease; short enough that people still wait when it ends. */
	leaseMs: number;
	/** Decides about leases in place of the database's own clock, which all processes share. For tests. */
	clock?: Pick<Clock, 'now'>;
}

export const maxAttempts = 5;

export function createInbox({ database, processId, leaseMs, clock }: InboxSettings): Inbox {
	/** Null stands for the database's own time in the statements below. */
	const now = () => (clock ? new Date(clock.now()) : null);

	const settle = async (statement: string, parameters: readonly unknown[]) => (await database.query(statement, parameters)).length === 1;
	const end = (status: 'done' | 'failed', key: string, outcome: string, dropped: Dropped | null) =>
		settle(endEvent(status), [key, processId, now(), outcome, dropped?.account ?? null, dropped?.reason ?? null]);

	return {
		accept: async (event, conversationKey) => {
			const parameters = [event.key, event.platform, event.type, conversationKey, storableJson(event)];
			return (await database.query(acceptEvent, parameters)).length === 1 ? 'new' : 'duplicate';
		},
		claim: async (limit) => {
			const rows = await claimRows(database, [limit, processId, now(), leaseMs]);
			return rows.sort((one, other) => one.sequence - other.sequence);
		},
		renew: async (keys) => {
			// Others take over what is not renewed in time.
			const rows = await database.queryFirst<{ key: string }>(renewLeases, [keys, processId, now(), leaseMs]);
			return rows.map((row) => row.key);
		},
		finish: (key, outcome, dropped = null) => end('done', key, outcome, dropped),
		fail: (key, outcome, dropped = null) => end('failed', key, outcome, dropped),
		release: (key) => settle(releaseEvent, [key, processId]),
		voidLeases: async () => (await database.query(voidOtherLeases, [processId])).length,
		async forgetWaiting(place) {
			const { platform, tenantId, channelId, threadId } = place;
			await database.query(forgetWaiting, [conversationKey(place), now(), platform, storableJson({ tenantId, channelId, threadId })]);
			// What was taken up just then is among these.
			const handled = await database.query<{ messageId: string }>(selectHandled, [conversationKey(place)]);
			return handled.map(({ messageId }) => messageId);
		},
		depth: async () => (await database.query<InboxDepth>(countUnfinished, [now()]))[0] ?? { accepted: 0, processing: 0, oldestSeconds: 0 },
		prune: async (olderThanMs) => (await database.query<{ pruned: number }>(pruneFinished, [now(), olderThanMs]))[0]?.pruned ?? 0,
	};
}

const acceptEvent = `
	insert into inbox (key, platform, type, conversation_key, payload) values ($1, $2, $3, $4, $5)
	on conflict (key) do nothing returning key`;

/**
 * Rows that another claim is just taking are passed over. `inbox_one_at_a_time` is the last word on one event at a time per
 * conversation: two claims that could not see each other's rows meet there, and the later one fails as a whole.
 */
const claimEvents = `
	with chosen as (
		select key from inbox as entry
		where status in ('accepted', 'processing')
			and (status = 'accepted' or lease_until is null or lease_until <= coalesce($3::timestamptz, now()))
			and not exists (
				select from inbox as other
				where other.conversation_key = entry.conversation_key and other.key <> entry.key
					and other.status in ('accepted', 'processing') and (other.sequence < entry.sequence or other.status = 'processing')
			)
		order by sequence limit $1 for update skip locked
	)
	update inbox set status = 'processing', attempts = attempts + 1, lease_owner = $2,
		lease_until = coalesce($3::timestamptz, now()) + $4 * interval '1 ms'
	from chosen where inbox.key = chosen.key
	returning inbox.key, sequence, payload as event, attempts, conversation_key as "conversationKey"`;

const renewLeases = `
	update inbox set lease_until = coalesce($3::timestamptz, now()) + $4 * interval '1 ms'
	where key = any($1) and status = 'processing' and lease_owner = $2 returning key`;

function endEvent(status: 'done' | 'failed'): string {
	return `
		update inbox set status = '${status}', outcome = $4, finished_at = coalesce($3::timestamptz, now()), payload = null,
			lease_owner = null, lease_until = null, account = $5, reason = $6
		where key = $1 and status = 'processing' and lease_owner = $2 returning key`;
}

const releaseEvent = `
	update inbox set status = 'accepted', attempts = attempts - 1, lease_owner = null, lease_until = null
	where key = $1 and status = 'processing' and lease_owner = $2 returning key`;

const voidOtherLeases = `
	update inbox set lease_until = null where status = 'processing' and lease_owner <> $1 and lease_until is not null returning key`;

const forgetWaiting = `
	update inbox set status = 'done', outcome = 'ignored', finished_at = coalesce($2::timestamptz, now()), payload = null
	where status = 'accepted' and (conversation_key = $1 or platform = $3 and type = 'file-shared' and payload -> 'place' @> $4::jsonb)`;

const selectHandled = `
	select payload ->> 'messageId' as "messageId" from inbox
	where conversation_key = $1 and status = 'processing' and payload ->> 'type' = 'message-received'`;

const countUnfinished = `
	select count(*) filter (where status = 'accepted') as accepted, count(*) filter (where status = 'processing') as processing,
		greatest(coalesce(extract(epoch from coalesce($1::timestamptz, now()) - min(accepted_at) filter (where status = 'accepted')), 0), 0)::float8
			as "oldestSeconds"
	from inbox where status in ('accepted', 'processing')`;

const pruneFinished = `
	with gone as (
		delete from inbox where finished_at < coalesce($1::timestamptz, now()) - $2 * interval '1 ms' returning key
	)
	select count(*) as pruned from gone`;

async function claimRows(database: Database, parameters: readonly unknown[]): Promise<ClaimedEvent[]> {
	try {
		return await database.query<ClaimedEvent>(claimEvents, parameters);
	} catch (error) {
		// Another process took an event of the same conversation in this very moment: the next claim sees it.
		if (error instanceof BotError && error.code === 'CONFLICT') return [];
		throw error;
	}
}
