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

/** An answer with a status other than 200, thrown by the handlers. */
export class HttpRefusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** Starts the record of a request and watches its connection. */
export function openExchange(request: IncomingMessage, response: ServerResponse, path: string): Exchange {
	const record: RecordedRequest = {
		path,
		body: null,
		authorization: request.headers.authorization ?? null,
		atMs: Date.now(),
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
			record.endedAtMs = Date.now();
			return;
		}
		record.hungUpAtMs = Date.now();
		hangUp.abort();
	});
	return { path, record, response, hungUp: hangUp.signal };
}

/** @throws HttpRefusal 400 for a body that is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	if (parts.length === 0) return null;
	try {
		return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
	} catch {
		throw new HttpRefusal(400, 'invalid character in request body');
	}
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
	if (response.destroyed) return;
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(body));
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
