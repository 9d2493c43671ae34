/** What there is to answer a question from: what the documents say about it, and what was shared with it. */

import type { DocumentTrace, ToldReason } from '../history/trace.ts';
import type { FoundSource } from '../tools/tool.ts';
import { createAttachedStep } from './attached-step.ts';
import { toldOfContradiction } from './citing/contradicting.ts';
import { createFoundSources, type FoundSources } from './citing/found-sources.ts';
import { type AskedOfDocuments, createKnowledgeStep } from './knowledge-step.ts';
import type { Memory } from './memory.ts';
import { type PromptAttachments, type PromptFacts, type PromptMaterial, roomForAttached } from './prompt.ts';
import { measureBy, type PromptBudget } from './prompt-budget.ts';
import type { Turn, TurnDependencies } from './turn-context.ts';

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
}

/** Answers where there is nothing to answer from. */
export interface SentenceInstead {
	sentence: string;
	reason: ToldReason;
	asked: AskedOfDocuments | null;
	documents: DocumentTrace;
}

/** Who asks which model what. */
export interface MaterialRequest {
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
		const [{ use, staleAfterDays, found, asked, trace: documents }, attached] = await Promise.all([
			lookUp(options, memory, signal),
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
		const cite = (source: FoundSource) => {
			const { title: _, ...mark } = sources.take(source);
			return { ...mark, ...source.told };
		};
		/** Beside what they are about. */
		const withContradictions = (passages: readonly Readonly<Record<string, unknown>>[]) => [
			...passages,
			...sources.contradictions().map(toldOfContradiction),
		];
		if (attached === null)
			return { prompt: { tools, use, passages: withContradictions(found.map(cite)) }, sources, found, remarks: [], asked, documents };
		const roomFor = (described: PromptAttachments) => roomForAttached(memory, facts, budget, { tools, use, attached: described });
		const shown = await attachedStep.show(attached, options, { model, measure: measureBy(budget), roomFor }, signal);
		const { files, pictures, remarks } = shown;
		const passages = shown.found.map(cite);
		// What was shared with the question is newer than what the documents have under its name, or the same.
		const others = found.filter(({ title }) => !attached.texts.some(({ name }) => name === title));
		return {
			prompt: { tools, use, passages: withContradictions(others.map(cite)), attached: { files, pictures, passages } },
			sources,
			found: others,
			remarks,
			asked,
			documents,
		};
	};
}

/** Beside the words of the question: something was said before, or is cited in it. */
function saysMore({ messages, summary, overheard }: Memory): boolean {
	return messages.length > 1 || summary !== null || overheard.length > 0 || (messages.at(-1)?.cited.length ?? 0) > 0;
}
