/** An HTTP server that no client can hold up: limits in time, size and number, and answers that repeat nothing of what was sent. */

import { createServer, type Server } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { limitConnections } from './connections.ts';
import { leaveBodiesUnread } from './read-body.ts';
import { refuseClient } from './slow-requests.ts';

export interface HttpLimits {
	/** For the head of a request, from its connection or the request before it on. Less than `requestMs`: Node.js exchanges them if not. */
	headersMs: number;
	/** For all of a request, unless `allowMoreTime` is said of it. */
	requestMs: number;
	/** How often both are looked at: the most by which a slow client outlives them. */
	checkEveryMs: number;
	/** How long a connection may wait for its next request. */
	keepAliveMs: number;
	/** Beyond these, the connection that has waited longest for its client is closed. */
	connections: number;
}

/** Slack waits three seconds for an answer and Teams fifteen: whoever takes longer to ask is none of them. */
export const httpLimits: Readonly<HttpLimits> = {
	headersMs: 5_000,
	requestMs: 10_000,
	checkEveryMs: 1_000,
	// Longer than nginx keeps its own (60 s, "upstream keepalive_timeout"), so that no request meets a connection that is just being closed.
	keepAliveMs: 65_000,
	// Half of what a process may usually have open (1,024 files), and far more than a proxy needs.
	connections: 512,
};

/** A token of Teams has 1,500 characters, and proxies add a few lines. */
const headBytes = 16 * 1024;
const headLines = 100;
/** Then a client connects anew. */
const requestsPerConnection = 1_000;

/** No bodies are read but by routes that do it themselves, see `readBody`. */
export function createBoundedServer(limits: Readonly<HttpLimits> = httpLimits): FastifyInstance {
	const server = Fastify({
		logger: false,
		forceCloseConnections: true,
		serverFactory: (handle) => createLimited(limits, handle),
		clientErrorHandler: refuseClient,
		// An address that cannot be decoded; the framework's own answer repeats it.
		frameworkErrors: (_error, _request, reply) => void reply.raw.writeHead(400, { connection: 'close' }).end(),
	});
	leaveBodiesUnread(server);
	server.setErrorHandler((error: { statusCode?: number }, _request, reply) => reply.code(error.statusCode ?? 500).send());
	server.setNotFoundHandler((request, reply) => {
		if (!request.raw.complete) reply.header('connection', 'close');
		return reply.code(404).send();
	});
	return server;
}

function createLimited(limits: Readonly<HttpLimits>, handle: Parameters<typeof createServer>[1]): Server {
	const server = createServer(
		{
			headersTimeout: limits.headersMs,
			requestTimeout: limits.requestMs,
			connectionsCheckingInterval: limits.checkEveryMs,
			keepAliveTimeout: limits.keepAliveMs,
			maxHeaderSize: headBytes,
		},
		handle,
	);
	server.maxHeadersCount = headLines;
	server.maxRequestsPerSocket = requestsPerConnection;
	// Node.js would go on answering, with 503, for as long as somebody asks.
	server.on('dropRequest', (_request, socket) => socket.destroy());
	limitConnections(server, limits.connections);
	return server;
}
