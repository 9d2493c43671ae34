/** One turn, from an accepted message to its final answer: the way of one message, stage by stage. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { startActivity } from '../delivery/activity.ts';
import { adoptMessages } from '../delivery/adopt.ts';
import type { Pacer } from '../delivery/pacer.ts';
import type { DeliveryObserver } from '../delivery/part-context.ts';
import { persist } from '../delivery/persistence.ts';
import { type Reply, startReply } from '../delivery/reply.ts';
import { createReplyRecord, type OwingRecord } from '../delivery/reply-record.ts';
import type { StreamRefusals } from '../delivery/stream-refusals.ts';
import { BotError, toBotError } from '../errors.ts';
import type { Person } from '../identity/person.ts';
import type { Limits } from '../limits/limits.ts';
import { tokensUsed } from '../limits/token-usage.ts';
import type { ModelPool } from '../models/model-pool.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Words } from '../words/words.ts';
import { type WrittenAnswer, writeAnswer } from './answer.ts';
import type { EarlySign } from './early-sign.ts';
import { type Ending, endingButtons, endingRules, isEnding, stopButton } from './endings.ts';
import type { Memories, Memory } from './memory.ts';
import { buildPrompt } from './prompt.ts';
import type { PromptBudget } from './prompt-budget.ts';
import type { RunningTurns } from './running-turns.ts';
import type { ConversationStore } from './store.ts';
import type { AnswerRow, BegunAnswer, Question } from './stored.ts';
import type { Summaries } from './summary.ts';
import { createTurnTimes, type TurnObserver, type TurnTimes } from './turn-times.ts';

export interface TurnDependencies {
	database: Database;
	store: ConversationStore;
	memories: Memories;
	summaries: Summaries;
	models: ModelPool;
	running: RunningTurns;
	pacers: (platform: ChatPlatform) => Pacer;
	clock: Clock;
	budget: PromptBudget;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
	limits: Pick<Limits, 'charge' | 'inFlightLimit'>;
	observer: TurnObserver;
	/** Work that goes on after the turn and may be lost with the process. */
	inBackground: (name: string, work: (signal: AbortSignal) => Promise<void>) => void;
	streamRefusals: StreamRefusals;
}

export interface TurnOptions {
	platform: ChatPlatform;
	person: Person;
	words: Words;
	question: Question;
	/** Follows from the event, so that the same event never makes two answers. */
	answerId: string;
	recipient: { tenantId: string; accountId: string };
	/** Answers with this sentence and asks no model. */
	sentence?: string;
	/** Set apart below the answer, beside whatever its end calls for. */
	notice?: string;
	/** An answer that failed before: it is asked again, and its messages are used again. */
	retryOf?: AnswerRow;
	/** From 2 on, an earlier process began this turn. */
	attempt: number;
	/** What is shown already. */
	sign?: Pick<EarlySign, 'take'>;
}

export type Turns = ReturnType<typeof createTurns>;

interface Opening {
	pacer: Pacer;
	times: TurnTimes;
	record: OwingRecord;
	onStopped: () => void;
	signal: AbortSignal;
}

interface Writing {
	reply: Reply;
	activity: ReturnType<typeof startActivity>;
	times: TurnTimes;
	signal: AbortSignal;
}

interface Finishing extends WrittenAnswer {
	memory: Memory | null;
	reply: Reply;
	times: TurnTimes;
	record: OwingRecord;
	/** Ends the wait for a database that is away. */
	signal: AbortSignal;
}

