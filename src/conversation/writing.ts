/** What a turn says: what the model writes, a sentence of ours, or what an earlier process had written. */

import type { Reply } from '../delivery/reply.ts';
import { toBotError } from '../errors.ts';
import type { AnswerRow } from '../history/stored.ts';
import type { AnswerTrace, DocumentTrace } from '../history/trace.ts';
import type { Words } from '../locales/locales.ts';
import { closeOpenFence } from '../markdown/cut.ts';
import type { ToolDefinition } from '../models/model-pool.ts';
import type { Source } from '../platform/source.ts';
import { shortened } from '../text.ts';
import { queryCompanyDataName } from '../tools/query-company-data.ts';
import { searchDocumentsName } from '../tools/search-documents.ts';
import type { FoundSource } from '../tools/tool.ts';
import { noTracer } from '../tracer.ts';
import { type AnswerWork, type WrittenAnswer, writeAnswer } from './answer.ts';
import { type Superseded, supersededIn } from './citing/contradicting.ts';
import { createDataStep, type DataStep } from './data-step.ts';
import { type Ending, isEnding } from './endings.ts';
import type { AskedOfDocuments } from './knowledge-step.ts';
import { isOwnAlone, ownWords } from './known-links.ts';
import { createMaterial, type Material, type MaterialRequest, type SentenceInstead } from './material.ts';
import type { Memory } from './memory.ts';
import { buildPrompt, type Prompt, type PromptMaterial } from './prompt.ts';
import { measureBy } from './prompt-budget.ts';
import type { Recap } from './recap.ts';
import { recapMaterial, recapMemory } from './recap-step.ts';
import type { RoundRequest } from './tool-rounds.ts';
import type { Turn, TurnDependencies, TurnOptions } from './turn-context.ts';
import type { Written } from './turn-ending.ts';
import { endingOfStop } from './turn-stops.ts';

/** Instead of an answer: what a person reads while they wait for one. */
const [mostQuotes, mostQuotedCharacters] = [3, 600];

/** No model was asked. */
const dataTrace: AnswerTrace = { tools: { [queryCompanyDataName]: 1 } };

/** What the model will be asked. */
interface Prepared {
	work: Pick<
		AnswerWork,
		'request' | 'estimatedPromptTokens' | 'tools' | 'context' | 'measure' | 'sources' | 'onTools' | 'onTaken' | 'citesEachLine'
	>;
	/** Null where nothing of it is to be summed up. */
	memory: Memory | null;
	/** As of `Material`. */
	found: readonly FoundSource[];
	remarks: readonly string[];
	asked: AskedOfDocuments | null;
	documents: DocumentTrace;
}

interface Remembered {
	memory: Memory;
	recap: Recap | null;
}

