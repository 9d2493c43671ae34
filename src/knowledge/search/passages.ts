/** What was found, as it can be read and cited: the passages themselves, read in the asker's name, each thing once. */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import { foldText } from '../text/stems.ts';
import type { FusedHit } from './fusion.ts';
import type { SearchScope } from './legs.ts';

export interface Passage {
	chunkId: number;
	documentId: string;
	/** As the file was called where it was shared last. */
	name: string;
	/** A PDF's page or a slide's number; null where files have none. */
	page: number | null;
	/** Titles above it. */
	context: string;
	/** What can be quoted. */
	content: string;
	language: 'es' | 'en' | null;
	/** Where the document lies, of those places that the reader may see: to make a link of it. */
	placementId: string;
	/** Where people open it; null where nobody can. */
	url: string | null;
	/** Of what was not shared in the chat: where it lies in its folder. */
	path: string | null;
	/** When it was changed or shared, ISO 8601. */
	date: string;
	/** From how many days on it is old; null where that was not decided for it alone. */
	staleAfterDays: number | null;
	score: number;
	coverage: number;
	similarity: number | null;
}

interface PassageRow extends Omit<Passage, 'score' | 'coverage' | 'similarity' | 'date'> {
	date: Date;
}

/** So many of one document tell the same. */
const mostOfOneDocument = 4;
/** Of the words of the shorter of two passages, found in the other: then they say the same, in two versions. */
const sameShare = 0.9;

/** `offset 0`: of the indexes only that of documents is looked at; one of everything that is in force would be read whole for each passage. */
const readPassages = `
select chunk.id as "chunkId", chunk.document_id as "documentId", chunk.page, chunk.context, chunk.content, chunk.language,
	placement.id as "placementId", placement.name, placement.url, placement.source_path as path, coalesce(placement.dated_at, placement.shared_at) as date,
	placement.stale_after_days as "staleAfterDays"
from chunks as chunk
cross join lateral (
	select * from (select * from document_placements where document_id = chunk.document_id offset 0) as placement
	where placement.superseded_at is null
		and case when placement.channel_id is null then $3 else placement.channel_id = any($2) end
	order by placement.shared_at desc, placement.id limit 1
) as placement
where chunk.id = any($1)`;

/** In the order of the hits; what the asker may not read is not there. @throws BotError as `Database.queryAs`. */
export async function readPassagesOf(
	database: Pick<Database, 'queryAs'>,
	asker: Principal,
	hits: readonly FusedHit[],
	{ channelIds, withCompany }: SearchScope,
): Promise<Passage[]> {
	if (hits.length === 0) return [];
	const ids = hits.map(({ chunkId }) => chunkId);
	const rows = await database.queryAs<PassageRow>(asker, readPassages, [ids, channelIds, withCompany]);
	const byId = new Map(rows.map((row) => [row.chunkId, row]));
	return hits.flatMap(({ chunkId, score, coverage, similarity }) => {
		const row = byId.get(chunkId);
		return row === undefined ? [] : [{ ...row, date: row.date.toISOString(), score, coverage, similarity }];
	});
}

/**
 * Without what says the same as a better one, and a few of each document. Of two that say the same the newer one stays, in the better one's place.
 * Pure.
 */
export function foldPassages(passages: readonly Passage[]): Passage[] {
	const kept: { passage: Passage; said: ReadonlySet<string> }[] = [];
	const ofDocument = new Map<string, number>();
	for (const passage of passages) {
		const said = new Set(foldText(passage.content).split(' '));
		const same = kept.find((other) => isSame(said, other.said));
		if (same !== undefined) {
			if (passage.date > same.passage.date) Object.assign(same, { passage: { ...passage, score: same.passage.score }, said });
			continue;
		}
		const there = ofDocument.get(passage.documentId) ?? 0;
		if (there >= mostOfOneDocument) continue;
		ofDocument.set(passage.documentId, there + 1);
		kept.push({ passage, said });
	}
	return kept.map(({ passage }) => passage);
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
	const [fewer, more] = one.size <= other.size ? [one, other] : [other, one];
	if (fewer.size < more.size * sameShare) return false;
	let shared = 0;
	for (const word of fewer) if (more.has(word)) shared++;
	return shared >= more.size * sameShare;
}
