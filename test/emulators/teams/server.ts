/** The HTTP side of the emulator: the main host, and the host of files. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { badSyntax } from './content.ts';
import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import { type EndpointParts, findEndpoint } from './endpoints.ts';
import type { Exchange } from './exchange.ts';
import { ServiceFailure } from './types.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** Far above any message, small enough to notice a runaway. */
const bodyLimitBytes = 4 * 1024 * 1024;

/** Creates the handler of the connector, the keys, the token endpoint and Graph. */
export function createMainHandler(parts: EndpointParts, exchange: Exchange): RequestHandler {
	return createHandler(exchange, (request) => findEndpoint(parts, request));
}

/** Creates the handler of the host of files. */
export function createFilesHandler(core: Core, exchange: Exchange): RequestHandler {
	const common = { audience: null, counted: '' } as const;
	return createHandler(exchange, (request) => {
		if (request.method === 'GET') return { ...common, operation: 'download', handle: () => download(core, request) };
		return request.method === 'PUT' ? { ...common, operation: 'upload', handle: () => upload(core, request) } : undefined;
	});
}

/** Never rejects: a mistake in the emulator is answered with HTTP 500 and its message. */
function createHandler(exchange: Exchange, find: (request: EndpointRequest) => Endpoint | undefined): RequestHandler {
	return (request, response) => {
		respond(exchange, find, request, response).catch((error: unknown) => {
			if (!response.headersSent) write(response, { status: 500, body: { error: { code: 'EmulatorMistake', message: String(error) } } });
		});
	};
}

async function respond(
	exchange: Exchange,
	find: (request: EndpointRequest) => Endpoint | undefined,
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const path = incoming.url ?? '/';
	const request = await readRequest(incoming, path);
	const endpoint = find(request);
	if (endpoint === undefined) return write(response, { status: 404, body: { error: { code: 'NotFound', message: 'No such address.' } } });
	const isUnreadable = request.text !== '' && request.body === undefined && endpoint.audience === 'connector';
	const handle = () => {
		throw badSyntax('The body is not JSON.');
	};
	const outcome = await exchange.carryOut(isUnreadable ? { ...endpoint, handle } : endpoint, request, path);
	if (outcome === 'reset') return void incoming.socket.destroy();
	if (outcome !== 'hang') write(response, outcome);
}

async function readRequest(incoming: IncomingMessage, path: string): Promise<EndpointRequest> {
	const { pathname, searchParams: query } = new URL(path, 'http://emulator');
	const bytes = await readBytes(incoming);
	const text = bytes.toString();
	return {
		method: incoming.method ?? 'GET',
		segments: pathname.split('/').filter(Boolean).map(decodeURIComponent),
		query,
		authorization: incoming.headers.authorization,
		bytes,
		text,
		contentRange: incoming.headers['content-range'],
		body: parse(text),
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function readBytes(incoming: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	let sizeBytes = 0;
	for await (const part of incoming as AsyncIterable<Buffer>) {
		sizeBytes += part.length;
		if (sizeBytes > bodyLimitBytes) throw new RangeError('body too large');
		parts.push(part);
	}
	return Buffer.concat(parts);
}

/** A pre-authenticated link and a token together are refused; so is the address of a file without a login. */
function download(core: Core, { query, authorization }: EndpointRequest): Result {
	const file = core.downloads.open(query.get('tempauth') ?? '');
	if (authorization !== undefined || file === undefined) throw new ServiceFailure(401, 'unauthenticated', 'Access denied.');
	const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
	return { status: 200, body: file.content, headers: { 'content-type': file.mimetype, 'content-disposition': disposition } };
}

/** The address opens itself: a token with it is refused here too. */
function upload(core: Core, { query, authorization, bytes, contentRange }: EndpointRequest): Result {
	if (authorization !== undefined) throw new ServiceFailure(401, 'unauthenticated', 'Access denied.');
	const { id, name } = core.uploads.put(query.get('tempauth') ?? '', bytes, contentRange);
	return { status: 201, body: { id, name, size: bytes.length } };
}

function write(response: ServerResponse, { status, body, headers = {} }: Result): void {
	const content = Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body);
	const type = body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json; charset=utf-8' };
	response.writeHead(status, { ...type, ...headers, 'content-length': Buffer.byteLength(content) });
	response.end(content);
}
