/** A place where the bot is used, and who was seen using it there. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Channel = defineEntity({
	name: 'Channel',
	tableName: 'channels',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'channels_place_unique', properties: ['platform', 'tenantId', 'channelId'] }],
	checks: [{ name: 'channels_kind_check', expression: "kind in ('direct', 'group', 'channel')" }],
	properties: {
		/** Follows from the place. */
		id: p.uuid().primary(),
		platform: p.text(),
		tenantId: p.text(),
		channelId: p.text(),
		kind: p.text().$type<Place['kind']>(),
		createdAt: timeOfInsert(),
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
