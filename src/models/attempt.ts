/** One try of one request on one host: what happened, what the host's record learns from it, and whether another try makes sense. */

import { type BotError, toBotError } from '../errors.ts';
import type { Dispensable } from './abilities.ts';
import { cancelled } from './admission.ts';
import { type AnswerEvent, type ChatCall, streamAnswer } from './chat-stream.ts';
import { hideReasoning } from './hide-reasoning.ts';
import type { Host } from './host.ts';
import { cannotChat } from './host-probe.ts';
import type { Slot, SlotEnd } from './host-slots.ts';
import { isHostAway, isWorthAnotherHost } from './model-errors.ts';
import type { ChatRequest, ModelEvent } from './model-pool.ts';
import { type ChatBody, chatBody, refusedAbility } from './request-body.ts';
import type { ModelPoolSettings } from './settings.ts';
import { truncationSign } from './truncation.ts';
import { type PromptParts, promptTexts } from './wire.ts';

/** A slot that was taken on a host. */
export interface Lease {
	host: Host;
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
	lease: Lease,
	request: ChatRequest,
	signal: AbortSignal,
): AsyncGenerator<ModelEvent, Retry | null, void> {
	const { host, slot } = lease;
	const maxOutputTokens = Math.min(request.maxOutputTokens ?? settings.maxOutputTokens, settings.maxOutputTokens);
	const body = chatBody(settings, host.abilities, request, maxOutputTokens);
	let hasText = false;
	let end: SlotEnd = 'broken';
	try {
		yield { type: 'started', host: host.label, model: settings.model };
		const stream = openStream(settings, lease, { body, maxOutputTokens }, signal);
		// What is held to a schema has no reasoning in it, and what looks like a mark of it is a value.
		const shown = request.format === undefined ? hideReasoning(stream, settings.reasoningHabit) : stream;
		for await (const event of shown) {
			if (event.type === 'text-delta') hasText = true;
			if (event.type === 'end') {
				end = 'complete';
				recordAnswer(settings, host, sentOf(request, body), event);
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
function afterFailure(settings: ModelPoolSettings, { host, slot }: Lease, body: ChatBody, error: BotError): Retry | null {
	if (slot.recalled.aborted) return { type: 'recalled' };
	if (learnsRefusal(settings, host, refusedAbility(body, error))) return { type: 'asked-too-much' };
	recordFailure(settings, host, error);
	return isWorthAnotherHost(error) ? { type: 'host-failed', error } : null;
}

function openStream(
	settings: ModelPoolSettings,
	{ host, slot, waitUntilMs }: Lease,
	{ body, maxOutputTokens }: Pick<ChatCall, 'body' | 'maxOutputTokens'>,
	signal: AbortSignal,
): AsyncIterable<AnswerEvent> {
	const { clock } = settings;
	const sentAtMs = clock.now();
	if (!host.isModelLoaded()) host.warmUp();
	return streamAnswer({
		host: host.label,
		connect: host.connect,
		body,
		maxOutputTokens,
		limits: settings.deadlines,
		clock,
		place: slot.place,
		cause: host.silenceCause,
		waitUntilMs,
		onFirstToken: () => {
			slot.firstToken();
			settings.observe.firstToken?.(host.label, clock.now() - sentAtMs);
		},
		signal: AbortSignal.any([signal, slot.recalled]),
	});
}

/** Hosts do not always say what a model can do, and not always rightly. True when asking again will leave out what was refused. */
function learnsRefusal({ logger, model }: ModelPoolSettings, host: Host, refused: Dispensable | null): boolean {
	if (refused === null) return false;
	if (host.abilities.wasRefused(refused)) {
		logger.warn({ host: host.label, model, refused }, 'the model cannot do what was asked of it; from now on it is asked without');
	}
	return true;
}

/** What the model read of a request. */
function sentOf({ messages, tools = [] }: ChatRequest, body: ChatBody): PromptParts {
	return { messages, tools: body.tools === undefined ? [] : tools };
}

function recordAnswer(settings: ModelPoolSettings, host: Host, sent: PromptParts, event: Extract<AnswerEvent, { type: 'end' }>): void {
	const { promptTokens, outputTokens, generateMs } = event.usage;
	host.breaker.succeeded();
	const tokensPerSecond = outputTokens !== null && generateMs !== null ? (outputTokens / generateMs) * 1000 : null;
	settings.observe.answered?.(host.label, { promptTokens, outputTokens, tokensPerSecond });
	if (promptTokens === null) return;
	const texts = promptTexts(sent);
	warnOfTruncation(settings, host, texts, promptTokens);
	settings.tokens.learn(texts, promptTokens);
}

function warnOfTruncation(settings: ModelPoolSettings, host: Host, texts: readonly string[], promptTokens: number): void {
	const { contextTokens, logger } = settings;
	const characters = texts.reduce((sum, text) => sum + text.length, 0);
	// No token is less than a character, and a short prompt is not worth an estimate.
	if (characters < contextTokens / 2) return;
	const estimatedTokens = texts.reduce((sum, text) => sum + settings.tokens.estimate(text), 0);
	const reason = truncationSign(promptTokens, estimatedTokens, contextTokens);
	if (!reason) return;
	logger.warn({ host: host.label, reason, promptTokens, estimatedTokens, contextTokens }, 'Ollama probably cut the prompt');
}

function recordFailure(settings: ModelPoolSettings, host: Host, error: BotError): void {
	if (error.reason === 'model-missing') {
		host.suspect({ state: 'model-missing', reason: `the model is missing: run \`ollama pull ${settings.model}\` there` });
		return;
	}
	if (error.reason === 'cannot-chat') {
		host.suspect({ state: 'model-unfit', reason: cannotChat(settings.model) });
		return;
	}
	// A long answer is the model's, a refused request the asker's.
	if (error.code === 'MODEL_REJECTED' || error.reason === 'total') return;
	host.breaker.failed(settings.clock.now());
	if (isHostAway(error)) host.suspect({ state: 'down', reason: `no answer (${error.reason})` });
}
