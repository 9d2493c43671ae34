/** The HTTP side of the emulator: Web API calls, response_urls and file downloads. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { readArguments } from './arguments.ts';
import type { Core } from './core.ts';
import type { Faults } from './faults.ts';
import { answerResponseUrl } from './response-url.ts';
import { type Json, type RecordedCall, SlackFailure } from './types.ts';
import type { WebApi } from './web-api.ts';

export interface ServerSettings {
	core: Core;
	api: WebApi;
	calls: RecordedCall[];
	faults: Pick<Faults, 'take'>;
}

/** Far above any message, small enough to notice a runaway. */
const bodyLimitBytes = 4 * 1024 * 1024;

/** Creates the request handler. Never rejects: a mistake in the emulator is answered with HTTP 500 and its message. */
export function createRequestHandler(settings: ServerSettings): (request: IncomingMessage, response: ServerResponse) => void {
	return (request, response) => {
		route(settings, request, response).catch((error: unknown) => {
			if (!response.headersSent) answerJson(response, 500, { ok: false, error: 'fatal_error', emulator: String(error) });
		});
	};
}

async function route(settings: ServerSettings, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname } = new URL(request.url ?? '/', settings.core.identity.url);
	if (pathname.startsWith('/files-pri/')) return download(settings, pathname, request, response);
	const bytes = await readBytes(request);
	if (pathname.startsWith('/upload/')) return upload(settings.core, pathname.slice('/upload/'.length), bytes, response);
	const body = bytes.toString();
	if (pathname.startsWith('/response/')) return respond(settings, pathname, request, body, response);
	if (pathname.startsWith('/api/')) return call(settings, pathname.slice('/api/'.length), request, body, response);
	answerJson(response, 404, { ok: false, error: 'not_found' });
}

async function call(
	{ api, core }: ServerSettings,
	method: string,
	request: IncomingMessage,
	body: string,
	response: ServerResponse,
): Promise<void> {
	const { authorization, 'content-type': contentType = '' } = request.headers;
	const answer = await api.handle({ method, authorization, contentType, body });
	if (answer === 'reset') return void request.socket.destroy();
	if (answer === 'hang') return;
	if (answer.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(answer.retryAfterSeconds));
	response.setHeader('x-oauth-scopes', core.scopes().join(','));
	answerJson(response, answer.status, answer.body);
}

function respond(settings: ServerSettings, path: string, request: IncomingMessage, body: string, response: ServerResponse): void {
	const { core, calls } = settings;
	const record: RecordedCall = { method: 'response_url', arguments: {}, atMs: core.now(), answeredAtMs: null, httpStatus: 200 };
	calls.push(record);
	try {
		record.arguments = readArguments(request.headers['content-type'] ?? '', body);
		answerResponseUrl(core, path, record.arguments);
	} catch (error) {
		if (!(error instanceof SlackFailure)) throw error;
		record.error = error.error;
		record.httpStatus = error.error.endsWith('_url') ? 404 : 500;
	}
	record.answeredAtMs = core.now();
	answerJson(response, record.httpStatus ?? 500, record.error === undefined ? { ok: true } : { ok: false, error: record.error });
}

/** By which a fault names a download: `hang` stops it in the middle and records it like a call, of which there is no answer; all others are 503. */
const downloading = 'file download';

/** Without a good token Slack answers 200 with its login page, not an error. */
function download({ core, calls, faults }: ServerSettings, path: string, request: IncomingMessage, response: ServerResponse): void {
	const id = path.split('/')[2]?.split('-')[1] ?? '';
	const file = core.workspace.file(id);
	const allowed = request.headers.authorization === `Bearer ${core.identity.botToken}`;
	if (!allowed || file === undefined || !core.workspace.channel(file.channel)?.botIsMember) {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
		return void response.end(
			'<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to your workspace</body></html>',
		);
	}
	const fault = faults.take(downloading);
	if (fault !== undefined && fault.kind !== 'hang') return void response.writeHead(503).end();
	response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.content.length });
	if (fault === undefined) return void response.end(file.content);
	response.write(file.content.subarray(0, file.content.length / 2));
	calls.push({ method: downloading, arguments: { file: id }, atMs: core.now(), answeredAtMs: null, httpStatus: 200 });
}

/** The address is the key: whoever has it may send, and no token is looked at. */
function upload(core: Core, id: string, content: Buffer, response: ServerResponse): void {
	const isTaken = core.uploads.receive(id, content);
	response.writeHead(isTaken ? 200 : 400, { 'content-type': 'text/plain' });
	response.end(isTaken ? `OK - ${content.length}` : 'upload failed');
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	let sizeBytes = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		sizeBytes += part.length;
		if (sizeBytes > bodyLimitBytes) throw new RangeError('body too large');
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function answerJson(response: ServerResponse, status: number, body: Json): void {
	const text = JSON.stringify(body);
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
	response.end(text);
}
