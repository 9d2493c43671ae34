/** The durable inbox and the messages that replies occupy on their platform: the program's own books, closed to users. */

import { Migration } from '@mikro-orm/migrations';

const createInbox = `
create table inbox (
	key text not null primary key,
	sequence bigint generated always as identity,
	platform text not null,
	type text not null,
	conversation_key text,
	payload jsonb,
	status text not null default 'accepted' constraint inbox_status_check check (status in ('accepted', 'processing', 'done', 'failed')),
	attempts int not null default 0,
	lease_owner text,
	lease_until timestamptz,
	accepted_at timestamptz not null default now(),
	finished_at timestamptz,
	outcome text
);
create index inbox_unfinished_index on inbox (sequence) where status in ('accepted', 'processing');
create index inbox_conversation_index on inbox (conversation_key, sequence) where status in ('accepted', 'processing');
create unique index inbox_one_at_a_time on inbox (conversation_key) where status = 'processing';
create index inbox_finished_at_index on inbox (finished_at);
grant select, insert, update, delete on inbox to ccb_app`;

const createReplyParts = `
create table reply_parts (
	reply_id uuid not null,
	position int not null,
	place jsonb not null,
	message_id text,
	mode text not null constraint reply_parts_mode_check check (mode in ('edit', 'stream')),
	state text not null constraint reply_parts_state_check check (state in ('intended', 'shown', 'final', 'obsolete')),
	updated_at timestamptz not null default now(),
	primary key (reply_id, position)
);
grant select, insert, update, delete on reply_parts to ccb_app`;

export class Inbox extends Migration {
	override up(): void {
		this.addSql(createInbox);
		this.addSql(createReplyParts);
	}
}
