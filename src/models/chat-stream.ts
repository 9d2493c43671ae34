/** One answer of one host as a stream of events: every limit, every way a stream breaks, and the end that an endless one needs. */

import type { ChatResponse, Ollama, ChatRequest as OllamaChatRequest } from 'ollama';
import type { Clock } from '../clock.ts';
import type { BotError } from '../errors.ts';
import { cancelled } from './admission.ts';
import { type StreamLimits, startDeadlines } from './deadlines.ts';
import { toModelError } from './model-errors.ts';
import type { ModelEvent, ModelUsage } from './model-pool.ts';
import { createNotices, interleave } from './notices.ts';
import type { OnRead } from './stream-reader.ts';
import { createToolCallReader, type ToolCallReader } from './tool-calls.ts';
import { type WaitEvent, type WaitWatchParts, watchWait } from './wait-watch.ts';

export type AnswerEvent = Extract<ModelEvent, { type: 'text-delta' | 'text-retracted' | 'tool-calls' | 'end' }> | WaitEvent;

type EndEvent = Extract<ModelEvent, { type: 'end' }>;

export interface ChatCall extends Pick<WaitWatchParts, 'place' | 'cause' | 'waitUntilMs'> {
	/** The host's address without credentials. */
	host: string;
	connect: (signal: AbortSignal, onRead: OnRead) => Ollama;
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
	const calls = createToolCallReader(call.body.tools !== undefined);
	let isWhole = false;
	try {
		if (signal.aborted) throw cancelled();
		watchWait({ ...call, deadlines, firstTokenMs: limits.firstTokenMs, note: notices.put, signal: over.signal });
		for await (const item of interleave(readLines(call, signal), notices)) {
			if (item.type !== 'lines') {
				yield item;
				continue;
			}
			if (!deadlines.hasStarted()) call.onFirstToken();
			deadlines.received();
			const { events, last, isOver } = readTogether(item.lines, cap, calls);
			isWhole = last?.done === true;
			yield* events;
			if (isOver) return;
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

/** What was read at once comes at once: each item costs its way through every stage up to the reply. */
async function* readLines({ connect, body }: ChatCall, signal: AbortSignal): AsyncGenerator<{ type: 'lines'; lines: Line[] }, void, void> {
	let lines: Line[] = [];
	let linesAhead = 0;
	const client = connect(signal, (count) => {
		linesAhead = count;
	});
	const take = () => {
		const taken = lines;
		lines = [];
		return { type: 'lines', lines: taken } as const;
	};
	try {
		for await (const line of await client.chat(body)) {
			lines.push(line);
			linesAhead--;
			if (linesAhead <= 0) yield take();
		}
	} catch (error) {
		if (lines.length > 0) yield take();
		throw error;
	}
	if (lines.length > 0) yield take();
}

interface ReadTogether {
	/** What some lines say, up to the one that ends the answer. */
	events: AnswerEvent[];
	last: Line | undefined;
	isOver: boolean;
}

function readTogether(lines: readonly Line[], cap: Cap, calls: ToolCallReader): ReadTogether {
	let text = '';
	for (const line of lines) {
		const { content, thinking, toolCalls } = partsOf(line);
		text += content;
		calls.read(toolCalls);
		const end = line.done === true ? endOf(line) : cap.endAfter(content.length + thinking.length);
		if (end) return { events: [...textEvents(text), ...calls.events(), end], last: line, isOver: true };
	}
	return { events: textEvents(text), last: lines.at(-1), isOver: false };
}

function textEvents(text: string): AnswerEvent[] {
	return text === '' ? [] : [{ type: 'text-delta', text }];
}

/** A line of a stream as servers really send it: Ollama itself, and what stands in its place and speaks its protocol. */
type Line = { [Key in keyof ChatResponse]?: unknown };

/** Lines come without content, with null in its place, or without a message: then nothing was said in them. */
function partsOf({ message }: Line): { content: string; thinking: string; toolCalls: unknown } {
	const said: { content?: unknown; thinking?: unknown; tool_calls?: unknown } =
		typeof message === 'object' && message !== null ? message : {};
	return { content: textOf(said.content), thinking: textOf(said.thinking), toolCalls: said.tool_calls };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

interface Cap {
	/** Counts what came; null as long as that is plausible. */
	endAfter(characters: number): EndEvent | null;
}

function createCap(maxOutputTokens: number): Cap {
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
