/** What there is to answer a question from: what the documents say about it, and what was shared with it. */

import type { DocumentTrace, ToldReason } from '../history/trace.ts';
import { withoutCitations } from '../models/quotation.ts';
import type { FoundSource } from '../tools/tool.ts';
import { createAttachedStep } from './attached-step.ts';
import { toldOfContradiction } from './citing/contradicting.ts';
import { createFoundSources, type FoundSources } from './citing/found-sources.ts';
import { type AskedOfDocuments, createKnowledgeStep } from './knowledge-step.ts';
import type { Memory } from './memory.ts';
import { type PromptAttachments, type PromptFacts, type PromptMaterial, roomForAttached, roomForPassages } from './prompt.ts';
import { measureBy, type PromptBudget } from './prompt-budget.ts';
import type { RewritingRequest } from './rewriting.ts';
import type { Turn, TurnDependencies } from './turn-context.ts';
import { widened } from './widened.ts';

export interface Material {
	prompt: PromptMaterial;
	/** All that can be cited, numbered. */
	sources: FoundSources;
	/** What the documents say about it. */
	found: readonly FoundSource[];
	/** What the asker is told below the answer, a line each; in Markdown. */
	remarks: readonly string[];
	asked: AskedOfDocuments | null;
	documents: DocumentTrace;
	/** The model was asked already in this turn. */
	hadSlot: boolean;
}

/** Answers where there is nothing to answer from. */
export interface SentenceInstead {
	sentence: string;
	reason: ToldReason;
	asked: AskedOfDocuments | null;
	documents: DocumentTrace;
}

/** Who asks which model what. */
export interface MaterialRequest extends Pick<RewritingRequest, 'conversationId' | 'inFlightLimit'> {
	memory: Memory;
	model: string;
	facts: PromptFacts;
	budget: PromptBudget;
	tools: NonNullable<PromptMaterial['tools']>;
}

export function createMaterial(deps: TurnDependencies) {
	const lookUp = createKnowledgeStep(deps);
	const attachedStep = createAttachedStep(deps);

	/** @throws BotError as the database; `CANCELLED` when the signal fires. */
	return async function gather(turn: Turn, request: MaterialRequest, signal: AbortSignal): Promise<Material | SentenceInstead> {
		const { options } = turn;
		const { memory, model, facts, budget, tools } = request;
		const [{ use, staleAfterDays, found, around, asked, hadSlot, trace: documents }, attached] = await Promise.all([
			lookUp(options, memory, request, signal),
			attachedStep.read(turn, model, signal),
		]);
		const hasMore = found.length > 0 || saysMore(memory);
		const sentence = attached === null ? null : attachedStep.sentenceInstead(attached, options, model, hasMore);
		if (sentence !== null) return { sentence, reason: 'files-unread', asked, documents };
		const isShared = attached !== null && attached.texts.length + attached.pictures.length > 0;
		if (use === 'only' && found.length === 0 && !isShared) {
			const { nothingFound, nothingFoundForYou } = options.words.documents;
			const nobody = options.question.place.kind === 'direct' ? nothingFoundForYou : nothingFound;
			return { sentence: nobody, reason: 'nothing-found', asked, documents };
		}
		const sources = createFoundSources({ now: facts.now, staleAfterDays });
		const cite = (source: FoundSource) => passageOf(sources, source);
		/** Beside what they are about. */
		const citeAll = (found: readonly FoundSource[]) => [...found.map(cite), ...toldContradictions(sources)];
		const measure = measureBy(budget);
		/** As they are shown, in the room that what is attached leaves. */
		const widen = (passages: readonly FoundSource[], material: PromptMaterial) =>
			widened(passages, around, { tokens: roomForPassages(memory, facts, budget, material), measure });
		if (attached === null) {
			const wide = widen(found, { tools, use });
			return { prompt: { tools, use, passages: citeAll(wide) }, sources, found, remarks: [], asked, documents, hadSlot };
		}
		const roomFor = (described: PromptAttachments) => roomForAttached(memory, facts, budget, { tools, use, attached: described });
		const shown = await attachedStep.show(attached, options, { model, measure, roomFor }, signal);
		const { files, pictures, remarks } = shown;
		const passages = shown.found.map(cite);
		// What was shared with the question is newer than what the documents have under its name, or the same.
		const others = found.filter(({ title }) => !attached.texts.some(({ name }) => name === title));
		const described = { files, pictures, passages };
		const wide = widen(others, { tools, use, attached: described });
		const prompt = { tools, use, passages: citeAll(wide), attached: described };
		return { prompt, sources, found: others, remarks, asked, documents, hadSlot };
	};
}

/** What the model reads of a source, with its mark and without any other. */
export function passageOf(sources: FoundSources, source: FoundSource): Record<string, unknown> {
	const { title: _, ...mark } = sources.take(source);
	return { ...mark, ...withoutCitations(source.told ?? {}) };
}

function toldContradictions(sources: FoundSources): Record<string, unknown>[] {
	return sources.contradictions().map(toldOfContradiction);
}

/** Beside the words of the question: something was said before, or is cited in it. */
function saysMore({ messages, summary, overheard }: Memory): boolean {
	return messages.length > 1 || summary !== null || overheard.length > 0 || (messages.at(-1)?.cited.length ?? 0) > 0;
}
