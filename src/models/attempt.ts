/** One try of one request on one host: what happened, what the host's record learns from it, and whether another try makes sense. */

import { type BotError, toBotError } from '../errors.ts';
import { cancelled } from './admission.ts';
import { type AnswerEvent, streamAnswer } from './chat-stream.ts';
import { hideReasoning } from './hide-reasoning.ts';
import type { Host } from './host.ts';
import { cannotChat } from './host-probe.ts';
import type { Slot, SlotEnd } from './host-slots.ts';
import { isHostAway, isWorthAnotherHost } from './model-errors.ts';
import type { ChatRequest, ModelEvent } from './model-pool.ts';
import type { ModelPoolSettings } from './settings.ts';
import { truncationSign } from './truncation.ts';
import { promptTexts, wireMessage, wireTool } from './wire.ts';

/** A slot that was taken on a host. */
export interface Lease {
	host: Host;
	slot: Slot;
	/** When waiting for others ends in any case, by the clock. */
	waitUntilMs: number;
}

/** Why a request has to be tried again; null after an answer. */
export type Retry = { type: 'recalled' } | { type: 'host-failed'; error: BotError };

/**
 * Yields the answer. Returns a `Retry` when nothing was shown yet and another host, or a later try, can still answer.
 * Gives the slot back in every case.
 * @throws BotError as `ModelPool.chat`.
 */
export async function* attemptAnswer(
	settings: ModelPoolSettings,
	lease: Lease,
	request: ChatRequest,
	signal: AbortSignal,
): AsyncGenerator<ModelEvent, Retry | null, void> {
	const { host, slot } = lease;
	let hasText = false;
	let end: SlotEnd = 'broken';
	try {
		yield { type: 'started', host: host.label, model: settings.model };
		for await (const event of hideReasoning(openStream(settings, lease, request, signal), settings.reasoningHabit)) {
			if (event.type === 'text-delta') hasText = true;
			if (event.type === 'end') {
				end = 'complete';
				recordAnswer(settings, host, request, event);
			}
			yield event;
		}
		return null;
	} catch (thrown) {
		if (signal.aborted) throw cancelled();
		if (slot.recalled.aborted && !hasText) {
			end = 'returns';
			return { type: 'recalled' };
		}
		const error = toBotError(thrown);
		recordFailure(settings, host, error);
		if (hasText || !isWorthAnotherHost(error)) throw error;
		end = 'returns';
		return { type: 'host-failed', error };
	} finally {
		slot.close(end);
	}
}

function openStream(
	settings: ModelPoolSettings,
	{ host, slot, waitUntilMs }: Lease,
	request: ChatRequest,
	signal: AbortSignal,
): AsyncIterable<AnswerEvent> {
	const { clock } = settings;
	const maxOutputTokens = Math.min(request.maxOutputTokens ?? settings.maxOutputTokens, settings.maxOutputTokens);
	const sentAtMs = clock.now();
	if (!host.isModelLoaded()) host.warmUp();
	return streamAnswer({
		host: host.label,
		connect: host.connect,
		body: {
			model: settings.model,
			messages: request.messages.map(wireMessage),
			...(request.tools === undefined || request.tools.length === 0 ? {} : { tools: request.tools.map(wireTool) }),
			stream: true,
			// Unset means on: people would look at silence for the length of the trace.
			think: false,
			keep_alive: settings.keepAlive,
			options: { ...settings.options, num_predict: maxOutputTokens },
		},
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

function recordAnswer(settings: ModelPoolSettings, host: Host, request: ChatRequest, event: Extract<AnswerEvent, { type: 'end' }>): void {
	const { promptTokens, outputTokens, generateMs } = event.usage;
	host.breaker.succeeded();
	const tokensPerSecond = outputTokens !== null && generateMs !== null ? (outputTokens / generateMs) * 1000 : null;
	settings.observe.answered?.(host.label, { promptTokens, outputTokens, tokensPerSecond });
	if (promptTokens === null) return;
	const texts = promptTexts(request);
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
