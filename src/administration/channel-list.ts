/** The channels and groups that know the bot, with what was decided for each, a page at a time, for administrators. */

import type { Database } from '../database/database.ts';
import type { Channel } from '../database/entities/channel.ts';
import type { Principal } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';
import { readRules, type StoredRules } from '../rules/place-rules.ts';

export interface ListedChannel extends Pick<Channel, 'ingest' | 'knowledge' | 'staleAfterDays' | 'digest'> {
	id: string;
	place: Place;
	/** Null where nobody chose one. */
	model: string | null;
	/** What the channel says itself, and what its tenant says for all channels. */
	own: StoredRules;
	company: StoredRules;
}

export interface ChannelsRequest {
	/** Part of the channel's or the tenant's id on its platform. */
	query: string;
	/** From 0. */
	page: number;
	platforms: readonly string[];
}

/** All in the asker's name: to whoever is no administrator the database shows the channels that they are in. @throws BotError as `Database.queryAs`. */
export interface ChannelList {
	read(asker: Principal, request: ChannelsRequest): Promise<{ channels: ListedChannel[]; hasMore: boolean }>;
	/** Null where there is none of those platforms, and for a personal chat. */
	find(asker: Principal, id: string, platforms: readonly string[]): Promise<ListedChannel | null>;
}

const pageLength = 50;

const selectChannels = `
	select c.id, c.platform, c.tenant_id as "tenantId", c.channel_id as "channelId", c.kind, c.ingest, c.knowledge,
		c.stale_after_days as "staleAfterDays", c.digest, c.rules as own, coalesce(t.rules, '{}') as company, chosen.model
	from channels as c left join tenants as t on t.platform = c.platform and t.tenant_id = c.tenant_id
		left join model_choices as chosen on chosen.channel_id = c.id
	where c.kind <> 'direct' and c.platform = any($1)`;

const selectPage = `${selectChannels} and (position(lower($2) in lower(c.channel_id)) > 0 or position(lower($2) in lower(c.tenant_id)) > 0)
	order by c.platform, c.tenant_id, c.channel_id limit ${pageLength + 1} offset $3`;

type Row = Omit<ListedChannel, 'place' | 'own' | 'company'> & Omit<Place, 'threadId' | 'route'> & { own: object; company: object };

export function createChannelList({ queryAs }: Pick<Database, 'queryAs'>): ChannelList {
	return {
		async read(asker, { query, page, platforms }) {
			const rows = await queryAs<Row>(asker, selectPage, [platforms, query.trim(), page * pageLength]);
			return { channels: rows.slice(0, pageLength).map(toListed), hasMore: rows.length > pageLength };
		},
		async find(asker, id, platforms) {
			const [row] = await queryAs<Row>(asker, `${selectChannels} and c.id = $2`, [platforms, id]);
			return row === undefined ? null : toListed(row);
		},
	};
}

function toListed({ platform, tenantId, channelId, kind, own, company, ...channel }: Row): ListedChannel {
	return { ...channel, place: { platform, tenantId, channelId, kind, threadId: '' }, own: readRules(own), company: readRules(company) };
}
