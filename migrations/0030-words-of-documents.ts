/** The words of some documents, found without looking at what all others say; and of no more passages than a search can weigh in time. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** That of migration 0021 is still called by processes of an older version. `documents`: null for all. */
const findWords = `
create index chunk_words_document_id_index on ccb_private.chunk_words (document_id);
create function ccb_private.chunks_with(telling tsquery, documents uuid[], most int)
returns table (chunk_id bigint, document_id uuid, lexemes tsvector, length int)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
begin
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	if documents is null then
		return query select word.chunk_id, word.document_id, word.lexemes, word.length from ccb_private.chunk_words as word
			where word.lexemes @@ telling limit most;
	else
		return query select word.chunk_id, word.document_id, word.lexemes, word.length from ccb_private.chunk_words as word
			where word.lexemes @@ telling and word.document_id = any(documents) limit most;
	end if;
end
$$;
revoke all on function ccb_private.chunks_with(tsquery, uuid[], int) from public;
grant execute on function ccb_private.chunks_with(tsquery, uuid[], int) to ccb_librarian`;

export class WordsOfDocuments extends Migration {
	override up(): void {
		for (const sql of [joinKeeper, findWords, leaveKeeper]) this.addSql(sql);
	}
}
