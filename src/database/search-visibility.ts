/** What the functions that find chunks share: who asks, and what they may read. Parts of statements in PL/pgSQL. */

/** What all of them begin with. Only the channels that the asker was let in to within the last minute count; half a minute is for the asking. */
export const beginSearch = `
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	readable := array(
		select reader.channel_id from public.channel_readers as reader
		where reader.channel_id = any(channel_ids) and reader.user_id = public.ccb_user_id()
			and reader.verified_at > now() - interval '90 seconds'
	);`;

/** Of a placement: its document may be read there by the asker, and by whoever reads the answer. Older versions are left out. */
export const isReadablePlacement = `placement.superseded_at is null
	and (placement.channel_id is null and with_company or placement.channel_id = any(readable))`;

/**
 * Without statistics, as in an embedded database that nobody analyzed, the planner would read whole tables again and again. A plan is made for each call:
 * one for whoever sees two channels does badly for whoever sees a thousand. What is ruled out costs so much that the server would compile each plan, which
 * takes longer than to run it.
 */
export const searchOptions = `language plpgsql stable security definer
	set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan set jit = off`;

/** Who may see so many chunks at most has all of them compared and their words counted; above, a search looks at what is most promising. */
export const fewChunks = 10_000;

/** Into `few`: the documents that may be read; null where they have more than a few chunks. The counting ends there. */
export const readFew = `
	for one in
		select placement.document_id as id, document.chunk_count from (
			select document_id from public.document_placements where channel_id is null and with_company and superseded_at is null
			union all
			select placement.document_id from unnest(readable) as channel (id)
				cross join lateral (select * from public.document_placements where channel_id = channel.id offset 0) as placement
				where placement.superseded_at is null
		) as placement cross join lateral (
			select chunk_count from public.documents where id = placement.document_id and status = 'ready' offset 0
		) as document
	loop
		seen := seen + one.chunk_count;
		if seen > ${fewChunks} then
			few := null;
			exit;
		end if;
		few := few || one.id;
	end loop;`;

/** Of a document of something that was found. */
export const isReadableDocument = (id: string) => `exists (
		select from (select * from public.document_placements where document_id = ${id} offset 0) as placement where ${isReadablePlacement}
	) and exists (select from public.documents as document where document.id = ${id} and document.status = 'ready' offset 0)`;
