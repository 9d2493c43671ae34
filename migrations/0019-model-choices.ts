/** Which model somebody chose: for one conversation, for themselves, or for a channel. */

import { Migration } from '@mikro-orm/migrations';

const createChoices = `
create table model_choices (
	id uuid not null default gen_random_uuid() primary key,
	conversation_id uuid constraint model_choices_conversation_id_foreign references conversations (id) on delete cascade,
	user_id uuid constraint model_choices_user_id_foreign references users (id) on delete cascade,
	channel_id uuid constraint model_choices_channel_id_foreign references channels (id) on delete cascade,
	model text not null,
	chosen_by uuid constraint model_choices_chosen_by_foreign references users (id) on delete set null,
	chosen_at timestamptz not null default now(),
	constraint model_choices_scope_check check (num_nonnulls(conversation_id, user_id, channel_id) = 1),
	constraint model_choices_conversation_id_unique unique (conversation_id),
	constraint model_choices_user_id_unique unique (user_id),
	constraint model_choices_channel_id_unique unique (channel_id)
);
create index model_choices_chosen_by_index on model_choices (chosen_by);
alter table model_choices enable row level security;
alter table model_choices force row level security`;

/** Whoever takes part in it: what they choose for others is held against each asker's own limits. */
const isMine = `(
	user_id = (select ccb_user_id())
	or exists (
		select from conversation_participants as participation
		where participation.conversation_id = model_choices.conversation_id and participation.user_id = (select ccb_user_id())
	)
	or exists (
		select from channel_members as membership
		where membership.channel_id = model_choices.channel_id and membership.user_id = (select ccb_user_id())
	)
)`;

const allowChoosing = `
create policy model_choices_own on model_choices to ccb_employee, ccb_admin
	using (${isMine}) with check (${isMine} and chosen_by = (select ccb_user_id()));
create policy model_choices_genuine on model_choices as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
grant select, delete on model_choices to ccb_employee, ccb_admin;
grant insert (conversation_id, user_id, channel_id, model, chosen_by) on model_choices to ccb_employee, ccb_admin;
grant update (model, chosen_by, chosen_at) on model_choices to ccb_employee, ccb_admin`;

export class ModelChoices extends Migration {
	override up(): void {
		for (const sql of [createChoices, allowChoosing]) this.addSql(sql);
	}
}
