/** Documents that an administrator let out of quarantine. */

import { Migration } from '@mikro-orm/migrations';

export class ReleasedDocuments extends Migration {
	override up(): void {
		this.addSql('alter table documents add column is_released boolean not null default false');
	}
}
