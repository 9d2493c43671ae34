/** Reading what was shared in a channel before: how far it is, so that another process can go on with it. */

import { Migration } from '@mikro-orm/migrations';

const createBackfills = `
create table file_backfills (
	channel_id uuid not null primary key constraint file_backfills_channel_id_foreign references channels (id) on delete cascade,
	requested_by uuid constraint file_backfills_requested_by_foreign references users (id) on delete set null,
	place jsonb not null,
	status text not null default 'running' constraint file_backfills_status_check check (
		status in ('running', 'done', 'stopped', 'lost', 'failed')
	),
	since timestamptz,
	next_page text,
	found_count int not null default 0,
	taken_count int not null default 0,
	refused_count int not null default 0,
	notice jsonb,
	started_at timestamptz not null default now()
);
create index file_backfills_requested_by_index on file_backfills (requested_by);
alter table file_backfills enable row level security;
alter table file_backfills force row level security;
create policy file_backfills_genuine on file_backfills as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy file_backfills_librarian on file_backfills to ccb_librarian using (true) with check (true);
grant select, insert, update, delete on file_backfills to ccb_librarian`;

export class FileBackfills extends Migration {
	override up(): void {
		this.addSql(createBackfills);
	}
}
