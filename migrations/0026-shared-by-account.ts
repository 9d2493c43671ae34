/** Which account shared a file, so that it goes along with the account; and which files have a source of their own. */

import { Migration } from '@mikro-orm/migrations';

/** As messages have it: whoever links accounts has the files of both, and each goes home when the link is undone. */
const noteAccount = `
alter table document_placements add column shared_by_account uuid
	constraint document_placements_shared_by_account_foreign references identities (id) on delete set null;
create index document_placements_shared_by_account_index on document_placements (shared_by_account);
grant select (id, user_id) on identities to ccb_librarian;
create policy identities_librarian on identities for select to ccb_librarian using (true);
grant select (shared_by_account), update (shared_by) on document_placements to ccb_registrar;
create policy document_placements_registrar on document_placements to ccb_registrar using (true) with check (true)`;

/** A path of a folder or bucket lies in one place, in whatever version; files of chats have no source. */
const oneOfPath = `
drop index document_placements_source_unique;
create unique index document_placements_source_unique on document_placements (source, source_path) where source is not null`;

export class SharedByAccount extends Migration {
	override up(): void {
		for (const sql of [noteAccount, oneOfPath]) this.addSql(sql);
	}
}
