/** What an answer cites, kept with it: whoever ends an interrupted answer shows the same sources. */

import { Migration } from '@mikro-orm/migrations';

const addSources = `
alter table messages add column sources jsonb not null default '[]';
grant update (sources) on messages to ccb_employee, ccb_admin`;

export class AnswerSources extends Migration {
	override up(): void {
		this.addSql(addSources);
	}
}
