/** One answer of one host as a stream of events: every limit, every way a stream breaks, and the end that an endless one needs. */

import type { ChatResponse, Ollama, ChatRequest as OllamaChatRequest } from 'ollama';
import type { Clock } from '../clock.ts';
import type { BotError } from '../errors.ts';
import { cancelled } from './admission.ts';
import { type StreamLimits, startDeadlines } from './deadlines.ts';
import { toModelError } from './model-errors.ts';
import type { ModelEvent, ModelUsage } from './model-pool.ts';
import { createNotices, interleave } from './notices.ts';
import { type WaitEvent, type WaitWatchParts, watchWait } from './wait-watch.ts';

export type AnswerEvent = Extract<ModelEvent, { type: 'text-delta' | 'text-retracted' | 'end' }> | WaitEvent;

type EndEvent = Extract<ModelEvent, { type: 'end' }>;

export interface ChatCall extends Pick<WaitWatchParts, 'place' | 'cause' | 'waitUntilMs'> {
	/** The host's address without credentials. */
	host: string;
	connect: (signal: AbortSignal) => Ollama;
	body: OllamaChatRequest & { stream: true };
	maxOutputTokens: number;
	limits: StreamLimits;
	clock: Clock;
	/** Something came from the model for the first time. */
	onFirstToken: () => void;
	signal: AbortSignal;
}

/** A model that does not keep to `num_predict` is cut at these: no tokenizer averages 8 characters a token. */
const CHARACTERS_PER_TOKEN_CAP = 8;
const CHUNKS_PER_TOKEN_CAP = 1.5;
const NANOSECONDS_PER_MS = 1e6;

/**
 * Yields texts and one `end`, and before and between them what is known of a wait. Leaving the loop or aborting the signal frees the host at once,
 * also before the headers.
 * @throws BotError `CANCELLED`, `TIMEOUT`, `MODEL_UNAVAILABLE` or `MODEL_REJECTED`.
 */
export async function* streamAnswer(call: ChatCall): AsyncGenerator<AnswerEvent, void, void> {
	const { clock, limits } = call;
	const deadlines = startDeadlines(clock, limits);
	const left = new AbortController();
	const signal = AbortSignal.any([call.signal, deadlines.signal, left.signal]);
	const notices = createNotices<WaitEvent>();
	const over = new AbortController();
	const cap = createCap(call.maxOutputTokens);
	let isWhole = false;
	try {
		if (signal.aborted) throw cancelled();
		watchWait({ ...call, deadlines, firstTokenMs: limits.firstTokenMs, note: notices.put, signal: over.signal });
		for await (const item of interleave(readLines(call, signal), notices)) {
			if (item.type !== 'line') {
				yield item;
				continue;
			}
			const { line } = item;
			if (!deadlines.hasStarted()) call.onFirstToken();
			deadlines.received();
			const { content, thinking } = wordsOf(line);
			if (content !== '') yield { type: 'text-delta', text: content };
			isWhole = line.done === true;
			const end = isWhole ? endOf(line) : cap.endAfter(content.length + thinking.length);
			if (end) {
				yield end;
				return;
			}
			deadlines.waiting();
		}
	} catch (error) {
		throw reasonOf(error, call, deadlines.signal);
	} finally {
		deadlines.stop();
		over.abort('over');
		// The library's own loop does not cancel when it is left. After a whole answer the connection is used again.
		if (!isWhole) left.abort();
	}
}

async function* readLines({ connect, body }: ChatCall, signal: AbortSignal): AsyncGenerator<{ type: 'line'; line: Line }, void, void> {
	for await (const line of await connect(signal).chat(body)) yield { type: 'line', line };
}

/** A line of a stream as servers really send it: Ollama itself, and what stands in its place and speaks its protocol. */
type Line = { [Key in keyof ChatResponse]?: unknown };

/** Lines come without content, with null in its place, or without a message: then nothing was said in them. */
function wordsOf({ message }: Line): { content: string; thinking: string } {
	const said: { content?: unknown; thinking?: unknown } = typeof message === 'object' && message !== null ? message : {};
	return { content: textOf(said.content), thinking: textOf(said.thinking) };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** Counts what came; null as long as that is plausible. */
function createCap(maxOutputTokens: number): { endAfter(characters: number): EndEvent | null } {
	let characters = 0;
	let chunks = 0;
	return {
		endAfter: (more) => {
			characters += more;
			chunks++;
			const isOver = characters > maxOutputTokens * CHARACTERS_PER_TOKEN_CAP || chunks > maxOutputTokens * CHUNKS_PER_TOKEN_CAP;
			return isOver ? { type: 'end', reason: 'length', usage: usageOf({}) } : null;
		},
	};
}

function endOf(part: Line): EndEvent {
	return { type: 'end', reason: part.done_reason === 'length' ? 'length' : 'stop', usage: usageOf(part) };
}

/** Ollama leaves out numbers that are zero. */
function usageOf(part: Line): ModelUsage {
	const timeOf = (value: unknown) => (typeof value === 'number' ? value / NANOSECONDS_PER_MS : null);
	return {
		promptTokens: countOf(part.prompt_eval_count),
		outputTokens: countOf(part.eval_count),
		loadMs: timeOf(part.load_duration),
		generateMs: timeOf(part.eval_duration),
	};
}

function countOf(value: unknown): number | null {
	return typeof value === 'number' ? value : null;
}

/** Who ended it is more telling than what the socket said about it. */
function reasonOf(error: unknown, call: ChatCall, expired: AbortSignal): BotError {
	if (call.signal.aborted) return cancelled();
	if (expired.aborted) return expired.reason as BotError;
	return toModelError(error, call.host);
}
