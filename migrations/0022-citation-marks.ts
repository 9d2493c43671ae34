/** How many marks of sources a model wrote in an answer, by what the check made of them. */

import { Migration } from '@mikro-orm/migrations';

const addCounts = `
alter table messages add column supported_marks int, add column unsupported_marks int, add column unknown_marks int;
grant update (supported_marks, unsupported_marks, unknown_marks) on messages to ccb_employee, ccb_admin`;

export class CitationMarks extends Migration {
	override up(): void {
		this.addSql(addCounts);
	}
}
