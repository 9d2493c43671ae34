/**
 * What each question pays for costs the database less. Its statements are planned anew each time, under policies, which takes longer than carrying
 * them out; functions keep their plans for as long as the connection lasts, which no statement can exchange.
 */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** The same proof as before. A query has to be begun and ended for the key alone; everything else is an expression. */
const provePlainly = `
create or replace function ccb_private.is_genuine() returns boolean language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp as $$
declare
	secret bytea;
begin
	select key into secret from ccb_private.proof_key;
	return coalesce(current_setting('ccb.proof', true) = encode(sha384(secret || convert_to(concat_ws(' ',
		current_setting('role'), coalesce(current_setting('ccb.user_id', true), ''),
		pg_backend_pid(), extract(epoch from now())
	), 'UTF8')), 'hex'), false);
end
$$`;

const accented = 'ÁÀÂÄÃÅĀÇĆČÉÈÊËĒĖĘÍÌÎÏĪÑŃÓÒÔÖÕŌØÚÙÛÜŪÝŸŽŹŻŠŚáàâäãåāçćčéèêëēėęíìîïīñńóòôöõōøúùûüūýÿžźżšś';
const plain = 'aaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzssaaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzss';
/** Of Spanish. */
const usual = 'ÁÉÍÓÚÜÑáéíóúüñ';
const usualPlain = 'aeiouunaeiouun';
const unusual = [...accented].filter((letter) => !usual.includes(letter)).join('');
/** As before: a vector takes a megabyte at most, a letter has four bytes, and words with dashes count twice. */
const mostCharacters = 100_000;

/** The same words as before. Each letter of a text is compared with each that is exchanged, so only those that may stand there are asked for. */
const exchangeFewer = `
create or replace function ccb_private.words_of(said text) returns tsvector language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp as $$
declare
	read text := left(said, ${mostCharacters});
begin
	if read ~ '[${unusual}]' then
		read := translate(read, '${accented}', '${plain}');
	elsif read ~ '[${usual}]' then
		read := translate(read, '${usual}', '${usualPlain}');
	end if;
	return to_tsvector('simple'::regconfig, lower(read));
end
$$;
alter function ccb_private.keep_message_words() set plan_cache_mode = force_generic_plan;
grant execute on function ccb_private.keep_message_words() to session_user`;

/**
 * Readers wait for the text of an answer until it is written down, and for nothing else: its words follow with its end. What becomes empty has
 * none from the same moment on.
 */
const wordsAtTheEnd = `
drop trigger messages_change_words on messages;
create trigger messages_change_words after update on messages for each row when (
	old.content <> new.content and (new.content = '' or new.status <> 'delivering') or old.status = 'delivering' and new.status <> 'delivering'
) execute function ccb_private.keep_message_words()`;

/** As before; a function in SQL is planned with each call. */
const keepStableId = `
create or replace function ccb_stable_id(name text) returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
	hashed bytea := substring(sha256(convert_to(name, 'UTF8')) for 16);
begin
	return encode(set_byte(set_byte(hashed, 6, (get_byte(hashed, 6) & 15) | 128), 8, (get_byte(hashed, 8) & 63) | 128), 'hex')::uuid;
end
$$;
alter function ccb_is_question_id(uuid, uuid, text) set plan_cache_mode = force_generic_plan;
alter function ccb_asked_by(uuid, uuid) set plan_cache_mode = force_generic_plan`;

/** Whoever says something notes when, beside the title that they change anyway: a trigger asked all policies once more, and twice with each question. */
const noteLastSaid = `
drop trigger messages_note_said on messages;
drop function ccb_note_said()`;

/** What a later version of the program gives, and this function has no place for, is not lost in silence. */
const refuseOthers = (given: string, columns: readonly string[]) => `if ${given} - array[${quoted(columns)}] <> '{}' then
		raise exception 'a column was given that is not written here' using errcode = 'undefined_column';
	end if;`;

