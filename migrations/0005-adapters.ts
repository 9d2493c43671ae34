/** What adapters keep for themselves, the reason that people give with a rating, and the way from a message back to its answer. */

import { Migration } from '@mikro-orm/migrations';

const createAdapterState = `
create table adapter_state (
	platform text not null,
	key text not null,
	value text not null,
	lease_owner text,
	lease_until timestamptz,
	updated_at timestamptz not null default now(),
	primary key (platform, key)
);
grant select, insert, update, delete on adapter_state to ccb_app`;

const addComment = `
alter table feedback add column comment text;
grant update (comment) on feedback to ccb_employee, ccb_admin`;

const indexMessages = 'create index reply_parts_message_id_index on reply_parts (message_id)';

export class Adapters extends Migration {
	override up(): void {
		for (const sql of [createAdapterState, addComment, indexMessages]) this.addSql(sql);
	}
}
