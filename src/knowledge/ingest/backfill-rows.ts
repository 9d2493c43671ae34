/** How far the reading of a channel's past is, in the database: one for each channel. */

import type { Transaction } from '../../database/transaction.ts';
import type { Place } from '../../platform/place.ts';
import type { Notice } from './notices.ts';
import { enterChannel } from './placements.ts';

type Asking = Pick<Transaction, 'query'>;

/** `lost`: the bot may not read there any more. `failed`: something of ours or of the platform's went on failing. */
export type BackfillStatus = 'running' | 'done' | 'stopped' | 'lost' | 'failed';

export interface BackfillCounts {
	/** Files with words, the known ones among them. */
	found: number;
	/** New ones. */
	taken: number;
	refused: number;
}

export interface Backfill extends BackfillCounts {
	channelId: string;
	place: Place;
	status: BackfillStatus;
	/** ISO 8601; null for all. */
	since: string | null;
	/** Null for the newest page. */
	cursor: string | null;
	notice: Notice;
	/** Of whoever ordered it. */
	locale: string | null;
	/** Tells one order from the next. */
	startedAt: string;
}

const begin = `
insert into file_backfills (channel_id, requested_by, place, since) values ($1, $2, $3, $4)
on conflict (channel_id) do update set requested_by = excluded.requested_by, place = excluded.place, status = 'running', since = excluded.since,
	next_page = null, found_count = 0, taken_count = 0, refused_count = 0, notice = null, started_at = now()
	where file_backfills.status <> 'running'
returning channel_id as "channelId"`;

/** @returns the channel's id; null where one is running. */
export async function beginBackfill({ query }: Asking, userId: string, place: Place, since: string | null): Promise<string | null> {
	const channelId = await enterChannel({ query }, place);
	const [begun] = await query(begin, [channelId, userId, { ...place, threadId: '' }, since]);
	return begun === undefined ? null : channelId;
}

export async function readBackfill({ query }: Asking, channelId: string): Promise<Backfill | null> {
	const [found] = await query<Backfill & { since: Date | null }>(
		`select backfill.channel_id as "channelId", backfill.place, backfill.status, backfill.since, backfill.next_page as cursor,
				backfill.found_count as found, backfill.taken_count as taken, backfill.refused_count as refused, backfill.notice,
				person.locale, backfill.started_at::text as "startedAt"
			from file_backfills as backfill left join users as person on person.id = backfill.requested_by where backfill.channel_id = $1`,
		[channelId],
	);
	return found === undefined ? null : { ...found, since: found.since?.toISOString() ?? null };
}

/** Until the transaction ends nobody else goes on with it. @returns false when it was stopped, or somebody went on, since it was read. */
export async function holdBackfill({ query }: Asking, { channelId, cursor, startedAt }: Backfill): Promise<boolean> {
	const held = await query(
		`select channel_id from file_backfills where channel_id = $1 and status = 'running' and next_page is not distinct from $2
			and started_at::text = $3 for update`,
		[channelId, cursor, startedAt],
	);
	return held.length > 0;
}

/** A page was read. @param next null when it was the last one. */
export async function advanceBackfill({ query }: Asking, channelId: string, next: string | null, counts: BackfillCounts): Promise<void> {
	await query(
		`update file_backfills set next_page = $2, status = case when $2::text is null then 'done' else status end,
			found_count = found_count + $3, taken_count = taken_count + $4, refused_count = refused_count + $5 where channel_id = $1`,
		[channelId, next, counts.found, counts.taken, counts.refused],
	);
}

/** @returns false where none was running. */
export async function endBackfill({ query }: Asking, channelId: string, status: BackfillStatus): Promise<boolean> {
	const ended = await query(
		`update file_backfills set status = $2 where channel_id = $1 and status = 'running' returning channel_id as "channelId"`,
		[channelId, status],
	);
	return ended.length > 0;
}

export async function keepBackfillNotice({ query }: Asking, { channelId, startedAt }: Backfill, notice: Notice): Promise<void> {
	await query('update file_backfills set notice = $3 where channel_id = $1 and started_at::text = $2', [channelId, startedAt, notice]);
}