export function createWriting(deps: TurnDependencies) {
	const { clock, tracer = noTracer } = deps;
	const gather = createMaterial(deps);
	const lookAtData = createDataStep(deps);

	/**
	 * From the model; or from the database, when an earlier process had the whole text; or a sentence of ours.
	 * @throws BotError as `writeAnswer`, and whatever the database says.
	 */
	async function write(turn: Turn, row: AnswerRow, reply: Reply): Promise<Written> {
		const { options, stops } = turn;
		turn.links.knowSources(() => row.sources);
		if (options.recap !== undefined) turn.links.forbid();
		if (row.status === 'delivering') return resumed(row, options.words);
		if (options.sentence !== undefined) return told(options.sentence, 'told', { reason: 'nothing-asked' });
		const signal = AbortSignal.any([stops.signal, turn.signal]);
		try {
			signal.throwIfAborted();
			return await ask(turn, row, reply, signal);
		} catch (thrown) {
			const isStopped = stops.signal.aborted && !turn.signal.aborted && toBotError(thrown).code === 'CANCELLED';
			const ending = isStopped ? endingOfStop(stops.signal.reason) : null;
			if (ending === null) throw thrown;
			return told('', ending);
		}
	}

	async function ask(turn: Turn, row: AnswerRow, reply: Reply, signal: AbortSignal): Promise<Written> {
		const { options, activity } = turn;
		if (options.given !== undefined) {
			const final = await options.given(row.questionId, signal);
			return { ...told(final.text, 'answered', dataTrace), final };
		}
		const { person, words, platform } = options;
		const prepared = await tracer.stage('prepare', () => prepare(turn, row, signal));
		if ('ending' in prepared) return prepared;
		const { work, memory } = prepared;
		const signShowsText = platform.capabilities.activity?.showsText ?? false;
		signal.throwIfAborted();
		const { usedTokens, ...written } = await tracer.stage('write', () =>
			writeAnswer(deps, { ...work, words, reply, activity, signShowsText, signal }),
		);
		await deps.limits.charge(person, usedTokens, options.question.place);
		const superseded = supersededIn(written.text, written.sources, work.sources.contradictions());
		const facts = { ...written.facts, trace: { ...written.facts.trace, documents: prepared.documents }, ...foundFacts(prepared) };
		const whole = { ...written, facts, sources: withNewer(written.sources, superseded) };
		const instead = options.recap === undefined ? words.documents : words.recap;
		return { ...withRemarks(withoutModel(whole, prepared, instead), prepared, reply), memory, asked: prepared.asked, superseded };
	}

	function toolsFor({ person, withoutKnowledge = false, recap }: TurnOptions, model: string, { isOffered }: DataStep): ToolDefinition[] {
		if (recap !== undefined) return [];
		// A model of which no host has said anything yet is taken for one that can.
		const mayCall = deps.models.capabilities(model)?.tools !== false;
		const unwanted: string[] = [...(isOffered ? [] : [queryCompanyDataName]), ...(withoutKnowledge ? [searchDocumentsName] : [])];
		return mayCall ? deps.tools.offered(person).filter(({ name }) => !unwanted.includes(name)) : [];
	}

	/** What was said before; or what is to be summed up, and nothing that was said before. */
	async function remember(options: TurnOptions, row: AnswerRow, signal: AbortSignal): Promise<Remembered | Written> {
		const { person: asker, platform, question, program } = options;
		if (options.recap !== undefined) {
			const recap = await options.recap(signal);
			if ('sentence' in recap) return told(recap.sentence, 'told', { reason: 'nothing-asked' });
			return { recap, memory: recapMemory(recap, asker, row, question) };
		}
		const asked = { asker, platform, place: question.place, answer: row, question: { ...question, askedAt: question.receivedAt } };
		return { recap: null, memory: program?.memory ?? (await deps.memories.read(asked, signal)) };
	}

	async function prepare(turn: Turn, row: AnswerRow, signal: AbortSignal): Promise<Prepared | Written> {
		const { options } = turn;
		const { person, question, words, platform, recipient } = options;
		const { place } = question;
		const remembered = await remember(options, row, signal);
		if ('ending' in remembered) return remembered;
		const { recap, memory } = remembered;
		const { displayName: personName, locale, timeZone = null } = person;
		const now = new Date(clock.now());
		const { model } = await deps.choices.current(person, place);
		const budget = deps.budgetOf(model);
		const data = await lookAtData(options, row, model, signal);
		if (data.final !== null) return { ...told(data.final.text, 'answered', dataTrace), final: data.final };
		const tools = toolsFor(options, model, data);
		const facts = { personName, locale, timeZone, homeTimeZone: deps.timeZone, now };
		const inFlightLimit = deps.limits.inFlightLimit(person);
		const { conversationId } = row;
		const asking = { memory, model, facts, budget, tools, conversationId, inFlightLimit };
		const material = recap === null ? await tracer.stage('look up', () => gather(turn, asking, signal)) : recapMaterial(recap, asking);
		if ('sentence' in material) return toldInstead(material);
		const { sources, found, remarks, asked: askedOfDocuments, documents, hadSlot } = material;
		learnLinks(turn, memory, material);
		const prompt = buildPrompt(memory, facts, budget, withAdded(material.prompt, options));
		if ('mostCharacters' in prompt) {
			const sentence = words.refusal.tooLong(question.text.length, prompt.mostCharacters);
			return told(sentence, 'told', { reason: 'question-too-long', documents });
		}
		const request = requestOf(options, asking, prompt, hadSlot);
		const context = {
			person,
			account: recipient,
			platform,
			place,
			questionMessageId: question.messageId,
			words,
			now,
			timeZone: timeZone ?? deps.timeZone,
			conversationId,
			model,
		};
		const { estimatedTokens: estimatedPromptTokens } = prompt;
		const work = {
			request,
			estimatedPromptTokens,
			tools: deps.tools,
			context,
			measure: measureBy(budget),
			sources,
			citesEachLine: recap?.citesEachLine ?? false,
			onTools: turn.links.distrust,
			onTaken: () => options.program?.onTaken(),
		};
		return { work, memory: recap === null ? memory : null, found, remarks, asked: askedOfDocuments, documents };
	}

	return { write };
}

/** Where there is nothing to answer from. */
function toldInstead({ sentence, reason, documents, asked }: SentenceInstead): Written {
	const instead = told(sentence, 'told', { reason, documents });
	return { ...instead, facts: { ...instead.facts, ...foundFacts({ found: [], asked }) }, asked };
}

type RequestFacts = Pick<MaterialRequest, 'model' | 'conversationId' | 'inFlightLimit'>;

