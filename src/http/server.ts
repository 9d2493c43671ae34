/** The HTTP server for the chat platforms: it says whether it lives and takes messages in, and adapters add their own routes. */

import type { FastifyInstance } from 'fastify';
import { createBoundedServer, type HttpLimits } from './bounded-server.ts';
import { addHealthRoutes } from './health-routes.ts';
import type { IntakeGate } from './intake.ts';

/** Everything else about the program is told by the operations server, which is nobody's business outside. */
export function createHttpServer(intake: Pick<IntakeGate, 'isOpen'>, limits?: Readonly<HttpLimits>): FastifyInstance {
	const server = createBoundedServer(limits);
	addHealthRoutes(server, intake);
	return server;
}
