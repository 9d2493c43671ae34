/** The two searches in the database, each under the asker's name: by words and by vectors. */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import type { QuestionLexemes } from '../text/lexemes.ts';
import { anyMonthPattern, type Naming } from './naming.ts';

/** Where an answer may draw from: what its readers may see. */
export interface SearchScope {
	/** `channels.id` of places whose documents may be used; the asker was let in there within the last minute. */
	channelIds: readonly string[];
	/** Documents that are published to the whole company, too. */
	withCompany: boolean;
}

/** What a search is asked for. */
export interface Sought {
	/** `documents.id` of those that the question names. */
	named: readonly string[];
	/** How many of those, and how many of the others, at most. */
	wanted: number;
}

export interface WordHit {
	chunkId: number;
	/** BM25; comparable within one question alone. */
	score: number;
	/** From 0 to 1: how much of the question stands in it, weighed by how rare its words are. */
	coverage: number;
	/** Of a document that the question names. */
	isNamed: boolean;
}

export interface VectorHit {
	chunkId: number;
	/** Cosine. */
	similarity: number;
	/** Of the chunk; null where it is not known. */
	language: string | null;
	isNamed: boolean;
}

type Asking = Pick<Database, 'queryAs'>;

/** `documents.id` of those whose names fit best what is said of them. @throws BotError as `Database.queryAs`. */
export async function findNamed(
	database: Asking,
	asker: Principal,
	namings: readonly Naming[],
	{ channelIds, withCompany }: SearchScope,
): Promise<string[]> {
	const terms = namings.flatMap((naming, mention) => naming.map((term) => ({ ...term, mention })));
	if (terms.length === 0) return [];
	const column = <Key extends keyof (typeof terms)[number]>(key: Key) => terms.map((term) => term[key]);
	const statement = 'select id from ccb_knowledge.named_documents($1, $2, $3, $4, $5, $6, $7) as named (id)';
	const values = [column('mention'), column('pattern'), column('month'), column('year'), anyMonthPattern, channelIds, withCompany];
	const rows = await database.queryAs<{ id: string }>(asker, statement, values);
	return rows.map(({ id }) => id);
}

/** The best first. @throws BotError as `Database.queryAs`. */
export async function searchWords(
	database: Asking,
	asker: Principal,
	{ lexemes, words }: QuestionLexemes,
	{ channelIds, withCompany }: SearchScope,
	{ named, wanted }: Sought,
): Promise<WordHit[]> {
	if (lexemes.length === 0) return [];
	const statement = `select chunk_id as "chunkId", score, coverage, is_named as "isNamed"
		from ccb_knowledge.search_words($1, $2, $3, $4, $5, $6)`;
	return await database.queryAs(asker, statement, [lexemes, words, channelIds, withCompany, named, wanted]);
}

/** As `searchWords`, of each language. @param model `ccb_knowledge.vector_models.id`: only its vectors are looked at. */
export async function searchVectors(
	database: Asking,
	asker: Principal,
	query: { vector: readonly number[]; model: number },
	{ channelIds, withCompany }: SearchScope,
	{ named, wanted }: Sought,
): Promise<VectorHit[]> {
	const statement = `select chunk_id as "chunkId", similarity, language, is_named as "isNamed"
		from ccb_knowledge.search_vectors($1, $2, $3, $4, $5, $6)`;
	return await database.queryAs(asker, statement, [query.vector, query.model, channelIds, withCompany, named, wanted]);
}
