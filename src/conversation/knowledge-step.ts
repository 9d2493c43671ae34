/** What the documents say about a question, looked up before the model is asked. */

import type { DocumentTrace } from '../history/trace.ts';
import type { ReadingScopes } from '../knowledge/audience/reading-scopes.ts';
import type { DocumentUses } from '../knowledge/document-use.ts';
import type { Passage } from '../knowledge/search/passages.ts';
import type { KnowledgeSearch, SearchRequest } from '../knowledge/search/search.ts';
import type { ChunkSurroundings, SurroundingsReader } from '../knowledge/search/surroundings.ts';
import { isLeaning, wordingsOf } from '../knowledge/search/wordings.ts';
import { sourceOf } from '../tools/document-passages.ts';
import type { FoundSource } from '../tools/tool.ts';
import type { Memory } from './memory.ts';
import type { Rewrite, Rewriting, RewritingRequest } from './rewriting.ts';
import type { TurnOptions } from './turn-context.ts';
import { widenedSources } from './widened.ts';

/** What there is to answer from. */
export interface Knowledge {
	/** Whether answers here draw on documents alone or on them first; null where they do not, or where there are none. */
	use: 'only' | 'prefer' | null;
	/** Here: as of `PlaceDocuments`. */
	staleAfterDays: number | null;
	/** The best first; empty when nothing is about the question. */
	found: readonly FoundSource[];
	/** Null where documents were not asked. */
	asked: AskedOfDocuments | null;
	trace: DocumentTrace;
	/** What stands around the best of them, by `chunkId`. */
	around: ReadonlyMap<number, ChunkSurroundings>;
	/** As of `Rewriting`. */
	hadSlot: boolean;
}

/** What was looked for. */
export type AskedOfDocuments = Required<Pick<SearchRequest, 'question' | 'wordings'>>;

export interface KnowledgeStepDependencies {
	knowledge: KnowledgeSearch;
	surroundings: SurroundingsReader;
	scopes: ReadingScopes;
	uses: DocumentUses;
	/** Null where no model is asked what a question means. */
	rewrite: Rewrite | null;
}

const nothing = { found: [], around: new Map<number, ChunkSurroundings>(), asked: null, hadSlot: false };
/** More passages make the model slower and its answers worse. */
const wanted = 6;

export function createKnowledgeStep({ knowledge, surroundings, scopes, uses, rewrite }: KnowledgeStepDependencies) {
	async function standaloneOf(typed: string, hasBefore: boolean, request: RewritingRequest, signal: AbortSignal): Promise<Rewriting> {
		if (rewrite === null || !hasBefore || !isLeaning(typed)) return { text: null, hadSlot: false };
		return await rewrite(request, signal);
	}

	/** @throws BotError as the database; `CANCELLED` when the signal fires. */
	return async function lookUp(
		options: Pick<TurnOptions, 'person' | 'question' | 'platform' | 'recipient' | 'words' | 'attempt' | 'withoutKnowledge'>,
		memory: Memory,
		asking: Pick<RewritingRequest, 'model' | 'conversationId' | 'inFlightLimit'>,
		signal: AbortSignal,
	): Promise<Knowledge> {
		const { person, question, platform, recipient, words } = options;
		const { place } = question;
		const { use, areNone, staleAfterDays } = await uses.of(place);
		const unasked = { ...nothing, staleAfterDays };
		if (use === 'off' || (use === 'prefer' && options.withoutKnowledge === true)) return { use: null, ...unasked, trace: { state: 'off' } };
		if (areNone) return { use: use === 'only' ? use : null, ...unasked, trace: { state: 'none' } };
		const { messages } = memory;
		const before = messages.slice(0, -1).findLast(({ role }) => role === 'user');
		const typed = messages.at(-1)?.content ?? '';
		const { text, hadSlot } = await standaloneOf(
			typed,
			before !== undefined,
			{ ...asking, person, memory, resumes: options.attempt > 1 },
			signal,
		);
		const [asked, ...wordings] = wordingsOf(typed, before?.content ?? null, text);
		if (asked === undefined) return { use, ...unasked, hadSlot, trace: { state: 'unasked' } };
		const scope = await scopes.of({ asker: person, account: recipient, platform, place }, signal);
		const request = { question: asked, wordings, scope, wanted };
		const { passages, isRelevant } = await knowledge.search(person, request, signal);
		const trace = traceOf(passages, isRelevant, { isRewritten: text !== null, isLeaning: wordings.length > 0 });
		const looked = { use, staleAfterDays, asked: { question: asked, wordings }, hadSlot, trace };
		if (!isRelevant) return { ...nothing, ...looked };
		const around = await surroundings.of(
			person,
			passages.slice(0, widenedSources).map(({ chunkId }) => chunkId),
		);
		return { ...looked, found: passages.map((passage) => sourceOf(passage, words)), around };
	};
}

function traceOf(passages: readonly Passage[], isRelevant: boolean, searched: { isRewritten: boolean; isLeaning: boolean }): DocumentTrace {
	const wording = searched.isRewritten ? { wording: 'rewritten' as const } : searched.isLeaning ? { wording: 'leaning' as const } : {};
	const chunkIds = passages.map(({ chunkId }) => chunkId);
	return { state: isRelevant ? 'found' : 'below', chunkIds, ...wording };
}
