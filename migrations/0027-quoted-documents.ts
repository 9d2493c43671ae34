/** Which shares of documents an answer drew on, so that what it says of them goes when one of them goes. */

import { Migration } from '@mikro-orm/migrations';

const noteShares = `
alter table messages add column drawn_from uuid[] not null default '{}', add column is_forgotten boolean not null default false;
create index messages_drawn_from_index on messages using gin (drawn_from) where drawn_from <> '{}';
create index messages_attachments_index on messages using gin (attachments jsonb_path_ops) where attachments <> '[]';
grant update (drawn_from) on messages to ccb_employee, ccb_admin`;

/**
 * The librarian says which answers go, and reads nothing that was said: what is erased with it, the trigger does. Of questions it knows the names of
 * their files, which are documents' too.
 */
const letForget = `
grant select (id, conversation_id, role, sequence, in_reply_to, attachments, drawn_from, is_forgotten), update (is_forgotten, attachments)
	on messages to ccb_librarian;
grant select (id, platform, tenant_id, channel_id, summary_through, memory_from), update (summary, summary_through, updated_at)
	on conversations to ccb_librarian;
create policy messages_librarian on messages for select to ccb_librarian using (true);
create policy messages_librarian_forget on messages for update to ccb_librarian using (true) with check (true);
create policy conversations_librarian on conversations for select to ccb_librarian using (true);
create policy conversations_librarian_forget on conversations for update to ccb_librarian using (true) with check (true)`;

/**
 * The shares are held until the answer is written: whoever removes one meanwhile waits, and then finds the answer; whoever was faster is seen here.
 * Of other documents that it cites the sources stay, since their words are there.
 */
const forgetQuotations = `
set local role ccb_librarian;
create function ccb_knowledge.forget_quotations() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
	there uuid[];
begin
	if new.role = 'user' then
		new.cited := coalesce((
			select jsonb_agg(words.one order by words.at) from jsonb_array_elements(new.cited) with ordinality as words (one, at)
			where words.one ->> 'kind' <> 'quoted'
		), '[]');
		return new;
	end if;
	select coalesce(array_agg(held.id), '{}') into there from (
		select placement.id from public.document_placements as placement where placement.id = any(new.drawn_from) order by placement.id for share
	) as held;
	new.is_forgotten := new.is_forgotten or not new.drawn_from <@ there;
	if new.is_forgotten then
		new.content := '';
		new.sources := coalesce((
			select jsonb_agg(case
				when source.one ->> 'placementId' is not null and not (source.one ->> 'placementId')::uuid = any(there)
					or source.one ->> 'fileId' is not null and not exists (
					select from public.messages as question where question.id = new.in_reply_to
						and question.attachments @> jsonb_build_array(jsonb_build_object('id', source.one -> 'fileId'))
				) then jsonb_build_object('position', source.one -> 'position', 'isGone', true)
				else source.one
			end order by source.at) from jsonb_array_elements(new.sources) with ordinality as source (one, at)
		), '[]');
	end if;
	return new;
end
$$;
reset role;
create trigger messages_forget_quotations before update of content, sources, drawn_from, is_forgotten on messages
	for each row when (new.is_forgotten or new.drawn_from <> '{}') execute function ccb_knowledge.forget_quotations()`;

/** A word that stands in no passage any more is not kept either: it may tell what a document said. */
const forgetLexemes = `
set local role ccb_librarian;
create or replace function ccb_knowledge.count_removed() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
	with fewer as (
		select word.lexeme, count(*) as chunks from removed, unnest(removed.lexemes) as word group by word.lexeme
	), held as (
		select known.lexeme, known.chunks - fewer.chunks as chunks
			from ccb_knowledge.lexeme_counts as known join fewer using (lexeme) order by known.lexeme for update of known
	), forgotten as (
		delete from ccb_knowledge.lexeme_counts as known using held where known.lexeme = held.lexeme and held.chunks <= 0
	)
	update ccb_knowledge.lexeme_counts as known set chunks = held.chunks from held where known.lexeme = held.lexeme and held.chunks > 0;
	update ccb_knowledge.totals set chunks = totals.chunks - less.chunks, length = totals.length - less.length
		from (select count(*) as chunks, coalesce(sum(removed.length), 0) as length from removed) as less;
	return null;
end
$$;
delete from ccb_knowledge.lexeme_counts where chunks <= 0;
reset role`;

/** When the platform was asked last whether a file is still there, and when it said so. */
const noteChecks = `
alter table document_placements add column checked_at timestamptz, add column found_at timestamptz;
create index document_placements_checked_at_index on document_placements (checked_at nulls first, id)`;

export class QuotedDocuments extends Migration {
	override up(): void {
		for (const sql of [noteShares, letForget, forgetQuotations, forgetLexemes, noteChecks]) this.addSql(sql);
	}
}
