/** The HTTP server for whoever runs the program: health, readiness, metrics, a question of their own. Not for the outside: it names hosts, models and reasons. */

import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { CopyData } from '../database/copy-data.ts';
import type { Probe } from '../probe/probe.ts';
import { type AlertsRoute, addAlertsRoute } from './alerts-route.ts';
import { addBackupRoute } from './backup-route.ts';
import { createBoundedServer } from './bounded-server.ts';
import { addHealthRoutes } from './health-routes.ts';
import type { IntakeGate } from './intake.ts';
import { isLoopbackName } from './own-names.ts';
import { addProbeRoute } from './probe-route.ts';
import type { Readiness } from './readiness.ts';

export interface OperationsOptions {
	/** Where it will listen. On this machine alone it answers only under the names of this machine. */
	host: string;
	intake: Pick<IntakeGate, 'isOpen'>;
	registry: Registry;
	readiness: () => Promise<Readiness>;
	/** Brings gauges up to date before they are read. */
	beforeMetrics: () => Promise<void>;
	probe: Probe;
	copyData: CopyData;
	/** Null where none are told. */
	alerts: AlertsRoute | null;
}

export function createOperationsServer(options: OperationsOptions): FastifyInstance {
	const server = createBoundedServer();
	if (isLoopbackName(options.host)) {
		// A web page whose name was made to lead here would read along otherwise.
		server.addHook('onRequest', async (request, reply) => {
			if (!isLoopbackName(request.headers.host)) await reply.code(421).send();
		});
	}
	addHealthRoutes(server, options.intake);
	addProbeRoute(server, options.probe);
	addBackupRoute(server, options.copyData);
	if (options.alerts !== null) addAlertsRoute(server, options.alerts);
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
