/** One HTTP request and its response: reading the body, answering in JSON, noticing that the client hung up. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedRequest } from './types.ts';

export interface Exchange {
	path: string;
	record: RecordedRequest;
	response: ServerResponse;
	/** Aborted when the client closes the connection before the end. */
	hungUp: AbortSignal;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer with a status other than 200, thrown by the handlers. */
export class HttpRefusal extends Error {
	readonly status: number;
	/** Ollama says the character set in most answers, and not in all. */
	readonly type: string;

	constructor(status: number, message: string, type = JSON_TYPE) {
		super(message);
		this.status = status;
		this.type = type;
	}
}

export function sendRefusal(response: ServerResponse, { status, message, type }: HttpRefusal): void {
	if (type === 'text/plain') sendText(response, status, message, type);
	else sendJson(response, status, { error: message }, type);
}

export function sendText(response: ServerResponse, status: number, text: string, type: string): void {
	if (response.destroyed) return;
	response.writeHead(status, { 'content-type': type });
	response.end(text);
}

/** Since 1970, by the clock of the emulated platforms: a step of the machine's own does not part the two. */
export function recordedNow(): number {
	return performance.timeOrigin + performance.now();
}

/** Starts the record of a request and watches its connection. */
export function openExchange(request: IncomingMessage, response: ServerResponse, path: string): Exchange {
	const record: RecordedRequest = {
		path,
		body: null,
		authorization: request.headers.authorization ?? null,
		atMs: recordedNow(),
		firstTokenAtMs: null,
		lastTokenAtMs: null,
		endedAtMs: null,
		hungUpAtMs: null,
		tokensSent: 0,
		tokensAfterHangUp: 0,
	};
	const hangUp = new AbortController();
	response.once('close', () => {
		if (response.writableFinished) {
			record.endedAtMs = recordedNow();
			return;
		}
		record.hungUpAtMs = recordedNow();
		hangUp.abort();
	});
	return { path, record, response, hungUp: hangUp.signal };
}

/** @throws HttpRefusal 400 for a body that is not JSON, or that is none where there must be one. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString('utf8');
	if (text === '' && request.method === 'POST') throw new HttpRefusal(400, 'missing request body');
	if (text === '') return null;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new HttpRefusal(400, text.trimEnd().endsWith('}') ? 'invalid character in request body' : 'unexpected EOF');
	}
}

export function sendJson(response: ServerResponse, status: number, body: unknown, type = JSON_TYPE): void {
	sendText(response, status, JSON.stringify(body), type);
}

/** Waits, or stops waiting when the client hangs up. Resolves either way: ask the signal. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
	if (durationMs <= 0 || signal.aborted) return Promise.resolve();
	return new Promise((resolve) => {
		const timer = setTimeout(finish, durationMs);
		signal.addEventListener('abort', finish, { once: true });
		function finish(): void {
			clearTimeout(timer);
			signal.removeEventListener('abort', finish);
			resolve();
		}
	});
}
