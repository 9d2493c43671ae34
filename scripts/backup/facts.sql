with talk as (
	select conversation.id, participation.user_id as person, participation.reads_from
	from conversations as conversation join conversation_participants as participation on participation.conversation_id = conversation.id
	where participation.user_id = conversation.created_by and exists (select from messages where conversation_id = conversation.id)
	order by (conversation.kind = 'direct') desc, conversation.last_said_at desc, conversation.id limit 3
), cited as (
	select answer.id, participation.user_id as person
	from messages as answer join messages as question on question.id = answer.in_reply_to
	join conversation_participants as participation on participation.conversation_id = answer.conversation_id and participation.user_id = question.author_user_id
	where answer.sources <> '[]' and participation.reads_from <= question.created_at
	order by answer.sequence desc limit 3
)
(select concat_ws(chr(9), 'schema', name) as line from migrations order by id desc limit 1)
union all select concat_ws(chr(9), 'needs', compatible_from) from schema_compatibility
union all select concat_ws(chr(9), 'server', current_setting('server_version_num')::int / 10000)
union all select concat_ws(chr(9), 'vectors', extversion) from pg_extension where extname = 'vector'
union all select concat_ws(chr(9), 'promise', 'conversation', talk.id, person, (
	select encode(sha256(convert_to(string_agg(id || ' ' || content, chr(10) order by sequence), 'UTF8')), 'hex')
	from messages where conversation_id = talk.id and created_at >= talk.reads_from
)) from talk
union all select concat_ws(chr(9), 'promise', 'sources', cited.id, person, (
	select encode(sha256(convert_to(question.content || chr(10) || answer.content || chr(10) || answer.sources || coalesce(answer.found::text, 'null'), 'UTF8')), 'hex')
	from messages as answer join messages as question on question.id = answer.in_reply_to where answer.id = cited.id
)) from cited
union all select concat_ws(chr(9), 'promise', 'passages', string_agg(chunk.id::text, ',' order by chunk.id), '',
	encode(sha256(convert_to(string_agg(chunk.id || ' ' || chunk.content, chr(10) order by chunk.id), 'UTF8')), 'hex'))
from (
	select distinct (source ->> 'chunkId')::bigint as id
	from cited join messages as answer using (id) cross join jsonb_array_elements(answer.sources) as source
) as wanted join chunks as chunk using (id) having count(*) > 0
