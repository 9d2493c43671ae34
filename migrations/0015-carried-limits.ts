/** What an administrator said about a person goes with each account that leaves them: limits that came along, and what was used already. */

import { Migration } from '@mikro-orm/migrations';

/** For as long as the longest count runs, somebody who was part of another person is counted together with them. */
const changeUsers = `
alter table users add column ceilings jsonb not null default '{}';
alter table users add column counts_as uuid;
alter table users add column counts_as_until timestamptz;
grant update (ceilings) on users to ccb_admin`;

/** Wrong codes are counted by the hour, so that linking need not forgive them. */
const changeAttempts = 'alter table link_attempts add column counted_from timestamptz not null default now()';

export class CarriedLimits extends Migration {
	override up(): void {
		for (const sql of [changeUsers, changeAttempts]) this.addSql(sql);
	}
}
