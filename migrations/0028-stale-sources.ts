/** From when on a source is old, by place and by document; and how an answer came about, for whoever asks why. */

import { Migration } from '@mikro-orm/migrations';

const addAges = `
alter table channels add column stale_after_days int constraint channels_stale_after_days_check check (stale_after_days > 0);
alter table document_placements
	add column stale_after_days int constraint document_placements_stale_after_days_check check (stale_after_days > 0);
grant select (stale_after_days) on channels to ccb_librarian;
grant update (stale_after_days) on channels to ccb_employee, ccb_admin`;

/** Codes, counts, times and ids of chunks: nothing that anybody said. */
const addTrace = `
alter table messages add column trace jsonb;
grant update (trace) on messages to ccb_employee, ccb_admin`;

/** Why a message got no answer. */
const noteDropped = `
alter table inbox add column account uuid, add column reason text;
create index inbox_account_index on inbox (account, sequence) where reason is not null`;

export class StaleSources extends Migration {
	override up(): void {
		for (const sql of [addAges, addTrace, noteDropped]) this.addSql(sql);
	}
}
