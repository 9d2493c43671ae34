/** What people say of themselves, and what they are told: their language, who read what they said, and which exchanges they show to administrators. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** Null: as their platform says. `locale` follows it. */
const addLanguage = `
alter table users add column language text constraint users_language_check check (language in ('en', 'es'))`;

/** As before, with the language that somebody chose. */
const findAccount = `
create or replace function ccb_find_account(on_platform text, in_tenant text, with_id text, fresh_minutes int)
returns table ("foundAt" text, account jsonb, roles jsonb, mappings jsonb, tenant jsonb) language plpgsql
set search_path = public, pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
	return query
	select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
		(
			select to_jsonb(known) from (
				select i.id as "identityId", u.id as "userId", i.display_name as "displayName", i.locale, u.language, i.time_zone as "timeZone",
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
$$`;

/** Whether the rater shows administrators what was asked and answered. */
const addConsent = `
alter table feedback add column shows_exchange boolean not null default false;
grant update (shows_exchange) on feedback to ccb_employee, ccb_admin`;

/** For these functions alone. */
const openToKeeper = `
grant select (sequence, at, actor_user_id, action, outcome, subject_user_id, details) on audit_log to ccb_keeper;
create policy audit_log_keeper on audit_log for select to ccb_keeper using (action = 'audit');
grant select (id, display_name) on users to ccb_keeper;
create policy users_keeper on users for select to ccb_keeper using (true);
grant select on feedback to ccb_keeper;
create policy feedback_keeper on feedback for select to ccb_keeper using (shows_exchange);
grant select (id, in_reply_to, author_user_id, content, status) on messages to ccb_keeper;
create policy messages_keeper on messages for select to ccb_keeper using (true)`;

/** Each person of themselves, the newest first. */
const createReads = `
create function ccb_private.reads_of_mine(most int) returns table (at timestamptz, reader text, reason text, messages text) language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
begin
	if not ccb_private.is_genuine() then
		raise exception 'nobody asks' using errcode = 'insufficient_privilege';
	end if;
	return query
		select entry.at, reading.display_name, entry.details->>'reason', entry.details->>'count'
		from public.audit_log as entry left join public.users as reading on reading.id = entry.actor_user_id
		where entry.action = 'audit' and entry.outcome = 'done'
			and entry.subject_user_id = nullif(current_setting('ccb.user_id', true), '')::uuid
		order by entry.sequence desc limit most;
end
$$;
revoke all on function ccb_private.reads_of_mine(int) from public;
grant execute on function ccb_private.reads_of_mine(int) to ccb_employee, ccb_admin`;

/** Administrators, of what those who asked it show them themselves; the newest first. */
const createShown = `
create function ccb_private.shown_exchanges(most int)
returns table (at timestamptz, person text, rating smallint, comment text, question text, answer text) language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
begin
	if not ccb_private.is_genuine() or current_setting('role') <> 'ccb_admin' then
		raise exception 'only administrators are shown this' using errcode = 'insufficient_privilege';
	end if;
	return query
		select given.updated_at, giver.display_name, given.rating, given.comment, asked.content, answered.content
		from public.feedback as given
			join public.messages as answered on answered.id = given.message_id and answered.status <> 'deleted'
			join public.messages as asked on asked.id = answered.in_reply_to and asked.status <> 'deleted' and asked.author_user_id = given.user_id
			join public.users as giver on giver.id = given.user_id
		where given.shows_exchange
		order by given.updated_at desc limit most;
end
$$;
revoke all on function ccb_private.shown_exchanges(int) from public;
grant execute on function ccb_private.shown_exchanges(int) to ccb_admin`;

export class PersonsOwn extends Migration {
	override up(): void {
		for (const sql of [addLanguage, findAccount, addConsent, openToKeeper, joinKeeper, createReads, createShown, leaveKeeper])
			this.addSql(sql);
	}
}
