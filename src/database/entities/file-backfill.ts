/** What is read of a channel's past: by whose word, how far it is, and how it went. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { Channel } from './channel.ts';
import { time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const FileBackfill = defineEntity({
	name: 'FileBackfill',
	tableName: 'file_backfills',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'file_backfills_requested_by_index', properties: ['requestedBy'] }],
	checks: [{ name: 'file_backfills_status_check', expression: "status in ('running', 'done', 'stopped', 'lost', 'failed')" }],
	properties: {
		channel: () => p.oneToOne(Channel).primary().updateRule('no action').deleteRule('cascade'),
		requestedBy: () => p.manyToOne(User).fieldName('requested_by').nullable().deleteRule('set null'),
		/** With the way to it. */
		place: p.json<Place>(),
		/** `lost`: the bot may not read there any more. */
		status: p.text().$type<'running' | 'done' | 'stopped' | 'lost' | 'failed'>().defaultRaw("'running'"),
		/** What was shared before is left alone. */
		since: time().nullable(),
		/** Where the platform goes on; null for the newest page. */
		nextPage: p.text().nullable(),
		foundCount: p.integer().defaultRaw('0'),
		/** New ones among them. */
		takenCount: p.integer().defaultRaw('0'),
		refusedCount: p.integer().defaultRaw('0'),
		/** The bot's message that tells of it. */
		notice: p.json<Record<string, unknown>>().nullable(),
		startedAt: timeOfInsert(),
	},
});
export type FileBackfill = InferEntity<typeof FileBackfill>;
