/** What is kept of broadcasts: who asked for them, where they go, and how far they are. The program's own books. */

import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';
import { readRules, rulesOf } from '../rules/place-rules.ts';

export interface BroadcastChannel {
	/** `channels.id`. */
	id: string;
	place: Place;
}

export interface BroadcastCounts {
	posted: number;
	refused: number;
	unknown: number;
	/** Not begun: it was stopped before. */
	waiting: number;
}

export type PostState = 'posted' | 'refused' | 'unknown' | 'waiting';

/** Long enough to read what it says, and where. */
export const confirmMinutes = 15;

const selectChannels = `
	select channel.id, channel.platform, channel.tenant_id as "tenantId", channel.channel_id as "channelId", channel.rules, tenant.rules as "tenantRules"
	from channels as channel left join tenants as tenant on tenant.platform = channel.platform and tenant.tenant_id = channel.tenant_id
	where channel.kind = 'channel' and channel.platform = any($1) order by channel.platform, channel.tenant_id, channel.channel_id`;

/** What was never confirmed goes when the next one is asked for. */
const insertBroadcast = `
	with gone as (delete from broadcasts where begun_at is null and asked_at < now() - interval '1 day')
	insert into broadcasts (asked_by, text) values ($1, $2) returning id`;

const takeNext = `
	update broadcast_posts set state = 'posting' where broadcast_id = $1 and channel_id = (
		select post.channel_id from broadcast_posts as post join broadcasts as said on said.id = post.broadcast_id
		where post.broadcast_id = $1 and post.state = 'waiting' and said.stopped_at is null order by post.channel_id limit 1
	) returning channel_id as "channelId"`;

const isBegun = 'begun_at is not null and stopped_at is null and ended_at is null';

export type BroadcastBook = ReturnType<typeof createBroadcastBook>;

type Row = Omit<Place, 'threadId' | 'kind'> & { id: string; rules: object; tenantRules: object | null };

/** All throw BotError as `Database.query`. */
export function createBroadcastBook({ asApp, query, queryAsRegistrar }: Pick<Database, 'asApp' | 'query' | 'queryAsRegistrar'>) {
	return {
		/** Channels in which the bot may answer somebody. */
		async channels(platforms: readonly string[]): Promise<BroadcastChannel[]> {
			const rows = await queryAsRegistrar<Row>(selectChannels, [platforms]);
			return rows.flatMap(({ id, rules, tenantRules, ...place }) => {
				const { mode } = rulesOf(readRules(rules), readRules(tenantRules));
				return mode === 'off' ? [] : [{ id, place: { ...place, threadId: '', kind: 'channel' as const } }];
			});
		},

		/** @returns its id, which confirms it. */
		async ask(userId: string, text: string, channels: readonly BroadcastChannel[]): Promise<string> {
			return await asApp(async (transaction) => {
				const [row] = await transaction.query<{ id: string }>(insertBroadcast, [userId, text]);
				const id = row?.id ?? '';
				await transaction.query('insert into broadcast_posts (broadcast_id, channel_id) select $1, unnest($2::uuid[])', [
					...[id, channels.map((channel) => channel.id)],
				]);
				return id;
			});
		},

		/** Whose it is and what its button means; null for what is no broadcast. */
		async find(buttonId: string): Promise<{ id: string; askedBy: string; stops: boolean; stopId: string } | null> {
			const [row] = await query<{ id: string; askedBy: string; stops: boolean; stopId: string }>(
				'select id, asked_by as "askedBy", stop_id = $1 as stops, stop_id as "stopId" from broadcasts where $1 in (id, stop_id)',
				[buttonId],
			);
			return row ?? null;
		},

		/** Once, and within some minutes. @returns false where it was begun before, or is too late. */
		async begin({ query: within }: Transaction, id: string): Promise<boolean> {
			const begun = `update broadcasts set begun_at = now()
				where id = $1 and begun_at is null and asked_at > now() - make_interval(mins => ${confirmMinutes}) returning id`;
			return (await within(begun, [id])).length > 0;
		},

		isRunning: async (id: string) => (await query(`select from broadcasts where id = $1 and ${isBegun}`, [id])).length > 0,

		/** @returns false where it is over already. */
		stop: async (id: string) =>
			(await query(`update broadcasts set stopped_at = now() where id = $1 and ${isBegun} returning id`, [id])).length > 0,

		/** Null once it is over. What an earlier try was about to post may be there, and so is left alone. */
		async resume(id: string): Promise<{ text: string; askedBy: string } | null> {
			await query(`update broadcast_posts set state = 'unknown' where broadcast_id = $1 and state = 'posting'`, [id]);
			const [row] = await query<{ text: string; askedBy: string }>(
				'select text, asked_by as "askedBy" from broadcasts where id = $1 and begun_at is not null and ended_at is null',
				[id],
			);
			return row ?? null;
		},

		/** The next channel, which is this try's alone; null when there is none, or it was stopped. */
		async next(id: string): Promise<string | null> {
			return (await query<{ channelId: string }>(takeNext, [id]))[0]?.channelId ?? null;
		},

		async settle(id: string, channelId: string, state: PostState): Promise<void> {
			await query('update broadcast_posts set state = $3 where broadcast_id = $1 and channel_id = $2', [id, channelId, state]);
		},

		/** Its text goes. */
		async end(id: string): Promise<BroadcastCounts> {
			await query(`update broadcasts set ended_at = now(), text = '' where id = $1`, [id]);
			const rows = await query<{ state: PostState; count: number }>(
				'select state, count(*)::int as count from broadcast_posts where broadcast_id = $1 group by state',
				[id],
			);
			const counted = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
			return { posted: 0, refused: 0, unknown: 0, waiting: 0, ...counted };
		},
	};
}
