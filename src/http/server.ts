/** The HTTP server for the chat platforms: it says that it lives, and adapters add their own routes. */

import type { FastifyInstance } from 'fastify';
import { createBoundedServer, type HttpLimits } from './bounded-server.ts';

/** Everything else about the program is told by the operations server, which is nobody's business outside. */
export function createHttpServer(limits?: Readonly<HttpLimits>): FastifyInstance {
	const server = createBoundedServer(limits);
	server.get('/healthz', async () => ({ status: 'alive' }));
	return server;
}
