/** A place where the bot is used, and who was seen using it there. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Channel = defineEntity({
	name: 'Channel',
	tableName: 'channels',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'channels_digest_by_index', properties: ['digestBy'] },
		{ name: 'channels_rules_index', properties: ['id'], where: "rules <> '{}'" },
	],
	uniques: [{ name: 'channels_place_unique', properties: ['platform', 'tenantId', 'channelId'] }],
	checks: [
		{ name: 'channels_kind_check', expression: "kind in ('direct', 'group', 'channel')" },
		{ name: 'channels_ingest_check', expression: "ingest in ('on', 'off', 'ask')" },
		{ name: 'channels_knowledge_check', expression: "knowledge in ('only', 'prefer', 'off')" },
		{ name: 'channels_stale_after_days_check', expression: 'stale_after_days > 0' },
		{ name: 'channels_digest_check', expression: "digest in ('here', 'private')" },
		{ name: 'channels_rules_check', expression: "jsonb_typeof(rules) = 'object'" },
	],
	properties: {
		/** Follows from the place. */
		id: p.uuid().primary(),
		platform: p.text(),
		tenantId: p.text(),
		channelId: p.text(),
		kind: p.text().$type<Place['kind']>(),
		createdAt: timeOfInsert(),
		/** Whether files that are shared there become documents. Null where nobody decided. */
		ingest: p.text().$type<'on' | 'off' | 'ask'>().nullable(),
		/** Whether answers there draw on documents alone, on them first, or not at all. Null where nobody decided. */
		knowledge: p.text().$type<'only' | 'prefer' | 'off'>().nullable(),
		/** From how many days on what answers there cite is old. Null for never. */
		staleAfterDays: p.integer().nullable(),
		/** Where a digest of what was asked in vain is posted each week: there, or to whoever switched it on. Null for none. */
		digest: p.text().$type<'here' | 'private'>().nullable(),
		/** The way to the channel. */
		digestPlace: p.json<Place>().nullable(),
		digestBy: () => p.manyToOne(User).fieldName('digest_by').nullable().deleteRule('set null'),
		/** When the newest one was begun. */
		digestAt: time().nullable(),
		/** As `src/rules/place-rules.ts` reads them. */
		rules: p.json<object>().defaultRaw("'{}'"),
	},
});
export type Channel = InferEntity<typeof Channel>;

export const ChannelMember = defineEntity({
	name: 'ChannelMember',
	tableName: 'channel_members',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'channel_members_user_id_index', properties: ['user'] }],
	properties: {
		channel: () => p.manyToOne(Channel).primary().updateRule('no action').deleteRule('cascade'),
		user: () => p.manyToOne(User).primary().updateRule('no action').deleteRule('cascade'),
		seenAt: timeOfInsert(),
	},
});
export type ChannelMember = InferEntity<typeof ChannelMember>;