export function createTurns(deps: TurnDependencies) {
	const { store, clock } = deps;

	/**
	 * Answers one question. Resolves with how it ended once everything is visible and stored.
	 * @throws BotError `CANCELLED` when the process goes away (another one will take the turn over), `STORE_UNAVAILABLE`, or a platform's
	 * error when the answer could not be shown: the event is then tried again later.
	 */
	async function answer(options: TurnOptions, signal: AbortSignal): Promise<Ending> {
		const { platform, person, question } = options;
		const pacer = deps.pacers(platform);
		const times = createTurnTimes(clock, deps.observer, platform.name);
		const early = options.sign?.take() ?? null;
		if (early !== null) times.sign();
		const activity = early ?? startActivity({ platform, pacer, clock }, question.place, signal);
		if (options.sentence === undefined) void showSign();
		try {
			const row = await begin(options);
			const ending = isOver(row) ? endingOf(row) : await answerRow(row);
			// The platform takes the sign away when a message is posted. Here all were there before.
			if (!row.isNew || options.retryOf !== undefined) await activity.clear();
			return ending;
		} finally {
			activity.end();
		}

		async function answerRow(row: BegunAnswer): Promise<Ending> {
			const stop = new AbortController();
			const forget = deps.running.add({
				answerId: row.id,
				userId: person.userId,
				place: question.place,
				questionMessageId: question.messageId,
				stop: () => stop.abort(stoppedByReader()),
			});
			const record = createReplyRecord(deps, row.id, question.place);
			let reply: Reply | null = null;
			try {
				reply = await openReply(options, row, { pacer, times, record, signal, onStopped: () => stop.abort(stoppedByReader()) });
				const written = await write(options, row, { reply, activity, times, signal: AbortSignal.any([stop.signal, signal]) });
				return await finish(options, row, { ...written, reply, times, record, signal });
			} catch (thrown) {
				if (signal.aborted && reply !== null) await comeToRest(reply);
				throw thrown;
			} finally {
				forget();
			}
		}

		async function showSign(): Promise<void> {
			const { thinking, resuming } = options.words.activity;
			if (await activity.show(options.attempt > 1 ? resuming : thinking)) times.sign();
		}
	}

	/** Takes away whatever an interrupted attempt left on the platform: its question was taken back before it could be answered. */
	async function withdraw(options: Pick<TurnOptions, 'platform' | 'question' | 'answerId'>, signal: AbortSignal): Promise<void> {
		const { platform, question, answerId: replyId } = options;
		const { place, messageId: questionMessageId } = question;
		const pacer = deps.pacers(platform);
		const record = createReplyRecord(deps, replyId, place);
		const { database } = deps;
		const left = await adoptMessages({ platform, pacer, clock, database, record, replyId, place, questionMessageId }, signal);
		for (const reference of left) {
			const remove = () => platform.remove(reference, signal);
			await persist(clock, signal, () => pacer.run({ operation: 'remove', place, priority: 'final' }, signal, remove));
		}
	}

	async function begin({ person, question, answerId, retryOf }: TurnOptions): Promise<BegunAnswer> {
		const conversationId = await store.join(person, question.place);
		if (retryOf === undefined) return await store.begin(person, conversationId, answerId, question);
		return await store.beginAgain(person, conversationId, answerId, retryOf.questionId);
	}

	async function openReply(options: TurnOptions, row: BegunAnswer, { pacer, times, record, onStopped, signal }: Opening): Promise<Reply> {
		const { platform, question, words, recipient } = options;
		const { place } = question;
		const adopt = async (replyId: string) =>
			await adoptMessages(
				{ platform, pacer, clock, database: deps.database, record, replyId, place, questionMessageId: question.messageId },
				signal,
			);
		const existing: MessageReference[] = row.isNew ? [] : await adopt(row.id);
		if (existing.length === 0 && options.retryOf?.status === 'failed') existing.push(...(await adopt(options.retryOf.id)));
		const observer: DeliveryObserver = { ...deps.observer.delivery(platform.name), firstText: times.firstText };
		return startReply(
			{ platform, pacer, clock, record, observer, streamRefusals: deps.streamRefusals },
			{
				place,
				recipient,
				replyId: row.id,
				existing,
				mayStream: existing.length === 0 && options.sentence === undefined,
				liveButtons: options.sentence === undefined ? [stopButton(row.id, words)] : [],
				questionMessageId: question.messageId,
				onStopped,
				signal,
			},
		);
	}

	/** From the model; or from the database, when an earlier process had the whole text; or a sentence of ours. */
	async function write(options: TurnOptions, row: AnswerRow, writing: Writing): Promise<WrittenAnswer & { memory: Memory | null }> {
		const { person, question, words, platform } = options;
		const told = (text: string, ending: Ending) => ({ ending, text, facts: {}, error: null, memory: null });
		if (row.status === 'delivering') return told(row.content, isEnding(row.finishReason) ? row.finishReason : 'answered');
		if (options.sentence !== undefined) return told(options.sentence, 'told');
		const { signal } = writing;
		const asked = { asker: person, platform, place: question.place, answer: row, question: { ...question, askedAt: question.receivedAt } };
		const memory = await deps.memories.read(asked, signal);
		const { displayName: personName, locale, timeZone = null } = person;
		const facts = { personName, locale, timeZone, homeTimeZone: deps.timeZone, now: new Date(clock.now()) };
		const prompt = buildPrompt(memory, facts, deps.budget);
		if ('mostCharacters' in prompt) return told(words.refusal.tooLong(question.text.length, prompt.mostCharacters), 'told');
		const inFlightLimit = deps.limits.inFlightLimit(person);
		const request = {
			messages: prompt.messages,
			maxOutputTokens: prompt.answerTokens,
			userId: person.userId,
			conversationId: row.conversationId,
			priority: 'interactive' as const,
			resumes: options.attempt > 1,
			...(inFlightLimit === null ? {} : { inFlightLimit }),
		};
		const signShowsText = platform.capabilities.activity?.showsText ?? false;
		const written = await writeAnswer(deps, { ...writing, request, asker: person, words, signShowsText });
		await deps.limits.charge(person, tokensUsed({ ...written, estimatedPromptTokens: prompt.estimatedTokens }));
		return { ...written, memory };
	}

	/** Stored before it is shown whole: from here on a crash costs no second answer. */
	async function finish(options: TurnOptions, row: AnswerRow, finishing: Finishing): Promise<Ending> {
		const { person, words, platform } = options;
		const { ending, text, facts, reply, times, error } = finishing;
		if (reply.length === 0) reply.append(text);
		const signed = { ...facts, content: text, ...times.facts() };
		await store.update(person, row.id, { ...signed, status: 'delivering', finishReason: ending }).catch(deps.observer.storeFailed);
		const rule = endingRules[ending];
		const notice = [options.notice, rule.notice?.(words)].filter((part) => part !== undefined).join('\n\n');
		times.lastToken(facts.lastTokenAt);
		await reply.end({ buttons: endingButtons(ending, row.id, words), ...(notice === '' ? {} : { notice }) });
		times.finalText();
		const end = { ...signed, status: rule.status, finishReason: ending, ...times.facts() };
		const isOutdated = await saveEnd(finishing, () => store.update(person, row.id, end));
		deps.observer.ended(platform.name, ending, facts, error);
		// Asking again goes by an earlier state of the conversation.
		const isPresent = rule.status !== 'failed' && options.retryOf === undefined && !isOutdated;
		if (isPresent && finishing.memory !== null) foldIfDue(options, row, { memory: finishing.memory, text });
		return ending;
	}

	/** The answer is visible: however long the database is away, it must not be written a second time. */
	async function saveEnd({ record, signal }: Pick<Finishing, 'record' | 'signal'>, save: () => Promise<boolean>): Promise<boolean> {
		for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
			try {
				await record.settle();
				return await save();
			} catch (thrown) {
				const error = toBotError(thrown);
				if (!error.retryable) throw error;
			}
			await clock.wait(pauseMs, signal);
		}
	}

	/** Group chats keep no summary: it would tell newcomers what was said before they came. */
	function foldIfDue({ person, question }: TurnOptions, answer: AnswerRow, { memory, text }: { memory: Memory; text: string }): void {
		const saidAt = new Date(deps.clock.now());
		const said = { sequence: answer.sequence, role: 'assistant' as const, content: text, cited: [], saidAt, speaker: null };
		const whole = { ...memory, messages: [...memory.messages, said] };
		if (question.place.kind === 'group' || !deps.summaries.isDue(whole)) return;
		deps.inBackground('summary', async (signal) => await deps.summaries.fold({ asker: person, answer, memory: whole }, signal));
	}

	return { answer, withdraw };
}

/** What is on its way to the platform arrives and is written down before another process looks for it. */
async function comeToRest(reply: Reply): Promise<void> {
	if (reply.length > 0) await reply.end({ buttons: [] }).catch(() => {});
}

function stoppedByReader(): BotError {
	return new BotError('CANCELLED', 'stopped by the reader', { reason: 'stopped-by-person' });
}

function endingOf({ finishReason }: AnswerRow): Ending {
	return isEnding(finishReason) ? finishReason : 'told';
}

function isOver(row: AnswerRow): boolean {
	return row.status !== 'generating' && row.status !== 'delivering';
}
