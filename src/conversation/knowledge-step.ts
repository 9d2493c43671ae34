/** What the documents say about a question, looked up before the model is asked. */

import type { DocumentTrace } from '../history/trace.ts';
import type { ReadingScopes } from '../knowledge/audience/reading-scopes.ts';
import type { DocumentUses } from '../knowledge/document-use.ts';
import type { Passage } from '../knowledge/search/passages.ts';
import type { KnowledgeSearch, SearchRequest } from '../knowledge/search/search.ts';
import { wordingsOf } from '../knowledge/search/wordings.ts';
import { sourceOf } from '../tools/document-passages.ts';
import type { FoundSource } from '../tools/tool.ts';
import type { Memory } from './memory.ts';
import type { TurnOptions } from './turn-context.ts';

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
}

/** What was looked for. */
export type AskedOfDocuments = Required<Pick<SearchRequest, 'question' | 'wordings'>>;

export interface KnowledgeStepDependencies {
	knowledge: KnowledgeSearch;
	scopes: ReadingScopes;
	uses: DocumentUses;
}

/** More passages make the model slower and its answers worse. */
const wanted = 6;

export function createKnowledgeStep({ knowledge, scopes, uses }: KnowledgeStepDependencies) {
	/** @throws BotError as the database; `CANCELLED` when the signal fires. */
	return async function lookUp(
		options: Pick<TurnOptions, 'person' | 'question' | 'platform' | 'recipient' | 'words'>,
		memory: Memory,
		signal: AbortSignal,
	): Promise<Knowledge> {
		const { person, question, platform, recipient, words } = options;
		const { place } = question;
		const { use, areNone, staleAfterDays } = await uses.of(place);
		const nothing = { staleAfterDays, found: [], asked: null };
		if (use === 'off') return { use: null, ...nothing, trace: { state: 'off' } };
		if (areNone) return { use: use === 'only' ? use : null, ...nothing, trace: { state: 'none' } };
		const { messages } = memory;
		const before = messages.slice(0, -1).findLast(({ role }) => role === 'user');
		const [asked, ...wordings] = wordingsOf(messages.at(-1)?.content ?? '', before?.content ?? null);
		if (asked === undefined) return { use, ...nothing, trace: { state: 'unasked' } };
		const scope = await scopes.of({ asker: person, account: recipient, platform, place }, signal);
		const request = { question: asked, wordings, scope, wanted };
		const { passages, isRelevant } = await knowledge.search(person, request, signal);
		const found = isRelevant ? passages.map((passage) => sourceOf(passage, words)) : [];
		return { use, staleAfterDays, asked: { question: asked, wordings }, found, trace: traceOf(passages, isRelevant, wordings) };
	};
}

function traceOf(passages: readonly Passage[], isRelevant: boolean, wordings: readonly string[]): DocumentTrace {
	const chunkIds = passages.map(({ chunkId }) => chunkId);
	return { state: isRelevant ? 'found' : 'below', chunkIds, ...(wordings.length === 0 ? {} : { wording: 'leaning' }) };
}
