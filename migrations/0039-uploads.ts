/** What is kept for a person of the web for a day: the files that they give before they ask about them. */

import { Migration } from '@mikro-orm/migrations';

const createUploads = `
create table uploads (
	id uuid not null default gen_random_uuid() primary key,
	user_id uuid not null constraint uploads_user_id_foreign references users (id) on delete cascade,
	name text not null,
	media_type text not null,
	size_bytes int not null,
	content_hash text not null,
	created_at timestamptz not null default now()
);
create index uploads_user_id_index on uploads (user_id);
create index uploads_created_at_index on uploads (created_at)`;

/** People have their own; the librarian, who keeps their bytes, has all. */
const closeUploads = `
alter table uploads enable row level security;
alter table uploads force row level security;
create policy uploads_genuine on uploads as restrictive using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy uploads_own on uploads to ccb_employee, ccb_admin
	using (user_id = (select ccb_user_id())) with check (user_id = (select ccb_user_id()));
create policy uploads_librarian on uploads to ccb_librarian using (true) with check (true);
grant select, insert on uploads to ccb_employee, ccb_admin;
grant select, delete on uploads to ccb_librarian`;

export class Uploads extends Migration {
	override up(): void {
		for (const sql of [createUploads, closeUploads]) this.addSql(sql);
	}
}
