/** The log, the metrics, and what the rooms report to both, put together. */

import type { Build } from '../build.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import {
	createConnectionObserver,
	createDataObserver,
	createEventObserver,
	createIngestObserver,
	createJobObserver,
	createModelObserver,
	createOutageLog,
	createPacerObserver,
	createSearchObserver,
	createToolObserver,
	createTurnObserver,
} from './observers.ts';

export type Observability = ReturnType<typeof createObservability>;

/** @param logLevel the least severe lines to write. */
export function createObservability(logLevel: string, { version, commit }: Build) {
	const logger = createLogger(logLevel);
	const metrics = createMetrics();
	metrics.build.set({ version, commit }, 1);
	const storeOutage = createOutageLog(logger, 'the database');
	return {
		logger,
		metrics,
		storeOutage,
		turns: createTurnObserver(metrics, logger),
		tools: createToolObserver(metrics, logger),
		jobs: createJobObserver(metrics, logger),
		ingest: createIngestObserver(metrics),
		models: createModelObserver(metrics, logger),
		database: createConnectionObserver(metrics),
		searched: createSearchObserver(metrics),
		dataAsked: createDataObserver(metrics),
		events: createEventObserver(metrics, logger, storeOutage),
		pacerOf: (platform: string) => createPacerObserver(metrics, logger, platform),
		limitRefused: (limit: string) => metrics.refusals.inc({ limit }),
	};
}
