/**
 * What the documents promise of people and of what they said, demanded by the database itself: also of a whole statement, and under every
 * isolation level.
 */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** As `stableId` and `accountKey` of the program, see `src/identity`. */
const createIds = `
create function ccb_stable_id(name text) returns uuid language sql stable set search_path = pg_catalog, pg_temp as $$
	select encode(set_byte(set_byte(h, 6, (get_byte(h, 6) & 15) | 128), 8, (get_byte(h, 8) & 63) | 128), 'hex')::uuid
	from (select substring(sha256(convert_to(name, 'UTF8')) for 16) as h) as hashed
$$;
create function ccb_encoded(part text) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
	select coalesce(string_agg(
		case when byte < 128 and chr(byte) ~ '[A-Za-z0-9_.!~*''()-]' collate "C" then chr(byte) else '%' || upper(lpad(to_hex(byte), 2, '0')) end,
		'' order by place
	), '')
	from (
		select place, get_byte(bytes, place) as byte
		from (select convert_to(part, 'UTF8') as bytes) as encoded, generate_series(0, octet_length(bytes) - 1) as place
	) as single
$$;
create function ccb_account_key(platform text, tenant_id text, account_id text) returns text language sql stable
return ccb_encoded(platform) || ':' || ccb_encoded(tenant_id) || ':' || ccb_encoded(account_id);
revoke all on function ccb_stable_id(text), ccb_encoded(text), ccb_account_key(text, text, text) from public;
grant execute on function ccb_stable_id(text), ccb_encoded(text), ccb_account_key(text, text, text) to ccb_employee, ccb_admin`;

/**
 * Whom an admin enters, nobody has met: under the ids that the person will be met by, and no others. Anybody's future id could otherwise be
 * given to an account of the admin's choice, which would then read what that person says.
 */
const enterUnderOwnIds = `
create or replace function ccb_enter_together() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
declare
	key text := ccb_account_key(new.platform, new.tenant_id, new.account_id);
begin
	if not exists (select from users where id = new.user_id and created_at = now()) then
		raise exception 'an account is entered together with its user' using errcode = 'insufficient_privilege';
	end if;
	if new.user_id <> new.home_user_id or new.home_user_id <> ccb_stable_id('user:' || key) or new.id <> ccb_stable_id('identity:' || key) then
		raise exception 'an account is entered under the ids that follow from it' using errcode = 'insufficient_privilege';
	end if;
	return null;
end
$$`;

/** A user without an account is nobody. An admin who is nobody would count as one of those who must not be the last. */
const enterWithAccount = `
create function ccb_enter_with_account() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
	if not exists (select from identities where home_user_id = new.id) then
		raise exception 'a user is entered together with an account' using errcode = 'insufficient_privilege';
	end if;
	return null;
end
$$;
revoke all on function ccb_enter_with_account() from public;
create constraint trigger users_enter_with_account after insert on users deferrable initially deferred for each row
	when (current_user = 'ccb_admin') execute function ccb_enter_with_account()`;

/** Whoever changes this row waits for whoever has changed it, and fails if that happened after their own snapshot was taken. */
const createTurn = `
create table ccb_private.admin_turn (turn bigint not null);
insert into ccb_private.admin_turn values (0);
create function ccb_private.take_admin_turn() returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
	update ccb_private.admin_turn set turn = turn + 1
$$;
revoke all on function ccb_private.take_admin_turn() from public;
grant execute on function ccb_private.take_admin_turn() to ccb_admin, ccb_registrar`;

/**
 * A lock alone is no order where a transaction goes on seeing what it saw at its beginning: two admins would each see the other stay. Who cannot
 * come in as an admin, as `role-choice.ts` of the program says, is no admin who stays. Whose accounts a platform closes, it closes unasked.
 */
const keepAnAdmin = `
create or replace function ccb_keep_an_admin() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
	perform ccb_private.take_admin_turn();
	if not exists (
		select from users
		where role = 'ccb_admin' and deactivated_at is null
			and exists (select from identities where user_id = users.id and not (is_guest or is_external))
			and not exists (select from identities where user_id = users.id and is_deactivated)
	) then
		raise exception 'the last admin must stay' using errcode = 'check_violation', constraint = 'users_last_admin';
	end if;
	return null;
end
$$`;

/**
 * Letters and digits, and blank space, as `audit-request.ts` of the program knows them. Spelled out, since what PostgreSQL calls a letter
 * depends on the locale of the database. Beside letters these blocks hold a few marks of other scripts; no punctuation or picture of general use.
 */
const letters = [
	String.raw`0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF`,
	String.raw`\u0370-\u115E\u1161-\u167F\u1681-\u17B3\u17B6-\u180A\u1810-\u1FFF\u2C00-\u2DFF`,
	String.raw`\u3005-\u3007\u3041-\u3163\u3165-\uD7FF\uF900-\uFDFF\uFE70-\uFEFC`,
	String.raw`\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFF9F\uFFA1-\uFFDC`,
	String.raw`\U00010000-\U0001CFFF\U0001E000-\U0001EFFF\U00020000-\U0003FFFF`,
].join('');
const blank = String.raw`\u0009-\u000D\u0020\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF`;

