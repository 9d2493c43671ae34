/** Finds passages for a question: by words and by vectors, fused, each thing once. Everything is asked in the asker's name. */

import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import { toBotError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { questionLexemes } from '../text/lexemes.ts';
import { type FoundLists, fuse } from './fusion.ts';
import { findNamed, type SearchScope, searchVectors, searchWords } from './legs.ts';
import { namingsIn } from './naming.ts';
import { foldPassages, type Passage, readPassagesOf } from './passages.ts';
import { isRelevant } from './relevance.ts';

export interface SearchRequest {
	/** As the asker wrote it. */
	question: string;
	/** Other wordings of it: what it means in its conversation, or in another language. They count as much. */
	wordings?: readonly string[];
	scope: SearchScope;
	/** How many passages, at most 100. */
	wanted: number;
}

export interface SearchResult {
	/** The best first, of what the asker may read. */
	passages: Passage[];
	/** False when none of them is about the question: then they are no sources of an answer. */
	isRelevant: boolean;
	/** Without vectors: there is no model for them, or it did not answer in time. */
	isByWordsAlone: boolean;
}

export interface KnowledgeSearch {
	/** @throws BotError as `Database.queryAs`; `CANCELLED` when the signal fires. */
	search(asker: Principal, request: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
}

/** Vectors of questions, and what they are compared with. */
export interface QuestionVectors {
	/** Of `ccb_knowledge.vector_models`: the one whose vectors are whole. */
	model: number;
	vectors: readonly (readonly number[])[];
	/** As of `isRelevant`, for that model. */
	noise: number | null;
}

export interface SearchDependencies {
	database: Pick<Database, 'queryAs'>;
	/** Null where there are no vectors to compare with. @throws BotError whatever the model says. */
	embed(texts: readonly string[], signal: AbortSignal): Promise<QuestionVectors | null>;
	clock: Pick<Clock, 'now'>;
	log: Pick<Logger, 'warn'>;
}

/** Candidates a leg, and of named documents: what stands further below in both is no answer. */
const candidates = 100;
/** More are read than are wanted, since some say the same. */
const spare = 2;

export function createKnowledgeSearch({ database, embed, clock, log }: SearchDependencies): KnowledgeSearch {
	async function vectorsOf(texts: readonly string[], signal: AbortSignal): Promise<QuestionVectors | null> {
		try {
			return await embed(texts, signal);
		} catch (thrown) {
			signal.throwIfAborted();
			const { code, reason } = toBotError(thrown);
			log.warn({ code, reason }, 'a question has no vector: it is searched by words alone');
			return null;
		}
	}

	return {
		async search(asker, { question, wordings = [], scope, wanted }, signal) {
			const texts = [question, ...wordings];
			const vectors = await vectorsOf(texts, signal);
			// What leans on another question is about the document that was named there.
			const namings = texts.map((text) => namingsIn(text, new Date(clock.now()))).find(({ length }) => length > 0) ?? [];
			const named = await findNamed(database, asker, namings, scope);
			const sought = { named, wanted: candidates };
			const lists: FoundLists[] = [];
			for (const [at, text] of texts.entries()) {
				const vector = vectors?.vectors[at];
				const [byVector, byWords] = await Promise.all([
					vectors === null || vector === undefined ? [] : searchVectors(database, asker, { vector, model: vectors.model }, scope, sought),
					searchWords(database, asker, questionLexemes(text), scope, sought),
				]);
				lists.push({ words: byWords, vectors: byVector });
				signal.throwIfAborted();
			}
			const hits = fuse(lists);
			const passages = foldPassages(await readPassagesOf(database, asker, hits.slice(0, wanted * spare), scope));
			return {
				passages: passages.slice(0, wanted),
				isRelevant: isRelevant(hits, vectors?.noise ?? null),
				isByWordsAlone: vectors === null,
			};
		},
	};
}
