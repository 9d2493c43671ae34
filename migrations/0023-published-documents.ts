/** Documents that are published to the whole company, or let out of quarantine, and who decides for a channel. */

import { Migration } from '@mikro-orm/migrations';

/** Whatever takes the file out of its channel takes it back from the company too. An administrator lets a file out of quarantine. */
const publish = `
alter table document_placements add column published_from uuid
	constraint document_placements_published_from_foreign references document_placements (id) on delete cascade,
	add constraint document_placements_published_from_unique unique (published_from);
alter table documents add column is_released boolean not null default false`;

/** For a channel administrators decide, for a personal chat whoever has it. */
const isMyChat = `kind = 'direct' and exists (
	select from channel_members as membership where membership.channel_id = channels.id and membership.user_id = (select ccb_user_id())
)`;

const decide = `
create policy channels_decide on channels for update to ccb_admin using (kind <> 'direct') with check (kind <> 'direct');
create policy channels_decide_own on channels for update to ccb_employee, ccb_admin using (${isMyChat}) with check (${isMyChat});
grant update (ingest, knowledge) on channels to ccb_employee, ccb_admin`;

export class PublishedDocuments extends Migration {
	override up(): void {
		for (const sql of [publish, decide]) this.addSql(sql);
	}
}
