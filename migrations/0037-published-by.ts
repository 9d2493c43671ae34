/** Who published a document to the whole company: they are told when it is taken back because there is a newer version. */

import { Migration } from '@mikro-orm/migrations';

const notePublisher = `
alter table document_placements add column published_by uuid
	constraint document_placements_published_by_foreign references users (id) on delete set null`;

export class PublishedBy extends Migration {
	override up(): void {
		this.addSql(notePublisher);
	}
}
