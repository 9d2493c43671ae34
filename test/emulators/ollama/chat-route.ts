/** POST /api/chat: check, load, wait for a place, evaluate the prompt, stream. Nothing is sent before the first token is there. */

import { checkRequest, scriptFor } from './chat-script.ts';
import { createChatWriter } from './chat-writer.ts';
import { dataAnswer } from './data-answer.ts';
import { demoAnswer } from './demo-answer.ts';
import { nanoseconds } from './durations.ts';
import { type Exchange, HttpRefusal, pause, sendJson } from './exchange.ts';
import { keepAliveMs } from './keep-alive.ts';
import { BUSY, type LoadedModel } from './model-memory.ts';
import type { ModelStore } from './model-store.ts';
import { promptTokens } from './prompt.ts';
import type { Pump } from './pump.ts';
import { schemaAnswer } from './schema-answer.ts';
import { standaloneAnswer } from './standalone-answer.ts';
import type { Answer, AnswerScript, ChatBody, Failure } from './types.ts';

export interface ChatRouteParts {
	store: ModelStore;
	pump: Pump;
	answer: () => Answer | undefined;
	tokensPerSecond: number;
	firstTokenMs: number;
	splitWrites: boolean;
}

interface Run {
	body: ChatBody;
	loaded: LoadedModel;
	failure: Failure | undefined;
	startedAt: number;
	loadMs: number;
}

export async function handleChat(parts: ChatRouteParts, exchange: Exchange, failure: Failure | undefined): Promise<void> {
	const startedAt = performance.now();
	const body = exchange.record.body as ChatBody;
	if (typeof body?.model !== 'string') throw new HttpRefusal(400, 'model is required');
	const model = parts.store.find(body.model);
	checkRequest(body, model);
	if (failure?.kind === 'load-failure') throw new HttpRefusal(500, failure.message ?? 'llama-server process has terminated: exit status 1');
	if (failure?.kind === 'busy-503') throw new HttpRefusal(503, BUSY);
	if (isUnload(body)) {
		parts.store.unload(body.model);
		sendDone(exchange, body, 'unload');
		return;
	}
	const result = await parts.store.load({ model, options: body.options, keepAlive: body.keep_alive, signal: exchange.hungUp });
	if (!result) return;
	if ((body.messages ?? []).length === 0) {
		sendDone(exchange, body, 'load');
		return;
	}
	const { loaded, loadMs } = result;
	if (!(await loaded.places.acquire(exchange.hungUp))) return;
	try {
		await generate(parts, exchange, { body, loaded, failure, startedAt, loadMs });
	} finally {
		loaded.expiresAtMs = Date.now() + keepAliveMs(body.keep_alive);
		loaded.places.release();
	}
}

async function generate(parts: ChatRouteParts, exchange: Exchange, run: Run): Promise<void> {
	const { body, loaded, failure } = run;
	const count = promptTokens(body, loaded.model, loaded.contextTokens);
	if (failure?.kind === 'stall-before-headers') {
		await untilHungUp(exchange.hungUp);
		return;
	}
	const promptStartedAt = performance.now();
	await pause(parts.firstTokenMs, exchange.hungUp);
	if (exchange.hungUp.aborted) return;
	const script = failure?.kind === 'empty' ? { tokens: [] } : scriptFor(body, loaded.model, parts.answer() ?? unscripted);
	const promptMs = performance.now() - promptStartedAt;
	const firstTokenAt = performance.now();
	const counts = (): Record<string, number> => ({
		total_duration: nanoseconds(performance.now() - run.startedAt),
		load_duration: nanoseconds(run.loadMs),
		prompt_eval_count: count,
		prompt_eval_duration: nanoseconds(promptMs),
		// The mark that ends an answer is one too.
		eval_count: Math.max(script.tokens.length + (script.thinking?.length ?? 0), 1),
		eval_duration: nanoseconds(performance.now() - firstTokenAt),
	});
	if (body.stream === false) sendWhole(exchange, body, script, counts());
	else await stream(parts, exchange, run, script, counts);
}

/** Of a model that nobody gave words. */
function unscripted(body: ChatBody): string | AnswerScript {
	if (body.format === undefined || body.format === null || body.format === '') return demoAnswer(body);
	return standaloneAnswer(body) ?? dataAnswer(body) ?? schemaAnswer(body.format);
}

async function stream(
	parts: ChatRouteParts,
	exchange: Exchange,
	run: Run,
	script: AnswerScript,
	counts: () => Record<string, number>,
): Promise<void> {
	const { tokensPerSecond, splitWrites } = parts;
	await parts.pump.run(
		createChatWriter({ exchange, model: run.body.model, script, failure: run.failure, tokensPerSecond, splitWrites, counts }),
	);
}

function sendWhole(exchange: Exchange, body: ChatBody, script: AnswerScript, counts: Record<string, number>): void {
	const content = script.tokens.join('');
	exchange.record.tokensSent = script.tokens.length;
	sendJson(exchange.response, 200, {
		model: body.model,
		created_at: new Date().toISOString(),
		message: {
			role: 'assistant',
			content,
			...(script.thinking ? { thinking: script.thinking.join('') } : {}),
			...(script.toolCalls ? { tool_calls: script.toolCalls } : {}),
		},
		done: true,
		done_reason: script.doneReason ?? 'stop',
		...counts,
	});
}

function sendDone(exchange: Exchange, body: ChatBody, reason: 'load' | 'unload'): void {
	sendJson(exchange.response, 200, {
		model: body.model,
		created_at: new Date().toISOString(),
		message: { role: 'assistant', content: '' },
		done: true,
		done_reason: reason,
	});
}

function isUnload(body: ChatBody): boolean {
	return (body.messages ?? []).length === 0 && body.keep_alive !== undefined && keepAliveMs(body.keep_alive) === 0;
}

function untilHungUp(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return Promise.resolve();
	return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
