/** A web server that gives fixed answers, for what no emulator would ever say. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Reply {
	status?: number;
	/** An object is sent as JSON, text as a page. */
	body: unknown;
}

/** @param replies By method and path, such as `GET /readyz`; anything else is answered with 404. @returns its origin. */
export async function startStub(replies: Readonly<Record<string, Reply>>): Promise<string> {
	const server = createServer((request, response) => {
		const reply = replies[`${request.method} ${request.url?.split('?')[0]}`] ?? { status: 404, body: { error: 'not found' } };
		const isText = typeof reply.body === 'string';
		response.writeHead(reply.status ?? 200, { 'content-type': isText ? 'text/html' : 'application/json' });
		response.end(isText ? reply.body : JSON.stringify(reply.body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @returns an origin where nobody listens any more. */
export async function nowhere(): Promise<string> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return `http://127.0.0.1:${port}`;
}

export const patience = () => AbortSignal.timeout(10_000);
