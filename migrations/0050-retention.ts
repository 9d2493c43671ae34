/** What was said and is older than it may become goes: messages with all that came of them, summaries that may repeat them, and conversations without any. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** For the function alone. */
const openToKeeper = `
grant select (id, platform, tenant_id, channel_id), update (title, summary, summary_through, updated_at), delete on conversations to ccb_keeper;
create policy conversations_keeper_change on conversations for update to ccb_keeper using (true) with check (true);
create policy conversations_keeper_forget on conversations for delete to ccb_keeper using (true);
grant select (conversation_id, created_at, sequence), delete on messages to ccb_keeper;
create policy messages_keeper_forget on messages for delete to ccb_keeper using (true);
grant select (question_id), update (question_id, sql, reason, named) on connector_queries to ccb_keeper;
create policy connector_queries_keeper on connector_queries to ccb_keeper using (true) with check (true);
grant select (reply_id), delete on reply_parts to ccb_keeper;
create policy reply_parts_keeper on reply_parts to ccb_keeper using (true) with check (true)`;

/**
 * The oldest questions of a tenant, or of one of its channels, with their answers: as many at a time as \`most\`. An answer that is being written keeps
 * its question. That a database was asked stays on its record, without a word.
 */
const createForgetting = `
create function ccb_private.forget_old_talk(on_platform text, in_tenant text, in_channel text, outside_channels text[], said_before timestamptz, most int)
returns table (messages int, conversations uuid[]) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	old uuid[];
	within uuid[];
	gone int;
	emptied uuid[];
begin
	if not ccb_private.is_genuine() then
		raise exception 'nobody asks' using errcode = 'insufficient_privilege';
	end if;
	select array_agg(found.id) into old from (
		select said.id from public.messages as said join public.conversations as talk on talk.id = said.conversation_id
		where talk.platform = on_platform and talk.tenant_id = in_tenant
			and (talk.channel_id = in_channel or (in_channel is null and talk.channel_id <> all (outside_channels)))
			and said.in_reply_to is null and said.created_at < said_before
			and not exists (select from public.messages as answer where answer.in_reply_to = said.id and answer.status = 'generating')
		order by said.sequence limit most
	) as found;
	if old is null then
		return;
	end if;
	update public.connector_queries as asked set question_id = null, sql = null, reason = null, named = null where asked.question_id = any (old);
	delete from public.reply_parts as part
		where part.reply_id in (select answer.id from public.messages as answer where answer.in_reply_to = any (old));
	with removed as (
		delete from public.messages as said where said.id = any (old) or said.in_reply_to = any (old) returning said.conversation_id
	)
	select count(*)::int, array_agg(distinct removed.conversation_id) into gone, within from removed;
	update public.conversations as talk set title = null, summary = null, summary_through = null, updated_at = now() where talk.id = any (within);
	with removed as (
		delete from public.conversations as talk
		where talk.id = any (within) and not exists (select from public.messages as said where said.conversation_id = talk.id)
		returning talk.id
	)
	select coalesce(array_agg(removed.id), '{}') into emptied from removed;
	return query select gone, emptied;
end
$$;
revoke all on function ccb_private.forget_old_talk(text, text, text, text[], timestamptz, int) from public;
grant execute on function ccb_private.forget_old_talk(text, text, text, text[], timestamptz, int) to ccb_registrar`;

export class Retention extends Migration {
	override up(): void {
		for (const sql of [openToKeeper, joinKeeper, createForgetting, leaveKeeper]) this.addSql(sql);
	}
}
