/** What an administrator says in every channel at once, and how far that is. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Channel } from './channel.ts';
import { id, time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Broadcast = defineEntity({
	name: 'Broadcast',
	tableName: 'broadcasts',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'broadcasts_stop_id_unique', properties: ['stopId'] }],
	indexes: [{ name: 'broadcasts_asked_by_index', properties: ['askedBy'] }],
	properties: {
		id: id(),
		/** What the button says that stops it. */
		stopId: p.uuid().defaultRaw('gen_random_uuid()'),
		askedBy: () => p.manyToOne(User).fieldName('asked_by').updateRule('no action').deleteRule('cascade'),
		/** Empty once it is over. */
		text: p.text(),
		askedAt: timeOfInsert(),
		/** Confirmed. */
		begunAt: time().nullable(),
		stoppedAt: time().nullable(),
		endedAt: time().nullable(),
	},
});
export type Broadcast = InferEntity<typeof Broadcast>;

export const BroadcastPost = defineEntity({
	name: 'BroadcastPost',
	tableName: 'broadcast_posts',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'broadcast_posts_channel_id_index', properties: ['channel'] }],
	checks: [{ name: 'broadcast_posts_state_check', expression: "state in ('waiting', 'posting', 'posted', 'refused', 'unknown')" }],
	properties: {
		broadcast: () => p.manyToOne(Broadcast).primary().updateRule('no action').deleteRule('cascade'),
		channel: () => p.manyToOne(Channel).primary().updateRule('no action').deleteRule('cascade'),
		/** `refused`: the platform did not take it. `unknown`: nobody knows whether it is there, and so it is not sent again. */
		state: p.text().$type<'waiting' | 'posting' | 'posted' | 'refused' | 'unknown'>().defaultRaw("'waiting'"),
	},
});
export type BroadcastPost = InferEntity<typeof BroadcastPost>;
