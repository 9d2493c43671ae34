/** The HTTP side of the emulator: REST calls and the CDN. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Files } from './files.ts';
import type { ApiAnswer, RestApi } from './rest-api.ts';
import type { StoredFile } from './types.ts';

export interface ServerSettings {
	/** Origin of the emulator. */
	url: string;
	api: RestApi;
	files: Files;
}

/** Above the largest request of Discord, so that the API can refuse it itself. */
const bodyLimitBytes = 64 * 1024 * 1024;
/** How much of a slow file comes at once. */
const chunkBytes = 16 * 1024;

/** Creates the request handler. Never rejects: a mistake in the emulator is answered with HTTP 500 and its message. */
export function createRequestHandler(settings: ServerSettings): (request: IncomingMessage, response: ServerResponse) => void {
	return (request, response) => {
		route(settings, request, response).catch((error: unknown) => {
			if (response.headersSent) return void response.destroy();
			answer(response, { status: 500, headers: {}, body: { message: 'emulator', code: 0, emulator: String(error) } });
		});
	};
}

async function route({ url: origin, api, files }: ServerSettings, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', origin);
	if (url.pathname.startsWith('/attachments/')) return download(files.find(url), response);
	const path = /^\/api\/v10(\/.*)$/.exec(url.pathname)?.[1];
	const content = await readBody(request);
	if (path === undefined) return answer(response, { status: 404, headers: {}, body: { message: '404: Not Found', code: 0 } });
	const { authorization, 'content-type': contentType = '' } = request.headers;
	const below = new URL(`${path}${url.search}`, origin);
	const answered = await api.handle({ httpMethod: request.method ?? 'GET', url: below, authorization, contentType, content });
	if (answered === 'reset') return void request.socket.destroy();
	if (answered !== 'hang') answer(response, answered);
}

/** Addresses that are not signed or have expired are answered with 404 and a sentence. */
async function download(file: StoredFile | undefined, response: ServerResponse): Promise<void> {
	if (file === undefined) {
		response.writeHead(404, { 'content-type': 'text/plain;charset=UTF-8' });
		return void response.end('This content is no longer available.');
	}
	response.writeHead(200, { 'content-type': file.servedContentType, 'content-length': file.content.length });
	if (file.chunkDelayMs === 0) return void response.end(file.content);
	for (let start = 0; start < file.content.length && !response.destroyed; start += chunkBytes) {
		await wait(file.chunkDelayMs);
		response.write(file.content.subarray(start, start + chunkBytes));
	}
	response.end();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	let sizeBytes = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		sizeBytes += part.length;
		if (sizeBytes > bodyLimitBytes) throw new RangeError('body too large');
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function answer(response: ServerResponse, { status, headers, body }: Exclude<ApiAnswer, string>): void {
	if (body === undefined) return void response.writeHead(status, headers).end();
	const text = JSON.stringify(body);
	response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
	response.end(text);
}
