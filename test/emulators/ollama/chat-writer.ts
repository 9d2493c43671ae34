/** Writes one chat answer as NDJSON, token by token, with the headers only before the first one, and breaks it as ordered. */

import type { Socket } from 'node:net';
import { type Exchange, recordedNow } from './exchange.ts';
import type { PumpedStream } from './pump.ts';
import type { AnswerScript, Failure } from './types.ts';

const DEFAULT_AFTER_TOKENS = 3;

export interface WriterSettings {
	exchange: Exchange;
	model: string;
	script: AnswerScript;
	failure: Failure | undefined;
	tokensPerSecond: number;
	splitWrites: boolean;
	/** The numbers of the last line. */
	counts: () => Record<string, number>;
}

/** A stream for the pump. It is over when the answer is, when it was broken, or when the client hung up. */
export function createChatWriter(settings: WriterSettings): PumpedStream {
	const { exchange, script, failure } = settings;
	const { response, record } = exchange;
	const thinking = script.thinking ?? [];
	const total = thinking.length + script.tokens.length;
	const breakAt = breaksInside(failure) ? Math.min(failure?.afterTokens ?? DEFAULT_AFTER_TOKENS, total) : Number.POSITIVE_INFINITY;
	const isEndless = failure?.kind === 'endless';
	const chunkTokens = script.chunkTokens ?? 1;
	let next = 0;

	const writeTokens = (until: number): void => {
		while (next < until) {
			const end = isEndless ? next + 1 : chunkEnd(next, Math.min(next + chunkTokens, until), thinking.length);
			write(settings, tokenLine(settings, next, end));
			markTokens(exchange, end - next);
			if (next === 0) for (const odd of script.oddLines ?? []) write(settings, `${JSON.stringify(odd)}\n`);
			next = end;
		}
	};
	return {
		tokensPerSecond: settings.tokensPerSecond,
		isBlocked: () => response.writableNeedDrain,
		send: (count) => {
			if (response.destroyed) {
				record.tokensAfterHangUp += Math.min(count, total - next);
				return false;
			}
			const end = isEndless ? next + count : Math.min(next + count, total);
			// Several tokens to a line: nothing is sent before the line is full.
			const ready = end === total ? end : end - (end % chunkTokens);
			writeTokens(Math.min(ready, breakAt));
			if (next >= breakAt) return breakStream(settings, failure);
			if (isEndless || next < total) return true;
			finish(settings);
			return false;
		},
	};
}

function breaksInside(failure: Failure | undefined): boolean {
	return failure !== undefined && ['mid-stream-error', 'no-done', 'reset', 'stall-between-tokens'].includes(failure.kind);
}

/** A line holds thinking or content, never both. */
function chunkEnd(start: number, end: number, thinkingLength: number): number {
	return start < thinkingLength ? Math.min(end, thinkingLength) : end;
}

function tokenLine(settings: WriterSettings, start: number, end: number): string {
	const thinking = settings.script.thinking ?? [];
	const { tokens } = settings.script;
	if (start < thinking.length) return line(settings, { role: 'assistant', content: '', thinking: thinking.slice(start, end).join('') });
	if (settings.failure?.kind === 'endless') {
		return line(settings, { role: 'assistant', content: tokens[start % tokens.length] ?? 'again ' });
	}
	return line(settings, { role: 'assistant', content: tokens.slice(start - thinking.length, end - thinking.length).join('') });
}

function line(settings: WriterSettings, message: object): string {
	return `${JSON.stringify({ model: settings.model, created_at: new Date().toISOString(), message, done: false })}\n`;
}

function markTokens({ record }: Exchange, count: number): void {
	record.lastTokenAtMs = recordedNow();
	record.firstTokenAtMs ??= record.lastTokenAtMs;
	record.tokensSent += count;
}

/** False: the stream is over. A stall leaves the connection open. */
function breakStream(settings: WriterSettings, failure: Failure | undefined): boolean {
	const { response } = settings.exchange;
	if (failure?.kind === 'mid-stream-error') {
		startResponse(settings);
		response.end(`${JSON.stringify({ error: failure.message ?? 'an error was encountered while running the model' })}\n`);
		return false;
	}
	if (failure?.kind === 'no-done') {
		startResponse(settings);
		response.end();
		return false;
	}
	if (failure?.kind === 'reset') {
		const socket: Socket | null = response.socket;
		// After what was written has left.
		setImmediate(() => socket?.resetAndDestroy());
		return false;
	}
	return true;
}

function finish(settings: WriterSettings): void {
	const { script } = settings;
	if (script.toolCalls && script.toolCallsIn !== 'final') {
		write(settings, line(settings, { role: 'assistant', content: '', tool_calls: script.toolCalls }));
	}
	const last = {
		model: settings.model,
		created_at: new Date().toISOString(),
		message: { role: 'assistant', content: '', ...(script.toolCallsIn === 'final' ? { tool_calls: script.toolCalls } : {}) },
		done: true,
		done_reason: script.doneReason ?? 'stop',
		...settings.counts(),
	};
	startResponse(settings);
	settings.exchange.response.end(`${JSON.stringify(last)}\n`);
}

function startResponse({ exchange }: WriterSettings): void {
	if (!exchange.response.headersSent) exchange.response.writeHead(200, { 'content-type': 'application/x-ndjson' });
}

function write(settings: WriterSettings, text: string): void {
	const { response } = settings.exchange;
	startResponse(settings);
	if (!settings.splitWrites) {
		response.write(text);
		return;
	}
	const bytes = Buffer.from(text);
	const cut = splitPoint(bytes);
	response.write(bytes.subarray(0, cut));
	// Uncorked in between, so that the two halves leave in two segments.
	while (response.writableCorked > 0) response.uncork();
	response.write(bytes.subarray(cut));
}

/** Inside the first character of several bytes, else in the middle. */
function splitPoint(bytes: Buffer): number {
	const first = bytes.findIndex((byte) => byte >= 0x80);
	return first < 0 ? bytes.length >> 1 : first + 1;
}
