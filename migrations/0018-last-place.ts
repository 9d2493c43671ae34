/** Where an account was met last: some platforms know people, and the way to them, only there. */

import { Migration } from '@mikro-orm/migrations';

const noteLastPlace = 'alter table identities add column last_place jsonb';

export class LastPlace extends Migration {
	override up(): void {
		this.addSql(noteLastPlace);
	}
}
