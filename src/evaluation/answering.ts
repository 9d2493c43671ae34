/** Looks a question up and asks the model, as a turn does, but for tools, memory and people: what everybody of the company may read, and nothing else. */

import { createHash } from 'node:crypto';
import { createAnswerText } from '../conversation/answer-text.ts';
import { createFoundSources } from '../conversation/citing/found-sources.ts';
import type { Memory, RememberedMessage } from '../conversation/memory.ts';
import { buildPrompt, type PromptFacts } from '../conversation/prompt.ts';
import type { PromptBudget } from '../conversation/prompt-budget.ts';
import { nobodyId, type Principal } from '../database/transaction.ts';
import { toBotError } from '../errors.ts';
import type { Passage } from '../knowledge/search/passages.ts';
import type { KnowledgeSearch } from '../knowledge/search/search.ts';
import { wordingsOf } from '../knowledge/search/wordings.ts';
import { textLanguageOf } from '../knowledge/text/stems.ts';
import { wordsFor } from '../locales/locales.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import { sourceOf } from '../tools/document-passages.ts';
import type { CaseAnswer, CaseFinding, EvaluatedCase } from './evaluated-case.ts';

export interface EvaluationParts {
	search: KnowledgeSearch;
	models: Pick<LanguageModels, 'model' | 'models' | 'chat' | 'estimateTokens'>;
	/** In whose name documents are searched. */
	asker: Principal;
	/** How documents are used. */
	use: 'only' | 'prefer';
	timeZone: string;
	signal: AbortSignal;
}

export interface LookedUp extends CaseFinding {
	/** Though there are vectors, the question had none. */
	isByWordsAlone: boolean;
}

/** As many as a turn reads. */
const wanted = 6;
const scope = { channelIds: [], withCompany: true };
/** The same for every run, so that the same prompt is asked. */
const askedAt = new Date('2030-01-01T09:00:00Z');

/** @throws BotError as `KnowledgeSearch.search`. */
export async function lookUpCase({ search, asker, signal }: EvaluationParts, { question, history }: EvaluatedCase): Promise<LookedUp> {
	const before = history.findLast(({ role }) => role === 'user');
	const [asked, ...wordings] = wordingsOf(question, before?.text ?? null);
	if (asked === undefined) return { passages: [], isByWordsAlone: false };
	const found = await search.search(asker, { question: asked, wordings, scope, wanted }, signal);
	return { passages: found.isRelevant ? found.passages : [], isByWordsAlone: found.isByWordsAlone };
}

/** What the model makes of it, checked as answers are. @throws BotError `CANCELLED`, and `MODEL_UNAVAILABLE`: then it answers nothing else either. */
export async function answerCase(parts: EvaluationParts, asked: EvaluatedCase, passages: readonly Passage[]): Promise<CaseAnswer> {
	const { models, use, signal } = parts;
	const words = wordsFor(textLanguageOf(asked.question), 'en');
	const sources = createFoundSources({ now: askedAt, staleAfterDays: null });
	if (use === 'only' && passages.length === 0) return { text: words.documents.nothingFound, ...noMarks, error: null };
	const found = passages.map((passage) => sourceOf(passage, words));
	const told = found.map((source) => ({ cite_as: sources.take(source).cite_as, ...source.told }));
	const prompt = buildPrompt(memoryOf(asked), factsOf(parts.timeZone), budgetOf(models), { use, passages: told });
	if ('mostCharacters' in prompt) return { text: null, ...noMarks, error: 'TOO_LARGE' };
	const { messages, answerTokens: maxOutputTokens } = prompt;
	const request = { messages, maxOutputTokens, userId: nobodyId, conversationId: asked.id, priority: 'background' } as const;
	const text = createAnswerText({ reply: { append: () => {}, retract: () => {} }, words, sources, onText: () => {} });
	try {
		for await (const event of models.chat(request, signal)) {
			if (event.type === 'text-delta') text.push(event.text);
			else if (event.type === 'text-retracted') text.retract();
		}
		text.endStretch();
	} catch (thrown) {
		const { code, reason } = toBotError(thrown);
		if (code === 'CANCELLED' || code === 'MODEL_UNAVAILABLE' || reason === 'model-missing') throw thrown;
		return { text: null, ...noMarks, error: code };
	}
	const { supportedMarks, unsupportedMarks, unknownMarks } = text.counts;
	return { text: text.text, supportedMarks, wrongMarks: unsupportedMarks + unknownMarks, error: null };
}

const noMarks = { supportedMarks: 0, wrongMarks: 0 };

/** Another one whenever what stands around a question in its prompt is another. */
export function promptVersion({ models, use }: Pick<EvaluationParts, 'models' | 'use'>): string {
	const asked = { question: '?', history: [] };
	const passages = [{ cite_as: '[1]', file: 'file', text: 'text' }];
	const prompt = buildPrompt(memoryOf(asked), factsOf('UTC'), budgetOf(models), { use, passages });
	return createHash('sha256').update(JSON.stringify(prompt)).digest('hex').slice(0, 12);
}

function memoryOf({ question, history }: Pick<EvaluatedCase, 'question' | 'history'>): Memory {
	const said = [...history, { role: 'user', text: question } as const];
	const messages = said.map(({ role, text }, sequence): RememberedMessage => {
		const speaker = role === 'user' ? { name: 'Somebody', mark: '' } : null;
		return { sequence, role, content: text, cited: [], saidAt: askedAt, speaker };
	});
	return { isShared: false, summary: null, overheard: [], isThreadCut: false, messages, version: '' };
}

function factsOf(homeTimeZone: string): PromptFacts {
	return { personName: 'Somebody', locale: null, now: askedAt, timeZone: null, homeTimeZone };
}

function budgetOf({ model, models, estimateTokens }: EvaluationParts['models']): PromptBudget {
	const known = models.find(({ name }) => name === model);
	if (known === undefined) throw new TypeError('the default model is none of the models');
	return { ...known, estimateTokens: (text) => estimateTokens(text, known.name) };
}
