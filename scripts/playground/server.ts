/** The playground's own HTTP server: the page, its actions and live view, and the bot's health and metrics passed through. */

import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Actions } from './api.ts';
import type { LiveStreams } from './live-streams.ts';
import { refusalOf } from './own-page.ts';
import type { SampleFile } from './samples.ts';
import type { Person } from './wire.ts';

export interface PlaygroundServerOptions {
	/** Where it will listen. */
	host: string;
	pageFolder: string;
	/** Where the bot tells how it is. */
	operationsUrl: string;
	people: readonly Person[];
	samples: readonly SampleFile[];
	actions: Actions;
	live: LiveStreams;
}

interface PageFile {
	type: string;
	body: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
};
/** No other page may show this one within itself and have people click there. */
const neverFramed = { 'content-security-policy': "frame-ancestors 'none'" };
const passedThrough = new Set(['/healthz', '/readyz', '/metrics']);
/** A file of 5 MB as base64, with something to spare. */
const bodyLimitBytes = 8 * 1024 * 1024;
const botAnswerLimitMs = 5_000;

/** Creates the server; it listens when told to. Only files that were built and samples are ever served, by their exact names. */
export async function createPlaygroundServer(options: PlaygroundServerOptions): Promise<Server> {
	const samples = options.samples.map(({ path, mimetype, content }): [string, PageFile] => [path, { type: mimetype, body: content }]);
	const files = new Map([...(await readPage(options.pageFolder)), ...samples]);
	return createServer((request, response) => {
		answer(options, files, request, response).catch((error: unknown) => {
			console.error(error);
			sendJson(response, 500, { error: 'internal' });
		});
	});
}

async function answer(
	options: PlaygroundServerOptions,
	files: Map<string, PageFile>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { pathname, searchParams } = urlOf(request);
	const refusal = refusalOf(request.headers, options.host, pathname.startsWith('/api/'));
	if (refusal !== null) return sendJson(response, refusal.status, { error: refusal.error });
	if (request.method === 'POST' && pathname.startsWith('/api/'))
		return runAction(options.actions, pathname.slice('/api/'.length), request, response);
	if (request.method !== 'GET') return sendJson(response, 405, { error: 'method not allowed' });
	if (pathname === '/api/live') {
		const asked = options.people.find(({ id }) => id === searchParams.get('as'));
		return options.live.open((asked ?? greeter(options.people, request)).id, response);
	}
	if (passedThrough.has(pathname)) return passThrough(`${options.operationsUrl}${pathname}`, response);
	const file = files.get(pathname === '/' ? '/index.html' : pathname);
	if (file === undefined) return sendJson(response, 404, { error: 'not found' });
	response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store', ...neverFramed });
	response.end(file.body);
}

/** An address that is none, such as `//`, is nobody's file. */
function urlOf({ url = '/' }: IncomingMessage): URL {
	const base = 'http://playground';
	return URL.canParse(url, base) ? new URL(url, base) : new URL('/-', base);
}

/** The first person who speaks the visitor's language. */
function greeter(people: readonly Person[], request: IncomingMessage): Person {
	const language = request.headers['accept-language']?.toLowerCase().startsWith('es') ? 'es' : 'en';
	const [first] = people;
	const found = people.find(({ locale }) => locale.startsWith(language)) ?? first;
	if (found === undefined) throw new Error('the workspace has no people');
	return found;
}

async function runAction(actions: Actions, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	// Second to what `refusalOf` says: pages of other sites cannot send JSON without asking first, and we never say yes.
	if (request.headers['content-type'] !== 'application/json') return sendJson(response, 415, { error: 'send JSON' });
	const body = await readJson(request);
	if (body === undefined) return sendJson(response, 400, { error: 'not JSON, or too long' });
	const { status, answer: result } = await actions(name, body);
	sendJson(response, status, result);
}

/** Undefined when it is too long or not JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
	const parts: Buffer[] = [];
	let sizeBytes = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		sizeBytes += part.length;
		if (sizeBytes > bodyLimitBytes) return undefined;
		parts.push(part);
	}
	try {
		return JSON.parse(Buffer.concat(parts).toString());
	} catch {
		return undefined;
	}
}

async function passThrough(url: string, response: ServerResponse): Promise<void> {
	try {
		const answered = await fetch(url, { signal: AbortSignal.timeout(botAnswerLimitMs) });
		response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' });
		response.end(Buffer.from(await answered.arrayBuffer()));
	} catch {
		sendJson(response, 502, { error: 'the bot does not answer' });
	}
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	if (response.headersSent) return void response.end();
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
	response.end(JSON.stringify(body));
}

async function readPage(folder: string): Promise<Map<string, PageFile>> {
	const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
	const read = async (path: string): Promise<[string, PageFile]> => [
		path.slice(folder.length),
		{ type: types[extname(path)] ?? 'application/octet-stream', body: await readFile(path) },
	];
	return new Map(await Promise.all(entries.map((entry) => read(join(entry.parentPath, entry.name)))));
}
