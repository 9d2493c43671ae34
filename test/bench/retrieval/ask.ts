/** People who may see a part of the made-up passages, and what they ask: about what they may see, about what they may not, and about what nobody has. */

import type { Database } from '#src/database/database.ts';
import type { Principal } from '#src/database/transaction.ts';
import type { SearchScope } from '#src/knowledge/search/legs.ts';
import { createUser } from '#test/fakes/database.ts';
import { type CorpusQuestion, channels, questionAbout, subjects } from './corpus.ts';
import { channelIdAt, modelId } from './fill.ts';

export type QuestionKind = 'visible' | 'hidden' | 'absent';

export interface Asker {
	principal: Principal;
	/** Of the passages: from 0 to 1. */
	share: number;
	scope: SearchScope;
}

/** Somebody who may see the first channels. The platform is never asked here: who was let in stays so for a day. */
export async function createAsker(database: Database, share: number): Promise<Asker> {
	const principal = await createUser(database);
	const rows = await database.queryAsLibrarian<{ id: string }>(
		`insert into channel_readers (channel_id, user_id, verified_at)
			select ${channelIdAt('number')}, $1, now() + interval '1 day' from generate_series(0, $2::int - 1) as number returning channel_id as id`,
		[principal.userId, Math.round(share * channels)],
	);
	return { principal, share, scope: { channelIds: rows.map(({ id }) => id), withCompany: true } };
}

/** None of `hidden` where everything is visible. */
export function questionsOf(kind: QuestionKind, { share }: Asker, count: number): CorpusQuestion[] {
	const seen = Math.round(share * channels);
	return Array.from({ length: kind === 'hidden' && seen === channels ? 0 : count }, (_, number) => {
		const channel = kind === 'hidden' ? seen + ((number * 37) % (channels - seen)) : (number * 37) % seen;
		return questionAbout(kind === 'absent' ? subjects + number : channel, number);
	});
}

/** The nearest that the asker may see, by comparing all of them; as the librarian, who may. */
export async function nearestOf(
	database: Database,
	{ principal, share }: Asker,
	{ vector }: CorpusQuestion,
	wanted: number,
): Promise<number[]> {
	const visible = `vector.document_id in (select document_id from document_placements as placement
		join channel_readers as reader on reader.channel_id = placement.channel_id and reader.user_id = $3)`;
	const rows = await database.queryAsLibrarian<{ id: number }>(
		`select chunk_id as id from ccb_knowledge.chunk_vectors as vector where model_id = ${modelId} and ($4 or ${visible})
			order by vector.embedding operator(public.<#>) $1::real[]::public.halfvec, chunk_id limit $2`,
		[vector, wanted, principal.userId, share === 1],
	);
	return rows.map(({ id }) => id);
}
