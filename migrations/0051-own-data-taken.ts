/** Where a platform asks before it takes a file, the file with all that is held of a person is a thing to confirm too. */

import { Migration } from '@mikro-orm/migrations';

const allowExport = `
alter table confirmations drop constraint confirmations_action_check;
alter table confirmations add constraint confirmations_action_check check (action in ('erase-person', 'export-person'))`;

export class OwnDataTaken extends Migration {
	override up(): void {
		this.addSql(allowExport);
	}
}
