/** The web: who is signed in, how each person sees their own conversations, how they find what was said in them, and how they remove them. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** Secrets are kept as hashes: whoever reads the tables cannot use them. */
const createSessions = `
create table web_sessions (
	id uuid not null default gen_random_uuid() primary key,
	identity_id uuid not null constraint web_sessions_identity_id_foreign references identities (id) on delete cascade,
	token_hash text not null constraint web_sessions_token_hash_unique unique,
	token_since timestamptz not null default now(),
	token_used_at timestamptz,
	earlier_hash text constraint web_sessions_earlier_hash_unique unique,
	signed_in_at timestamptz not null default now(),
	last_seen_at timestamptz not null default now(),
	expires_at timestamptz not null,
	agent text not null default '',
	address text not null default ''
);
create index web_sessions_identity_id_index on web_sessions (identity_id);
create table sign_in_links (
	secret_hash text not null primary key,
	identity_id uuid not null constraint sign_in_links_identity_id_foreign references identities (id) on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index sign_in_links_identity_id_index on sign_in_links (identity_id);
create table sign_in_codes (
	code_hash text not null primary key,
	browser_hash text not null constraint sign_in_codes_browser_hash_unique unique,
	identity_id uuid constraint sign_in_codes_identity_id_foreign references identities (id) on delete cascade,
	agent text not null default '',
	address text not null default '',
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index sign_in_codes_identity_id_index on sign_in_codes (identity_id);
create index sign_in_codes_expires_at_index on sign_in_codes (expires_at)`;

const closeTables = ['web_sessions', 'sign_in_links', 'sign_in_codes'].map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_genuine on ${table} as restrictive
			using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
		create policy ${table}_registrar on ${table} to ccb_registrar using (true) with check (true);
		grant select, insert, update, delete on ${table} to ccb_registrar`,
);

/** Policies are forced on the owner of the tables too, who would find no row to change. */
const openToOwner = ['conversations', 'messages'].map((table) => `alter table ${table} no force row level security`).join(';\n');
const closeToOwner = openToOwner.replaceAll(' no force ', ' force ');

/** What a person makes of a conversation for themselves: nobody else sees any of it. */
const createViews = `
alter table conversation_participants
	add column title text,
	add column pinned_at timestamptz,
	add column archived_at timestamptz,
	add column hidden_at timestamptz,
	add column read_through bigint;
create policy participants_view on conversation_participants for update to ccb_employee, ccb_admin
	using (user_id = (select ccb_user_id())) with check (user_id = (select ccb_user_id()));
grant update (title, pinned_at, archived_at, hidden_at, read_through) on conversation_participants to ccb_employee, ccb_admin`;

/** \`updated_at\` tells of what is remembered, and does not move when something is said. */
const noteLastSaid = `
alter table conversations add column last_said_at timestamptz not null default now();
update conversations c set last_said_at = coalesce((select max(m.created_at) from messages m where m.conversation_id = c.id), c.created_at);
grant update (last_said_at) on conversations to ccb_employee, ccb_admin;
create function ccb_note_said() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
	update conversations set last_said_at = now() where id = new.conversation_id and last_said_at < now();
	return null;
end
$$;
revoke all on function ccb_note_said() from public;
create trigger messages_note_said after insert on messages for each row when (new.status <> 'deleted') execute function ccb_note_said()`;

/** Whoever was alone with the bot removes all that was said; the rest goes by foreign keys. */
const allowRemoving = `
create policy conversations_remove on conversations for delete to ccb_employee, ccb_admin using (
	kind = 'direct'
	and exists (
		select from conversation_participants as participation
		where participation.conversation_id = conversations.id and participation.user_id = (select ccb_user_id())
	)
	and not exists (
		select from messages as said where said.conversation_id = conversations.id and said.role = 'user' and said.author_user_id <> (select ccb_user_id())
	)
);
grant delete on conversations to ccb_employee, ccb_admin`;

const accented = 'ÁÀÂÄÃÅĀÇĆČÉÈÊËĒĖĘÍÌÎÏĪÑŃÓÒÔÖÕŌØÚÙÛÜŪÝŸŽŹŻŠŚáàâäãåāçćčéèêëēėęíìîïīñńóòôöõōøúùûüūýÿžźżšś';
const plain = 'aaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzssaaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzss';
/** A vector takes a megabyte at most, a letter has four bytes, and words with dashes count twice. */
const mostCharacters = 100_000;

/**
 * The words of all messages lie apart, where no statement reaches them: an operator of full-text search is asked for other people's rows too before
 * a policy hides them. What asks for them is told ids alone, of what the asker may read; their rows are read under the policies. Other triggers empty
 * a message too, whatever was to be changed in it: so what counts is whether its words are others.
 */
const createWords = `
create function ccb_private.words_of(said text) returns tsvector language sql immutable parallel safe set search_path = pg_catalog, pg_temp
	return to_tsvector('simple'::regconfig, lower(translate(left(said, ${mostCharacters}), '${accented}', '${plain}')));
