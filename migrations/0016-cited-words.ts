/** What a question cites beside its author's own words, and in which time zone a person lives. */

import { Migration } from '@mikro-orm/migrations';

/** Words that were forwarded, quoted or shown in the message: they go with it when it is taken back. */
const citeWords = `
alter table messages add column cited jsonb not null default '[]';
grant insert (cited), update (cited) on messages to ccb_employee, ccb_admin`;

const noteTimeZone = 'alter table identities add column time_zone text';

export class CitedWords extends Migration {
	override up(): void {
		for (const sql of [citeWords, noteTimeZone]) this.addSql(sql);
	}
}
