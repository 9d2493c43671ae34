/** The newest documents of a channel, and of the company, without reading all of them: a question that names one looks at the newest names. */

import { Migration } from '@mikro-orm/migrations';

const inForce = 'superseded_at is null and document_id is not null';
const indexNewest = `
create index document_placements_newest_index on document_placements (channel_id, shared_at desc) where ${inForce};
create index document_placements_newest_published_index on document_placements (shared_at desc) where channel_id is null and ${inForce}`;

export class NewestDocuments extends Migration {
	override up(): void {
		this.addSql(indexNewest);
	}
}
