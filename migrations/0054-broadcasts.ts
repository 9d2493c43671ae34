/** What administrators say in every channel at once: once confirmed it is posted channel by channel, so that a process that dies in the middle doubles nothing. */

import { Migration } from '@mikro-orm/migrations';

/** The text goes when all is over. */
const createBroadcasts = `
create table broadcasts (
	id uuid primary key default gen_random_uuid(),
	stop_id uuid not null default gen_random_uuid(),
	asked_by uuid not null constraint broadcasts_asked_by_foreign references users (id) on delete cascade,
	text text not null,
	asked_at timestamptz not null default now(),
	begun_at timestamptz,
	stopped_at timestamptz,
	ended_at timestamptz,
	constraint broadcasts_stop_id_unique unique (stop_id)
);
create index broadcasts_asked_by_index on broadcasts (asked_by);
create table broadcast_posts (
	broadcast_id uuid not null constraint broadcast_posts_broadcast_id_foreign references broadcasts (id) on delete cascade,
	channel_id uuid not null constraint broadcast_posts_channel_id_foreign references channels (id) on delete cascade,
	state text not null default 'waiting' constraint broadcast_posts_state_check check (state in ('waiting', 'posting', 'posted', 'refused', 'unknown')),
	constraint broadcast_posts_pkey primary key (broadcast_id, channel_id)
);
create index broadcast_posts_channel_id_index on broadcast_posts (channel_id)`;

/** The program alone keeps them: whoever orders and presses is asked for their role before. */
const closeBroadcasts = ['broadcasts', 'broadcast_posts'].map(
	(table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_genuine on ${table} as restrictive using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy ${table}_app on ${table} to ccb_app using (true) with check (true);
grant select, insert, update, delete on ${table} to ccb_app`,
);

export class Broadcasts extends Migration {
	override up(): void {
		for (const sql of [createBroadcasts, ...closeBroadcasts]) this.addSql(sql);
	}
}