/** Who an account is, what its roles may, and what its tenant is trusted with. It is fresh when it was asked for within \`fresh_minutes\`. */
const findAccount = `
create function ccb_find_account(on_platform text, in_tenant text, with_id text, fresh_minutes int)
returns table ("foundAt" text, account jsonb, roles jsonb, mappings jsonb, tenant jsonb) language plpgsql
set search_path = public, pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
	return query
	select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
		(
			select to_jsonb(known) from (
				select i.id as "identityId", u.id as "userId", i.display_name as "displayName", i.locale, i.time_zone as "timeZone",
					i.is_guest as "isGuest", i.is_external as "isExternal", i.admitted_as as "admittedAs", i.last_place as "lastPlace",
					u.role as granted, u.limits, u.ceilings,
					i.refreshed_at > now() - make_interval(mins => fresh_minutes) as "isFresh",
					u.deactivated_at is not null
						or exists (select from identities other where other.user_id = u.id and other.is_deactivated) as "isDeactivated",
					case when u.counts_as_until > now() then u.counts_as end as "countsAs"
				from identities i join users u on u.id = i.user_id
				where i.platform = on_platform and i.tenant_id = in_tenant and i.account_id = with_id
			) as known
		),
		(select jsonb_object_agg(name, jsonb_build_object('rank', rank, 'limits', limits)) from roles),
		(
			select jsonb_agg(jsonb_build_object('groupId', group_id, 'role', role)) from role_mappings
			where platform = on_platform and tenant_id = in_tenant
		),
		(
			select jsonb_build_object('guestsAs', guests_as, 'strangersAs', strangers_as, 'emailDomains', email_domains)
			from tenants where platform = on_platform and tenant_id = in_tenant
		);
end
$$;
revoke all on function ccb_find_account(text, text, text, int) from public;
grant execute on function ccb_find_account(text, text, text, int) to ccb_registrar`;

/**
 * Makes what is missing of a conversation, given by columns, and of its channel, and lets the person in: in a group chat to what is said from now on,
 * or since the question behind an answer that the platform has shown them. Nothing is made for a question that was removed with its conversation.
 */
const joinConversation = `
create function ccb_join_conversation(conversation jsonb, channel uuid, person uuid, shown_answer uuid, asked uuid) returns boolean language plpgsql
set search_path = public, pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
	told conversations := jsonb_populate_record(null::conversations, conversation);
	readable_from timestamptz := '-infinity';
begin
	${refuseOthers('conversation', ['id', 'key', 'platform', 'tenant_id', 'channel_id', 'thread_id', 'kind'])}
	if exists (select from removed_questions where id = asked) then
		return false;
	end if;
	if told.kind = 'group' then
		select coalesce(max(asked.created_at), now()) into readable_from
		from messages answer join messages asked on asked.id = answer.in_reply_to
		where answer.id = shown_answer and answer.conversation_id = told.id;
	end if;
	with created as (
		insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by)
		values (told.id, told.key, told.platform, told.tenant_id, told.channel_id, told.thread_id, told.kind, person) on conflict do nothing
	), used as (
		insert into channels (id, platform, tenant_id, channel_id, kind)
		values (channel, told.platform, told.tenant_id, told.channel_id, told.kind) on conflict do nothing
	), met as (
		insert into channel_members (channel_id, user_id) values (channel, person)
		on conflict (channel_id, user_id) do update set seen_at = now() where channel_members.seen_at < now() - interval '1 hour'
	)
	insert into conversation_participants (conversation_id, user_id, reads_from)
	values (told.id, person, readable_from)
	on conflict (conversation_id, user_id) do update set reads_from = excluded.reads_from
		where excluded.reads_from < conversation_participants.reads_from;
	return true;
end
$$;
revoke all on function ccb_join_conversation(jsonb, uuid, uuid, uuid, uuid) from public;
grant execute on function ccb_join_conversation(jsonb, uuid, uuid, uuid, uuid) to ccb_registrar`;

const whoAsks = ['author_user_id', 'author_identity_id'];
const ofQuestions = ['id', 'conversation_id', ...whoAsks, 'platform_message_id', 'content', 'cited', 'attachments', 'received_at'];

/**
 * Question, answer and title at once. The answer is taken from the question's row, so that its sequence comes after it; nothing comes back when the
 * question was there before. What was there before is seen as it was when the statement began. \`asked\` holds columns of the question by their names.
 */