/** Two words at least, with a letter or a digit in each, as the program asks of whoever types it. */
const demandReason = `
create or replace function ccb_audited_user() returns uuid language sql stable set search_path = public, pg_catalog, pg_temp as $$
	select subject_user_id from audit_log
	where sequence = nullif(current_setting('ccb.audit_entry', true), '')::bigint
		and actor_user_id = ccb_user_id() and action = 'audit' and outcome = 'done' and at > now() - interval '10 minutes'
		and transaction_id is distinct from pg_current_xact_id_if_assigned()
		and details ->> 'reason' ~ '[${letters}].*[${blank}].*[${letters}]'
$$`;

/** Made anew at the next start where reading is on: they showed whole conversations, so what third people had said in them too. */
const dropAuditPolicies = `
drop policy if exists participants_audit on conversation_participants;
drop policy if exists conversations_audit on conversations;
drop policy if exists messages_audit on messages`;

/**
 * Who asked a question, if the one who looks may see it. A function, because a policy cannot ask its own table; volatile, because question
 * and answer can be written by one statement.
 */
const createAskedBy = `
create function ccb_asked_by(question_id uuid, conversation uuid) returns uuid language plpgsql volatile
set search_path = public, pg_catalog, pg_temp as $$
begin
	return (select author_user_id from messages where id = question_id and conversation_id = conversation and role = 'user');
end
$$;
revoke all on function ccb_asked_by(uuid, uuid) from public;
grant execute on function ccb_asked_by(uuid, uuid) to ccb_employee, ccb_admin`;

/**
 * A key that is taken tells that a row is there, whoever may see it. So the id of a question must be the one that follows from where it was
 * asked, or a random one that nobody can guess: whoever takes part there knows the rest already. What has a random one was not asked on the
 * platform, and takes no message's place there.
 */
const createOwnId = `
create function ccb_is_question_id(wanted uuid, conversation uuid, message_id text) returns boolean language plpgsql stable
set search_path = public, pg_catalog, pg_temp as $$
begin
	return (message_id is null and substring(wanted::text from 15 for 1) = '4') or wanted = (
		select ccb_stable_id(concat_ws(':', 'message', platform, tenant_id, channel_id, message_id)) from conversations where id = conversation
	);
end
$$;
revoke all on function ccb_is_question_id(uuid, uuid, text) from public;
grant execute on function ccb_is_question_id(uuid, uuid, text) to ccb_employee, ccb_admin`;

const isParticipant = `exists (
	select from conversation_participants as participation
	where participation.conversation_id = messages.conversation_id and participation.user_id = (select ccb_user_id())
)`;

/** Everybody who takes part reads; the words of one person, and the answers to them, are that person's. */
const ownMessages = `
drop policy messages_write on messages;
create policy messages_write on messages for insert to ccb_employee, ccb_admin with check (
	${isParticipant} and case role
		when 'user' then author_user_id = (select ccb_user_id()) and in_reply_to is null
			and ccb_is_question_id(id, conversation_id, platform_message_id)
		else author_user_id is null and ccb_asked_by(in_reply_to, conversation_id) = (select ccb_user_id())
	end
);
drop policy messages_change on messages;
create policy messages_change on messages for update to ccb_employee, ccb_admin using (
	${isParticipant} and case role
		when 'user' then author_user_id = (select ccb_user_id())
		else ccb_asked_by(in_reply_to, conversation_id) = (select ccb_user_id())
	end
)`;

/** When something was written, and in which order, says the database. */
const closeColumns = `
revoke insert on messages from ccb_employee, ccb_admin;
grant insert (
	id, conversation_id, role, author_user_id, author_identity_id, platform_message_id, in_reply_to, content, status, attachments,
	received_at, deleted_at
) on messages to ccb_employee, ccb_admin`;

/** A made role stands between guests and admins, and stays where it was put: otherwise it would take the place of either. */
const keepRanks = `
revoke update (rank) on roles from ccb_admin;
drop policy roles_make on roles;
create policy roles_make on roles for insert to ccb_admin with check (rank between 1 and 999)`;

/**
 * Setting or using up a sequence is a function call that no rollback undoes, and a part of a statement can become the login. Identity
 * columns need nobody's right to be filled, so nobody has one; the program's list of migrations gets one too.
 */
const closeSequences = `
alter table migrations alter column id drop default;
drop sequence migrations_id_seq;
alter table migrations alter column id add generated always as identity;
select setval('migrations_id_seq', max(id)) from migrations;
revoke all on sequence migrations_id_seq, inbox_sequence_seq, messages_sequence_seq, audit_log_sequence_seq from current_user`;

export class Promises extends Migration {
	override up(): void {
		const people = [createIds, enterUnderOwnIds, enterWithAccount, joinKeeper, createTurn, leaveKeeper, keepAnAdmin];
		const said = [demandReason, dropAuditPolicies, createAskedBy, createOwnId, ownMessages, closeColumns, keepRanks, closeSequences];
		for (const sql of [...people, ...said]) this.addSql(sql);
	}
}