create table ccb_private.message_words (
	message_id uuid not null primary key,
	conversation_id uuid not null,
	sequence bigint not null,
	said_at timestamptz not null,
	words tsvector not null
);
create index message_words_words_index on ccb_private.message_words using gin (words);
create index message_words_conversation_id_index on ccb_private.message_words (conversation_id);
create function ccb_private.keep_message_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	if tg_op = 'DELETE' or new.content = '' then
		delete from ccb_private.message_words where message_id = old.id;
	else
		insert into ccb_private.message_words values (new.id, new.conversation_id, new.sequence, new.created_at, ccb_private.words_of(new.content))
			on conflict (message_id) do update set words = excluded.words;
	end if;
	return null;
end
$$;
create function ccb_private.messages_with(said text, most int) returns table (message_id uuid) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
declare
	wanted tsquery;
begin
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	select to_tsquery('simple', string_agg(quote_literal(lexeme) || ':*', ' & ')) into wanted from unnest(ccb_private.words_of(said));
	return query
		select word.message_id from ccb_private.message_words as word
			join public.conversation_participants as participation on participation.conversation_id = word.conversation_id
		where participation.user_id = nullif(current_setting('ccb.user_id', true), '')::uuid
			and participation.reads_from <= word.said_at and word.words @@ wanted
		order by word.sequence desc limit most;
end
$$;
revoke all on function ccb_private.words_of(text), ccb_private.keep_message_words(), ccb_private.messages_with(text, int) from public;
grant execute on function ccb_private.messages_with(text, int) to ccb_employee, ccb_admin;
grant execute on function ccb_private.words_of(text), ccb_private.keep_message_words() to session_user;
grant insert on ccb_private.message_words to session_user`;

const keepWords = `
insert into ccb_private.message_words
	select id, conversation_id, sequence, created_at, ccb_private.words_of(content) from messages where content <> '';
grant select on conversation_participants to ccb_keeper;
create policy participants_keeper on conversation_participants for select to ccb_keeper using (true);
create trigger messages_keep_words after insert on messages for each row when (new.content <> '') execute function ccb_private.keep_message_words();
create trigger messages_change_words after update on messages for each row when (old.content <> new.content) execute function ccb_private.keep_message_words();
create trigger messages_forget_words after delete on messages for each row execute function ccb_private.keep_message_words()`;

const closeWords = `
revoke insert on ccb_private.message_words from session_user;
revoke execute on function ccb_private.words_of(text) from session_user`;

/** Whose memory another one's begins with. */
const continueElsewhere = `
alter table conversations add column continued_from uuid
	constraint conversations_continued_from_foreign references conversations (id) on delete set null;
create index conversations_continued_from_index on conversations (continued_from);
grant update (continued_from) on conversations to ccb_employee, ccb_admin`;

export class Web extends Migration {
	override up(): void {
		const views = [openToOwner, createViews, noteLastSaid, allowRemoving, continueElsewhere];
		const words = [joinKeeper, createWords, leaveKeeper, keepWords, closeToOwner, joinKeeper, closeWords, leaveKeeper];
		for (const sql of [createSessions, ...closeTables, ...views, ...words]) this.addSql(sql);
	}
}
