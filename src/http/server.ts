/** The one HTTP server: health, readiness, metrics; adapters add their own routes. */

import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Readiness } from './readiness.ts';

export interface HttpOptions {
	registry: Registry;
	readiness: () => Promise<Readiness>;
	/** Brings gauges up to date before they are read. */
	beforeMetrics: () => Promise<void>;
}

/** Slow clients may not hold connections for ever. */
const requestTimeoutMs = 15_000;

export function createHttpServer(options: HttpOptions): FastifyInstance {
	const server = Fastify({ logger: false, requestTimeout: requestTimeoutMs, forceCloseConnections: true });
	server.get('/healthz', async () => ({ status: 'alive' }));
	server.get('/readyz', async (_request, reply) => {
		const readiness = await options.readiness();
		return await reply.code(readiness.ready ? 200 : 503).send(readiness);
	});
	server.get('/metrics', async (_request, reply) => {
		await options.beforeMetrics();
		return await reply.type(options.registry.contentType).send(await options.registry.metrics());
	});
	return server;
}
