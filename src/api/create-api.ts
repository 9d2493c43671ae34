/** The API of the web, put together on the server of the program. */

import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './contract/openapi.ts';
import { allRoutes, readApiDocument } from './contract/routes.ts';
import { createGate, type GateDependencies } from './gate.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { messageRoutes } from './routes/messages.ts';
import { peopleRoutes } from './routes/people.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { usageRoutes } from './routes/usage.ts';
import { type ServingDependencies, serve, serveRoutes } from './serve.ts';

export interface ApiDependencies extends GateDependencies, Omit<ServingDependencies, 'gate'> {
	/** Of the program. */
	version: string;
}

/** Before the server listens. */
export function addApi(server: FastifyInstance, deps: ApiDependencies): void {
	const gate = createGate(deps);
	const document = openApiDocument(allRoutes, deps.version);
	const routes = [
		...signInRoutes(gate),
		...peopleRoutes(gate, deps),
		...conversationRoutes,
		...messageRoutes,
		...usageRoutes,
		serve(readApiDocument, async () => document as { openapi: string }),
	];
	void server.register((scope, _options, done) => {
		serveRoutes(scope, routes, { ...deps, gate });
		done();
	});
}
