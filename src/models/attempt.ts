/** One try of one request on one host: what happened, what the host's record learns from it, and whether another try makes sense. */

import { type BotError, toBotError } from '../errors.ts';
import type { Dispensable } from './abilities.ts';
import { cancelled } from './admission.ts';
import { type AnswerEvent, streamAnswer } from './chat-stream.ts';
import { hideReasoning } from './hide-reasoning.ts';
import { cannotChat, pullAdvice } from './host-probe.ts';
import type { Slot, SlotEnd } from './host-slots.ts';
import type { HostedModel } from './hosted-model.ts';
import { isHostAway, isWorthAnotherHost } from './model-errors.ts';
import type { ModelPlace } from './model-operations.ts';
import type { ChatRequest, ModelEvent } from './model-pool.ts';
import { type ChatBody, chatBody, refusedAbility } from './request-body.ts';
import type { ModelPoolSettings } from './settings.ts';
import { truncationSign } from './truncation.ts';
import { hasImages, type PromptParts, promptTexts } from './wire.ts';

/** A slot that was taken for a model on a host. */
export interface SlotLease {
	hosted: HostedModel;
	slot: Slot;
	/** When waiting for others ends in any case, by the clock. */
	waitUntilMs: number;
}

/** Why a request has to be tried again; null after an answer. */
export type Retry = { type: 'recalled' } | { type: 'asked-too-much' } | { type: 'host-failed'; error: BotError };

/**
 * Yields the answer. Returns a `Retry` when nothing was shown yet and another host, or a later try, can still answer.
 * Gives the slot back in every case.
 * @throws BotError as `LanguageModels.chat`.
 */
export async function* attemptAnswer(
	settings: ModelPoolSettings,
	lease: SlotLease,
	request: ChatRequest,
	signal: AbortSignal,
): AsyncGenerator<ModelEvent, Retry | null, void> {
	const { hosted, slot } = lease;
	const { host, model } = hosted;
	const body = chatBody(settings, hosted, request);
	let hasText = false;
	let end: SlotEnd = 'broken';
	try {
		yield { type: 'started', host, model: model.name };
		const stream = openStream(settings, lease, body, signal);
		// What is held to a schema has no reasoning in it, and what looks like a mark of it is a value.
		const shown = request.format === undefined ? hideReasoning(stream, model.reasoningHabit) : stream;
		for await (const event of shown) {
			if (event.type === 'text-delta') hasText = true;
			if (event.type === 'end') {
				end = 'complete';
				recordAnswer(settings, hosted, sentOf(request, body), event);
			}
			yield event;
		}
		return null;
	} catch (thrown) {
		if (signal.aborted) throw cancelled();
		const error = toBotError(thrown);
		const retry = afterFailure(settings, lease, body, error);
		if (hasText || retry === null) throw error;
		end = 'returns';
		return retry;
	} finally {
		slot.close(end);
	}
}

/** Null when nobody could answer it better. */
function afterFailure(settings: ModelPoolSettings, { hosted, slot }: SlotLease, body: ChatBody, error: BotError): Retry | null {
	if (slot.recalled.aborted) return { type: 'recalled' };
	if (learnsRefusal(settings, hosted, refusedAbility(body, error))) return { type: 'asked-too-much' };
	recordFailure(settings, hosted, error);
	return isWorthAnotherHost(error) ? { type: 'host-failed', error } : null;
}

function openStream(
	settings: ModelPoolSettings,
	{ hosted, slot, waitUntilMs }: SlotLease,
	body: ReturnType<typeof chatBody>,
	signal: AbortSignal,
): AsyncIterable<AnswerEvent> {
	const { clock } = settings;
	const sentAtMs = clock.now();
	if (!hosted.isLoaded()) hosted.warmUp();
	return streamAnswer({
		host: hosted.host,
		connect: hosted.connect,
		body,
		maxOutputTokens: body.options.num_predict,
		limits: settings.deadlines,
		clock,
		place: slot.place,
		cause: hosted.silenceCause,
		waitUntilMs,
		onFirstToken: () => {
			slot.firstToken();
			settings.observe.firstToken?.(placeOf(hosted), clock.now() - sentAtMs);
		},
		signal: AbortSignal.any([signal, slot.recalled]),
	});
}

/** Hosts do not always say what a model can do, and not always rightly. True when asking again will leave out what was refused. */
function learnsRefusal({ logger }: ModelPoolSettings, hosted: HostedModel, refused: Dispensable | null): boolean {
	if (refused === null) return false;
	if (hosted.abilities.wasRefused(refused)) {
		logger.warn({ ...placeOf(hosted), refused }, 'the model cannot do what was asked of it; from now on it is asked without');
	}
	return true;
}

/** What the model read of a request. */
function sentOf({ messages, tools = [] }: ChatRequest, body: ChatBody): PromptParts {
	return { messages, tools: body.tools === undefined ? [] : tools };
}

function recordAnswer(
	settings: ModelPoolSettings,
	hosted: HostedModel,
	sent: PromptParts,
	event: Extract<AnswerEvent, { type: 'end' }>,
): void {
	const { promptTokens, outputTokens, generateMs } = event.usage;
	hosted.breaker.succeeded();
	const tokensPerSecond = outputTokens !== null && generateMs !== null ? (outputTokens / generateMs) * 1000 : null;
	settings.observe.answered?.(placeOf(hosted), { promptTokens, outputTokens, tokensPerSecond });
	// What a picture takes says nothing of how the model reads text.
	if (promptTokens === null || sent.messages.some(hasImages)) return;
	const texts = promptTexts(sent);
	warnOfTruncation(settings, hosted, texts, promptTokens);
	hosted.model.tokens.learn(texts, promptTokens);
}

function warnOfTruncation({ logger }: ModelPoolSettings, hosted: HostedModel, texts: readonly string[], promptTokens: number): void {
	const { contextTokens, tokens } = hosted.model;
	const characters = texts.reduce((sum, text) => sum + text.length, 0);
	// No token is less than a character, and a short prompt is not worth an estimate.
	if (characters < contextTokens / 2) return;
	const estimatedTokens = texts.reduce((sum, text) => sum + tokens.estimate(text), 0);
	const reason = truncationSign(promptTokens, estimatedTokens, contextTokens);
	if (!reason) return;
	logger.warn({ ...placeOf(hosted), reason, promptTokens, estimatedTokens, contextTokens }, 'Ollama probably cut the prompt');
}

function recordFailure({ clock }: ModelPoolSettings, hosted: HostedModel, error: BotError): void {
	if (error.reason === 'model-missing') {
		hosted.suspect({ state: 'model-missing', reason: pullAdvice(hosted.model.name) });
		return;
	}
	if (error.reason === 'cannot-chat') {
		hosted.suspect({ state: 'model-unfit', reason: cannotChat(hosted.model) });
		return;
	}
	// A long answer is the model's, a refused request the asker's.
	if (error.code === 'MODEL_REJECTED' || error.reason === 'total') return;
	hosted.breaker.failed(clock.now());
	if (isHostAway(error)) hosted.suspect({ state: 'down', reason: `no answer (${error.reason})` });
}

function placeOf({ host, model }: HostedModel): ModelPlace {
	return { host, model: model.name };
}
