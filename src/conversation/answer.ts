/**
 * Writes one answer: the model's text into the reply as it comes, round by round where the model calls tools, and the end of it into the
 * history.
 */

import type { Clock } from '../clock.ts';
import type { Activity } from '../delivery/activity.ts';
import type { Reply } from '../delivery/reply.ts';
import { BotError, toBotError } from '../errors.ts';
import type { AnswerFacts } from '../history/stored.ts';
import { tokensUsed } from '../limits/token-usage.ts';
import type { Words } from '../locales/locales.ts';
import type { LanguageModels, ModelEvent, ModelUsage, ToolCall } from '../models/model-pool.ts';
import type { Source } from '../platform/chat-platform.ts';
import type { FinalAnswer } from '../tools/tool.ts';
import { type AnswerText, createAnswerText } from './answer-text.ts';
import { type AnswerTracer, createAnswerTracer } from './answer-trace.ts';
import { type Ending, failureReason, failureSentence } from './endings.ts';
import { createToolRounds, type RoundRequest, type ToolRoundsParts } from './tool-rounds.ts';
import { endingOfStop } from './turn-stops.ts';
import { createWaitingSign, type WaitingSign } from './waiting-sign.ts';

export interface AnswerWork extends Omit<ToolRoundsParts, 'onCall'> {
	request: RoundRequest;
	/** Of the first round, by our estimate. */
	estimatedPromptTokens: number;
	words: Words;
	reply: Pick<Reply, 'append' | 'announce' | 'remark' | 'retract'>;
	activity: Activity;
	/** Hears that the model is given what tools give. */
	onTools(): void;
	/** As of `AnswerTextParts`. */
	citesEachLine?: boolean;
	/** Hears of whatever the queue for the models or the model says. */
	onTaken?(): void;
	/** Whether the sign of activity can say more than that the bot is at work. */
	signShowsText: boolean;
	/** Stops the model and its tools: for a reason that `endingOfStop` knows, or because the process goes away. */
	signal: AbortSignal;
}

/** What came of it. `text` is what the reader shall see, without notices. */
export interface WrittenAnswer {
	ending: Ending;
	text: string;
	/** What the text cites, in the order of its numbers. */
	sources: readonly Source[];
	facts: Partial<AnswerFacts>;
	error: BotError | null;
	/** A tool gave all of it. Its text is not in the reply yet. */
	final: FinalAnswer | null;
}

/** With what all its rounds have cost in tokens, the one that broke off too. */
export type AnswerAndCost = WrittenAnswer & { usedTokens: number };

/**
 * Reads the model to its end. Never throws for what the model, its host or a tool does: that becomes an ending.
 * @throws BotError `CANCELLED` when the signal fired for a reason of its own: the turn is to be handed over.
 */
