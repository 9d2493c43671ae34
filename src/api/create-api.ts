/** The API of the web, put together on the server of the program. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Readiness } from '../http/readiness.ts';
import { createAdministratorGate } from './administrator-gate.ts';
import { addCompatibleRoutes } from './compatible/routes.ts';
import { openApiDocument } from './contract/openapi.ts';
import { allRoutes, readApiDocument } from './contract/routes.ts';
import { createGate, type GateDependencies } from './gate.ts';
import { createLiveStreams } from './live/live-streams.ts';
import { addOpenIdRoutes } from './openid-routes.ts';
import { administrationRoutes } from './routes/administration.ts';
import { commandRoutes } from './routes/commands.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { fileRoutes } from './routes/files.ts';
import { liveRoutes } from './routes/live.ts';
import { messageRoutes } from './routes/messages.ts';
import { operatingRoutes } from './routes/operating.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { peopleRoutes } from './routes/people.ts';
import { rowRoutes } from './routes/rows.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { usageRoutes } from './routes/usage.ts';
import { type ServingDependencies, serve, serveRoutes } from './serve.ts';

export interface ApiDependencies extends GateDependencies, Omit<ServingDependencies, 'gate'> {
	clock: Clock;
	/** Of the program. */
	version: string;
	readiness: () => Promise<Readiness>;
}

/** Before the server listens. */
export function addApi(server: FastifyInstance, deps: ApiDependencies): void {
	const gate = createGate(deps);
	const streams = createLiveStreams(deps.clock);
	const requireAdministrator = createAdministratorGate(deps.now);
	const document = openApiDocument(allRoutes, deps.version);
	const routes = [
		...signInRoutes(gate),
		...passwordRoutes(gate, deps),
		...peopleRoutes(gate, deps),
		...tokenRoutes(deps),
		...conversationRoutes,
		...fileRoutes(deps),
		...messageRoutes,
		...commandRoutes,
		...rowRoutes,
		...liveRoutes(streams, deps),
		...usageRoutes,
		...administrationRoutes(requireAdministrator, deps),
		...operatingRoutes(requireAdministrator),
		serve(readApiDocument, async () => document as { openapi: string }),
	];
	// Whoever still reads is told before the server cuts their line.
	server.addHook('preClose', () => streams.close());
	void server.register((scope, _options, done) => {
		serveRoutes(scope, routes, { ...deps, gate });
		addOpenIdRoutes(scope, { ...deps, gate });
		done();
	});
	void server.register((scope, _options, done) => {
		addCompatibleRoutes(scope, { ...deps, gate });
		done();
	});
}
