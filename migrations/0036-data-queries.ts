/** What an answer from a company's database asked of it: for its buttons, and for questions that lean on it. */

import { Migration } from '@mikro-orm/migrations';

/** The statement and what it reads, and no value of what came of it. Goes with the words of the question. */
const addDataQuery = `
alter table messages add column data_query jsonb;
grant update (data_query) on messages to ccb_employee, ccb_admin`;

export class DataQueries extends Migration {
	override up(): void {
		this.addSql(addDataQuery);
	}
}