export async function writeAnswer(
	deps: { models: Pick<LanguageModels, 'model' | 'chat'>; clock: Clock },
	work: AnswerWork,
): Promise<AnswerAndCost> {
	const { models, clock } = deps;
	const { words, signal } = work;
	const facts: Partial<AnswerFacts> = {};
	const tracer = createAnswerTracer(clock);
	const sign = createWaitingSign(work);
	let usedTokens = 0;
	let hasSpoken = false;
	let final: FinalAnswer | null = null;
	const answer = createAnswerText({
		...{ reply: work.reply, words, sources: work.sources, citesEachLine: work.citesEachLine ?? false },
		onText() {
			hasSpoken = true;
			facts.firstTokenAt ??= new Date(clock.now());
			sign.texted();
		},
	});
	const rounds = createToolRounds({
		...work,
		onCall(name) {
			tracer.calling(name);
			sign.calling(name);
		},
	});

	/** The model speaks, what it calls is run, and it speaks again, until it calls nothing. */
	async function speak(): Promise<Ending> {
		for (let request = work.request; ; ) {
			const { ending, calls } = await readCounted(request);
			const said = answer.endStretch();
			// What it said before it called was no answer yet.
			if (calls.length === 0) return said.trim() === '' ? 'interrupted' : ending;
			work.onTools();
			const next = await rounds.next(request, said, calls, signal);
			if ('messages' in next) request = next;
			else {
				final = next;
				return 'answered';
			}
		}
	}

	async function readCounted(request: RoundRequest) {
		const usage = { promptTokens: null, outputTokens: null };
		hasSpoken = false;
		tracer.asking();
		try {
			return await readRound(models.chat(request, signal), { answer, sign, facts, usage, tracer, onTaken: () => work.onTaken?.() });
		} finally {
			const estimated = {
				promptTokens: work.estimatedPromptTokens + rounds.addedTokens(),
				outputTokens: work.measure.tokens(answer.stretch),
			};
			usedTokens += tokensUsed({ ...usage, hasSpoken, estimated });
		}
	}

	function fail(error: BotError): WrittenAnswer {
		facts.errorCode = error.code;
		const { text } = answer;
		const sources = answer.cited();
		const stopped = endingOfStop(error);
		if (stopped !== null) return { ending: stopped, text, sources, facts, error: null, final: null };
		if (text.trim() !== '') return { ending: 'interrupted', text, sources, facts, error, final: null };
		tracer.failed(failureReason(error));
		const sentence = failureSentence(error, words, { model: models.model, ...work.request });
		return { ending: 'failed', text: sentence, sources: [], facts, error, final: null };
	}

	async function write(): Promise<WrittenAnswer> {
		const ending = await speak();
		facts.lastTokenAt = new Date(clock.now());
		if (final !== null) {
			// Whatever the model had begun to say is not the answer.
			work.reply.retract();
			return { ending, text: final.text, sources: [], facts, error: null, final };
		}
		if (answer.text.trim() !== '') return { ending, text: answer.text, sources: answer.cited(), facts, error: null, final: null };
		const error = new BotError('MODEL_REJECTED', 'the model gave an empty answer', { reason: 'empty' });
		tracer.failed(failureReason(error));
		return { ending: 'failed', text: words.failure.emptyAnswer, sources: [], facts, error, final: null };
	}

	try {
		return { ...(await write()), usedTokens };
	} catch (thrown) {
		const reason: unknown = signal.reason;
		if (signal.aborted && endingOfStop(reason) === null) throw toBotError(reason);
		answer.endStretch();
		return { ...fail(signal.aborted ? toBotError(reason) : toBotError(thrown)), usedTokens };
	} finally {
		if (work.sources.all().length > 0) Object.assign(facts, answer.counts, { drawnFrom: sharesOf(work.sources) });
		facts.trace = tracer.trace();
		sign.end();
	}
}

/** Of documents that the model was shown. */
function sharesOf(sources: AnswerWork['sources']): string[] {
	return [...new Set(sources.all().flatMap(({ placementId }) => placementId ?? []))];
}

interface RoundParts {
	answer: AnswerText;
	sign: WaitingSign;
	facts: Partial<AnswerFacts>;
	tracer: AnswerTracer;
	onTaken(): void;
	/** Takes what the model tells of this round. */
	usage: Pick<ModelUsage, 'promptTokens' | 'outputTokens'>;
}

/** An end without the event for it would be a broken stream. */
async function readRound(events: AsyncIterable<ModelEvent>, { answer, sign, facts, usage, tracer, onTaken }: RoundParts) {
	let ending: Ending = 'interrupted';
	let calls: readonly ToolCall[] = [];
	for await (const event of events) {
		onTaken();
		if (event.type === 'text-delta') answer.push(event.text);
		else if (event.type === 'text-retracted') answer.retract();
		else if (event.type === 'tool-calls') calls = event.calls;
		else if (event.type === 'end') {
			Object.assign(usage, event.usage);
			addUsage(facts, event.usage);
			ending = event.reason === 'length' ? 'cut' : 'answered';
		} else noteWait(event, { sign, facts, tracer });
	}
	return { ending, calls };
}

function noteWait(
	event: Extract<ModelEvent, { type: 'started' | 'queued' | 'silent' | 'working' }>,
	{ sign, facts, tracer }: Pick<RoundParts, 'sign' | 'facts' | 'tracer'>,
) {
	if (event.type === 'queued') return sign.queued(event);
	if (event.type === 'silent') return sign.silent(event);
	if (event.type === 'started') {
		Object.assign(facts, { model: event.model, host: event.host });
		tracer.started();
	}
	sign.working();
}

/** Every round reads the whole again. Null for what no round told. */
function addUsage(facts: Partial<AnswerFacts>, { promptTokens, outputTokens }: ModelUsage): void {
	facts.promptTokens = sumOf(facts.promptTokens, promptTokens);
	facts.outputTokens = sumOf(facts.outputTokens, outputTokens);
}

function sumOf(before: number | null | undefined, more: number | null): number | null {
	return before == null ? more : before + (more ?? 0);
}
