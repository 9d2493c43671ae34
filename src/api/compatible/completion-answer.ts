/** How an OpenAI client is answered: in pieces as they come, or in one. */

import type { FastifyReply } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { ProgramAnswer, ProgramReader } from '../../conversation/program-turn.ts';
import { over, pause } from '../../waiting.ts';
import { livePace } from '../contract/live-pace.ts';
import { type CompatibleError, errorBody, errorHeaders } from './refusal.ts';

export interface CompletionAnswer extends ProgramReader {
	/** It is whole, or as far as it came. */
	end(answer: Pick<ProgramAnswer, 'isCut' | 'usage'>): void;
	fail(error: CompatibleError): void;
	/** The client has gone. */
	readonly gone: AbortSignal;
}

/** What stands in every answer. */
export interface CompletionNames {
	id: string;
	/** As the client named it. */
	model: string;
	/** Seconds since 1970. */
	created: number;
}

const fingerprint = null;

/** At most so long does a client that takes nothing keep what is left of an answer. */
const patienceMs = 60_000;

/** Nothing is sent before the queue has taken the question: until then a refusal has a status of its own. */
export function streamCompletion(
	reply: FastifyReply,
	names: CompletionNames,
	{ includesUsage, clock }: { includesUsage: boolean; clock: Clock },
): CompletionAnswer {
	const response = reply.raw;
	const gone = goneSignal(reply);
	const ended = new AbortController();
	let isBegun = false;

	const send = (data: object | '[DONE]') => write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
	const chunk = (choices: object[], more: object = {}) =>
		send({ ...headOf(names), object: 'chat.completion.chunk', choices, ...(includesUsage ? { usage: null } : {}), ...more });
	const choice = (delta: object, reason: string | null = null) => [{ index: 0, delta, logprobs: null, finish_reason: reason }];

	function write(frame: string): void {
		if (!gone.aborted) response.write(frame);
	}

	function begin(): void {
		if (isBegun) return;
		isBegun = true;
		reply.hijack();
		response.writeHead(200, {
			...(reply.getHeaders() as Record<string, string>),
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store, no-transform',
			// nginx would keep all of it to itself until the end.
			'x-accel-buffering': 'no',
		});
		response.socket?.setNoDelay(true);
		chunk(choice({ role: 'assistant', content: '' }));
		void beat();
	}

	/** Whatever stands between sees that the line is in use. */
	async function beat(): Promise<void> {
		const until = AbortSignal.any([gone, ended.signal]);
		while (!until.aborted) {
			await pause(clock, livePace.heartbeatMs, until);
			if (!until.aborted) write(': still here\n\n');
		}
	}

	function close(): void {
		ended.abort(over);
		response.end();
		response.setTimeout(patienceMs, () => void response.destroy());
	}

	return {
		gone,
		taken: begin,
		say(text) {
			begin();
			chunk(choice({ content: text }));
		},
		wait(sentence) {
			begin();
			write(`: ${sentence.replaceAll(/\s+/g, ' ')}\n\n`);
		},
		end({ isCut, usage }) {
			begin();
			chunk(choice({}, isCut ? 'length' : 'stop'));
			if (includesUsage) chunk([], { usage: usageOf(usage) });
			send('[DONE]');
			close();
		},
		fail(error) {
			if (!isBegun) return void sendError(reply, error);
			// A stream that only ends counts as complete.
			send(errorBody(error));
			close();
		},
	};
}

export function wholeCompletion(reply: FastifyReply, names: CompletionNames): CompletionAnswer {
	let content = '';
	return {
		gone: goneSignal(reply),
		taken: () => {},
		say(text) {
			content += text;
		},
		wait: () => {},
		end({ isCut, usage }) {
			const message = { role: 'assistant', content, refusal: null };
			const choices = [{ index: 0, message, logprobs: null, finish_reason: isCut ? 'length' : 'stop' }];
			sendJson(reply, { ...headOf(names), object: 'chat.completion', choices, usage: usageOf(usage) });
		},
		fail: (error) => void sendError(reply, error),
	};
}

export function sendError(reply: FastifyReply, error: CompatibleError): FastifyReply {
	return sendJson(reply.code(error.status).headers(errorHeaders(error)), errorBody(error));
}

export function sendJson(reply: FastifyReply, body: object): FastifyReply {
	return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function headOf({ id, model, created }: CompletionNames) {
	return { id, created, model, system_fingerprint: fingerprint };
}

function usageOf({ promptTokens, outputTokens }: ProgramAnswer['usage']) {
	return { prompt_tokens: promptTokens, completion_tokens: outputTokens, total_tokens: promptTokens + outputTokens };
}

function goneSignal({ raw }: FastifyReply): AbortSignal {
	const gone = new AbortController();
	raw.once('close', () => gone.abort());
	return gone.signal;
}
