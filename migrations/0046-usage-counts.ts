/** How much is asked, as counts that administrators read: by day, platform, model and person, and never a word of it. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** Of a year, a month is looked at. */
const createIndex = 'create index messages_created_at_index on messages (created_at)';

/** For this function alone. */
const openToKeeper = `
grant select (role, created_at, model, prompt_tokens, output_tokens, conversation_id) on messages to ccb_keeper;
grant select (id, platform) on conversations to ccb_keeper;
create policy conversations_keeper on conversations for select to ccb_keeper using (true)`;

/** One row for each day, platform, model and person; `key` is which, `name` whose it is. A question that was asked again counts once. */
const createCounts = `
create function ccb_private.usage_counts(since timestamptz, zone text)
returns table (kind text, key text, name text, questions bigint, answers bigint, prompt_tokens bigint, output_tokens bigint) language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
begin
	if not ccb_private.is_genuine() or current_setting('role') <> 'ccb_admin' then
		raise exception 'only administrators are shown this' using errcode = 'insufficient_privilege';
	end if;
	return query
		with asked as (
			select to_char(question.created_at at time zone zone, 'YYYY-MM-DD') as day, place.platform, question.author_user_id as person,
				answer.model, answer.prompt_tokens, answer.output_tokens, answer.id as answer_id,
				row_number() over (partition by question.id order by answer.created_at) = 1 as is_first
			from public.messages as question
				join public.conversations as place on place.id = question.conversation_id
				left join public.messages as answer on answer.in_reply_to = question.id and answer.role = 'assistant'
			where question.role = 'user' and question.created_at >= since
		), counted as (
			select case grouping(day, platform, model, person) when 7 then 'day' when 11 then 'platform' when 13 then 'model' else 'person' end as kind,
				coalesce(day, platform, model, person::text) as key, person,
				count(*) filter (where is_first) as questions, count(answer_id) as answers,
				coalesce(sum(asked.prompt_tokens), 0)::bigint as prompt_tokens, coalesce(sum(asked.output_tokens), 0)::bigint as output_tokens
			from asked group by grouping sets ((day), (platform), (model), (person))
		)
		select counted.kind, counted.key, people.display_name, counted.questions, counted.answers, counted.prompt_tokens, counted.output_tokens
		from counted left join public.users as people on people.id = counted.person
		where counted.key is not null;
end
$$;
revoke all on function ccb_private.usage_counts(timestamptz, text) from public;
grant execute on function ccb_private.usage_counts(timestamptz, text) to ccb_admin`;

export class UsageCounts extends Migration {
	override up(): void {
		for (const sql of [createIndex, openToKeeper, joinKeeper, createCounts, leaveKeeper]) this.addSql(sql);
	}
}
