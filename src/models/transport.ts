/** Gives out Ollama clients, one per request, so that one abort stops one request, before the headers too. */

import { Ollama } from 'ollama';
import { Agent, type Dispatcher, request } from 'undici';
import type { HostAddress } from './host-address.ts';
import { createStreamReaders, type OnRead, type StreamReader } from './stream-reader.ts';

/** Time to connect. A host in the same building answers in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;

/** Makes a client whose every call ends when the signal fires. `onRead` is told what its streams are about to give. */
export type Connect = (address: HostAddress, signal: AbortSignal, onRead?: OnRead) => Ollama;

export interface Transport {
	connect: Connect;
	/** Ends every connection. */
	close(): Promise<void>;
}

/** The time limits of the HTTP layer are off: a load or a long queue is silent for minutes, and the deadlines are our own. */
export function createTransport(): Transport {
	const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: CONNECT_TIMEOUT_MS } });
	const readStream = createStreamReaders();
	return {
		connect: (address, signal, onRead = () => {}) =>
			new Ollama({
				host: address.url,
				fetch: (input, init) => send({ agent, address, signal, readStream: (body) => readStream(body, onRead) }, String(input), init),
			}),
		close: () => agent.destroy(),
	};
}

interface SendParts {
	agent: Agent;
	readStream: (body: AsyncIterable<Uint8Array>) => StreamReader;
	address: HostAddress;
	signal: AbortSignal;
}

/**
 * What the library needs of `fetch`, over undici's plain request, which takes less CPU per token.
 * The library's own signal is left aside: nothing calls it.
 */
async function send({ agent, readStream, address, signal }: SendParts, url: string, init: RequestInit = {}): Promise<Response> {
	const credentials = address.authorization ? { Authorization: address.authorization } : {};
	const open = () =>
		request(url, {
			dispatcher: agent,
			method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
			headers: { ...(init.headers as Record<string, string>), ...credentials },
			body: typeof init.body === 'string' ? init.body : null,
			signal,
		});
	const answer = await open().catch((error: unknown) => {
		if (signal.aborted || !wasClosed(error)) throw error;
		return open();
	});
	if (answer.statusCode !== 200) return refusal(answer.statusCode, await answer.body.text());
	const isStream = String(answer.headers['content-type']).includes('ndjson');
	return isStream ? streamResponse(readStream(answer.body)) : new Response(await answer.body.text());
}

/**
 * A connection that was kept from an earlier request and closed at the other end meanwhile fails the next request before any answer, though
 * nothing is wrong with the host: one more try then takes a new connection.
 */
function wasClosed(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : '';
	return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Always JSON: for anything else the library writes to the console and takes the whole page as the message. */
function refusal(status: number, text: string): Response {
	return Response.json({ error: errorText(text) }, { status });
}

function errorText(text: string): string {
	try {
		const { error } = JSON.parse(text) as { error?: unknown };
		return typeof error === 'string' ? error : '';
	} catch {
		return '';
	}
}

/** Of a stream the library reads the body only, by its reader; a real web stream would cost another tenth of the CPU per token. */
function streamResponse(reader: StreamReader): Response {
	return { ok: true, status: 200, body: { getReader: () => reader } } as unknown as Response;
}