const beginAnswer = `
create function ccb_begin_answer(asked jsonb, answer_id uuid, new_title text)
returns table (sequence bigint, "questionSequence" bigint, "isFirst" boolean) language plpgsql
set search_path = public, pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
	told messages := jsonb_populate_record(null::messages, asked);
begin
	${refuseOthers('asked', ofQuestions)}
	return query
	with question as (
		insert into messages (
			id, conversation_id, role, author_user_id, author_identity_id, author_name, platform_message_id, content, status, cited, attachments, received_at
		) values (
			told.id, told.conversation_id, 'user', told.author_user_id, told.author_identity_id,
			(select display_name from identities where id = told.author_identity_id),
			told.platform_message_id, told.content, 'received', told.cited, told.attachments, told.received_at
		) on conflict do nothing returning id, sequence
	), answer as (
		insert into messages (id, conversation_id, role, in_reply_to, status)
		select answer_id, told.conversation_id, 'assistant', id, 'generating' from question on conflict do nothing returning sequence
	), titled as (
		update conversations set last_said_at = now(),
			title = case when title is null and kind <> 'group' and new_title <> '' then new_title else title end
		where id = told.conversation_id and exists (select from question)
	)
	select answer.sequence, question.sequence,
		not exists (select from messages where conversation_id = told.conversation_id)
			and not exists (select from conversations where id = told.conversation_id and continued_from is not null)
	from answer, question;
end
$$;
revoke all on function ccb_begin_answer(jsonb, uuid, text) from public;
grant execute on function ccb_begin_answer(jsonb, uuid, text) to ccb_employee, ccb_admin`;

/** What an answer says; a change of it is looked through for what was quoted of documents that have gone. */
const saying = ['content', 'sources', 'drawn_from'];
const about = [
	...['status', 'finish_reason', 'error_code', 'model', 'host', 'prompt_tokens', 'output_tokens', 'trace', 'found', 'data_query'],
	...['supported_marks', 'unsupported_marks', 'unknown_marks'],
	...['sign_at', 'first_token_at', 'first_text_at', 'last_token_at', 'final_text_at'],
];
/** What is left of it when the question was taken back. */
const withdrawn: Readonly<Record<string, string>> = { content: "''", sources: "'[]'", trace: 'null', data_query: 'null' };

const given = (column: string) => {
	const instead = withdrawn[column];
	const unlessWithdrawn = instead === undefined ? '' : `when question.status = 'deleted' then ${instead} `;
	return `${column} = case when not facts ? '${column}' then answer.${column} ${unlessWithdrawn}else told.${column} end`;
};

const writeColumns = (columns: readonly string[]) => `
		return query
		update messages as answer set
			${columns.map(given).join(',\n\t\t\t')}
		from messages as question, conversations as conversation
		where answer.id = answer_id and question.id = answer.in_reply_to and conversation.id = answer.conversation_id
		returning answer.conversation_id, question.status = 'deleted' or question.edited_at is not null
			or coalesce(conversation.memory_from >= question.sequence, false);`;

/** What is known of an answer, by the names of columns; those that are not named stay as they are. */
const writeAnswer = `
create function ccb_write_answer(answer_id uuid, facts jsonb)
returns table ("conversationId" uuid, "isOutdated" boolean) language plpgsql
set search_path = public, pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
	told messages := jsonb_populate_record(null::messages, facts);
begin
	${refuseOthers('facts', [...saying, ...about])}
	if facts ?| array[${quoted(saying)}] then${writeColumns([...saying, ...about])}
	else${writeColumns(about)}
	end if;
end
$$;
revoke all on function ccb_write_answer(uuid, jsonb) from public;
grant execute on function ccb_write_answer(uuid, jsonb) to ccb_employee, ccb_admin`;

export class KeptPlans extends Migration {
	override up(): void {
		const cheaper = [joinKeeper, provePlainly, exchangeFewer, leaveKeeper, wordsAtTheEnd, keepStableId, noteLastSaid];
		for (const sql of [...cheaper, findAccount, joinConversation, beginAnswer, writeAnswer]) this.addSql(sql);
	}
}