/** @param hadSlot as of `Material`. */
function requestOf(
	options: TurnOptions,
	{ model, conversationId, inFlightLimit }: RequestFacts,
	prompt: Prompt,
	hadSlot: boolean,
): RoundRequest {
	return {
		model,
		messages: prompt.messages,
		tools: prompt.tools,
		userId: options.person.userId,
		conversationId,
		...wishesOf(options, prompt.answerTokens),
		resumes: options.attempt > 1 || hadSlot,
		...(inFlightLimit === null || hadSlot ? {} : { inFlightLimit }),
	};
}

/** How the answer is to be written: what a program says of that counts for as much as anybody may have. */
function wishesOf({ program }: TurnOptions, mostTokens: number): Pick<RoundRequest, 'maxOutputTokens' | 'priority' | 'sampling'> {
	if (program === undefined) return { maxOutputTokens: mostTokens, priority: 'interactive' };
	const { maxOutputTokens, priority, sampling } = program;
	return { maxOutputTokens: Math.min(mostTokens, maxOutputTokens), priority, sampling };
}

function withAdded(material: PromptMaterial, { program }: TurnOptions): PromptMaterial {
	return program === undefined ? material : { ...material, added: program.added };
}

/** What documents gave, by its ids alone: nothing where they were not asked. */
function foundFacts({ found, asked }: Pick<Prepared, 'found' | 'asked'>): Written['facts'] {
	return asked === null ? {} : { found: found.flatMap(({ chunkId }) => (chunkId === undefined ? [] : [chunkId])) };
}

/** Which addresses an answer may make links of: those that the asker or the sources name; all, where nothing but the asker's words is read. */
function learnLinks({ links }: Turn, memory: Memory, { sources, prompt }: Material): void {
	links.knowSources(sources.all);
	for (const text of ownWords(memory)) links.knowWords(text);
	if (isOwnAlone(memory) && sources.all().length === 0 && prompt.attached === undefined) links.trust();
}

interface InsteadOfModel {
	withoutModel: string;
	/** Where the model wrote nothing that can be shown. Absent where that is told as any other failure. */
	nothingCited?: string;
}

/** What the documents say is worth something without the model, too, where that could not be reached and has said nothing. */
function withoutModel(written: WrittenAnswer, { found, work }: Prepared, words: InsteadOfModel): WrittenAnswer {
	const why = written.error?.reason === 'empty' ? words.nothingCited : written.error?.code === 'MODEL_UNAVAILABLE' ? written.text : null;
	if (written.ending !== 'failed' || why == null || found.length === 0) return written;
	const quoted = found.slice(0, mostQuotes).map((source) => {
		const lines = shortened(source.excerpt, mostQuotedCharacters).split('\n');
		const mark = work.sources.take(source).cite_as;
		return { mark, text: `${lines.map((line) => `> ${line}`).join('\n')} ${mark}` };
	});
	const sources = work.sources.all().filter(({ position }) => quoted.some(({ mark }) => mark === `[${position}]`));
	return { ...written, text: [why, words.withoutModel, ...quoted.map(({ text }) => text)].join('\n\n'), sources };
}

/** What says otherwise is shown with what the answer cites, so that it can be looked at. */
function withNewer(cited: readonly Source[], superseded: readonly Superseded[]): readonly Source[] {
	return [...cited, ...superseded.map(({ newer }) => newer)].sort((one, other) => one.position - other.position);
}

/** Below an answer stands what of the asker's files it does not draw on. */
function withRemarks(written: WrittenAnswer, { remarks }: Prepared, reply: Pick<Reply, 'append'>): WrittenAnswer {
	if (remarks.length === 0 || written.final !== null || written.ending === 'failed' || written.ending === 'stopped') return written;
	const { text } = written;
	// Where the model broke off within code, they are none of it.
	const closing = closeOpenFence(text).slice(text.replace(/\n$/, '').length);
	const below = `${closing}\n\n${remarks.join('\n\n')}`;
	reply.append(below);
	return { ...written, text: text + below };
}

/** What no model wrote. */
function told(text: string, ending: Ending, trace?: AnswerTrace): Written {
	return {
		ending,
		text,
		sources: [],
		facts: trace === undefined ? {} : { trace },
		error: null,
		final: null,
		memory: null,
		asked: null,
		superseded: [],
	};
}

/** What was written down as it was about to end. */
function resumed({ content, sources, isForgotten, dataQuery, finishReason }: AnswerRow, words: Words): Written {
	if (isForgotten) return told(words.sources.answerGone, 'told');
	const final = dataQuery === null ? null : { text: content, query: dataQuery, isPrivate: false };
	return { ...told(content, isEnding(finishReason) ? finishReason : 'answered'), sources, final };
}
