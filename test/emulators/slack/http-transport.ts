/** Deliveries over HTTP: signed POST requests, as the Events API, interactivity and slash commands send them. */

import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Answer, Envelope, Transport } from './transport.ts';
import type { Json } from './types.ts';

export interface Forgery {
	signature?: 'good' | 'bad' | 'missing';
	timestampOffsetSeconds?: number;
	contentType?: string;
}

export interface HttpTransport extends Transport {
	/** Posts any body to the events URL, signed well or badly. */
	forge(rawBody: string, forgery: Forgery): Promise<{ status: number | null; body: string; tookMs: number }>;
}

export interface HttpTransportSettings {
	url: (type: Envelope['type']) => string | undefined;
	signingSecret: string;
	ackTimeoutMs: number;
}

const formContentType = 'application/x-www-form-urlencoded';

/** Creates the transport; the URLs are asked for at each delivery. */
export function createHttpTransport(settings: HttpTransportSettings): HttpTransport {
	const closing = new AbortController();
	const post = (url: string, headers: Record<string, string>, body: string) =>
		postOnce(url, headers, body, AbortSignal.any([closing.signal, AbortSignal.timeout(settings.ackTimeoutMs)]));
	return {
		async send(envelope) {
			const url = settings.url(envelope.type);
			if (url === undefined) return { status: null, body: '', noRetry: false, failure: 'connection_failed' };
			const { contentType, body } = encode(envelope);
			const headers = {
				'content-type': contentType,
				...sign(settings.signingSecret, body),
				...(envelope.attempt > 0 && {
					'x-slack-retry-num': String(envelope.attempt),
					'x-slack-retry-reason': envelope.retryReason ?? 'unknown_error',
				}),
			};
			return post(url, headers, body);
		},
		async forge(rawBody, { signature = 'good', timestampOffsetSeconds = 0, contentType = 'application/json' }) {
			const url = settings.url('events_api');
			if (url === undefined) throw new TypeError('no events URL is set');
			const signed = sign(signature === 'bad' ? 'not the secret' : settings.signingSecret, rawBody, timestampOffsetSeconds);
			const startedAt = performance.now();
			const answer = await post(url, { 'content-type': contentType, ...(signature !== 'missing' && signed) }, rawBody);
			return { status: answer.status, body: answer.body, tookMs: performance.now() - startedAt };
		},
		close: () => closing.abort(),
	};
}

/** Signed with the real clock even when the emulator's own is moved by hand: the app compares with the real one. */
function sign(secret: string, body: string, offsetSeconds = 0): Record<string, string> {
	const timestamp = String(Math.floor(Date.now() / 1000) + offsetSeconds);
	const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
	return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

function encode({ type, payload }: Envelope): { contentType: string; body: string } {
	if (type === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) };
	const fields: Json = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
	return { contentType: formContentType, body: form.toString() };
}

function postOnce(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<Answer> {
	return new Promise((resolve) => {
		const fail = () => {
			const failure = signal.aborted ? 'http_timeout' : 'connection_failed';
			resolve({ status: null, body: '', noRetry: false, failure });
		};
		const outgoing = request(url, {
			method: 'POST',
			agent: false,
			signal,
			headers: { ...headers, 'content-length': Buffer.byteLength(body) },
		});
		outgoing.on('error', fail);
		outgoing.on('response', (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('error', fail);
			response.on('end', () => {
				const status = response.statusCode ?? 0;
				const acknowledged = status >= 200 && status < 300;
				const noRetry = response.headers['x-slack-no-retry'] === '1';
				resolve({ status, body: Buffer.concat(parts).toString(), noRetry, ...(!acknowledged && { failure: 'http_error' }) });
			});
		});
		outgoing.end(body);
	});
}
