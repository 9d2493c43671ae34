/** The two searches in the database, each under the asker's name: by words and by vectors. */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import type { QuestionLexemes } from '../text/lexemes.ts';

/** Where an answer may draw from: what its readers may see. */
export interface SearchScope {
	/** `channels.id` of places whose documents may be used; the asker was let in there within the last minute. */
	channelIds: readonly string[];
	/** Documents that are published to the whole company, too. */
	withCompany: boolean;
}

export interface WordHit {
	chunkId: number;
	/** BM25; comparable within one question alone. */
	score: number;
	/** From 0 to 1: how much of the question stands in it, weighed by how rare its words are. */
	coverage: number;
}

export interface VectorHit {
	chunkId: number;
	/** Cosine. */
	similarity: number;
}

type Asking = Pick<Database, 'queryAs'>;

/** The best first, `wanted` at most. @throws BotError as `Database.queryAs`. */
export async function searchWords(
	database: Asking,
	asker: Principal,
	{ lexemes, words }: QuestionLexemes,
	{ channelIds, withCompany }: SearchScope,
	wanted: number,
): Promise<WordHit[]> {
	if (lexemes.length === 0) return [];
	const statement = `select chunk_id as "chunkId", score, coverage from ccb_knowledge.search_words($1, $2, $3, $4, $5)`;
	return await database.queryAs(asker, statement, [lexemes, words, channelIds, withCompany, wanted]);
}

/** As `searchWords`. @param model `ccb_knowledge.vector_models.id`: only its vectors are looked at. */
export async function searchVectors(
	database: Asking,
	asker: Principal,
	query: { vector: readonly number[]; model: number },
	{ channelIds, withCompany }: SearchScope,
	wanted: number,
): Promise<VectorHit[]> {
	const statement = `select chunk_id as "chunkId", similarity from ccb_knowledge.search_vectors($1, $2, $3, $4, $5)`;
	return await database.queryAs(asker, statement, [query.vector, query.model, channelIds, withCompany, wanted]);
}
