/** From when on somebody reads along in a group chat, and what a person was called when they said something. */

import { Migration } from '@mikro-orm/migrations';

/** Policies are forced on the owner of the tables too, who would find no row to change. */
const openToOwner = ['conversations', 'conversation_participants', 'messages']
	.map((table) => `alter table ${table} no force row level security`)
	.join(';\n');

/**
 * Platforms may hide from newcomers to a group chat what was said before they came, and do not tell the bot. What is certain is that somebody
 * was there when they spoke, so they read from then on. In channels, newcomers see what was said before.
 */
const noteBeginning = `
alter table conversation_participants add column reads_from timestamptz not null default '-infinity';
update conversation_participants p set reads_from = coalesce(
	(select min(m.created_at) from messages m where m.conversation_id = p.conversation_id and m.author_user_id = p.user_id), now()
) from conversations c where c.id = p.conversation_id and c.kind = 'group';
alter table conversation_participants alter column reads_from set default now()`;

/** Both repeat what was said at a time, and every participant reads them. */
const dropRepetitions = `
update conversations set title = null, summary = null, summary_through = null where kind = 'group';
alter table conversations add constraint conversations_group_check check (kind <> 'group' or (title is null and summary is null))`;

const nameSpeakers = `
alter table messages add column author_name text;
grant insert (author_name) on messages to ccb_employee, ccb_admin`;

const closeToOwner = openToOwner.replaceAll(' no force ', ' force ');

const readFromThen = `
drop policy messages_read on messages;
create policy messages_read on messages for select to ccb_employee, ccb_admin using (exists (
	select from conversation_participants as participation
	where participation.conversation_id = messages.conversation_id and participation.user_id = (select ccb_user_id())
		and participation.reads_from <= messages.created_at
));
grant update (reads_from) on conversation_participants to ccb_registrar;
grant select (kind) on conversations to ccb_registrar;
grant select (in_reply_to, created_at) on messages to ccb_registrar`;

export class GroupConversations extends Migration {
	override up(): void {
		for (const sql of [openToOwner, noteBeginning, dropRepetitions, nameSpeakers, closeToOwner, readFromThen]) this.addSql(sql);
	}
}
