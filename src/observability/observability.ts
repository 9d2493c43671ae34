/** The log, the metrics, and what the rooms report to both, put together. */

import type { Build } from '../build.ts';
import { systemClock } from '../clock.ts';
import { noTracer } from '../tracer.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import {
	createAlertsObserver,
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
import { createOtlpTracer } from './otlp-tracer.ts';

export type Observability = ReturnType<typeof createObservability>;

/** @param logLevel the least severe lines to write. @param endpoint of a collector of traces; null without one. */
export function createObservability(logLevel: string, { version, commit }: Build, endpoint: string | null = null) {
	const logger = createLogger(logLevel);
	const metrics = createMetrics();
	metrics.build.set({ version, commit }, 1);
	const onSent = (outcome: string, spans: number) => metrics.spans.inc({ outcome }, spans);
	const resource = { 'service.version': version };
	const traces = endpoint === null ? null : createOtlpTracer({ endpoint, resource, clock: systemClock, onSent });
	const tracer = traces ?? noTracer;
	const storeOutage = createOutageLog(logger, 'the database');
	return {
		logger,
		metrics,
		storeOutage,
		turns: createTurnObserver(metrics, logger),
		tools: createToolObserver(metrics, logger),
		jobs: createJobObserver(metrics, logger),
		ingest: createIngestObserver(metrics),
		/** Null where nothing is traced. */
		traces,
		tracer,
		models: createModelObserver(metrics, logger, tracer),
		database: createConnectionObserver(metrics),
		searched: createSearchObserver(metrics),
		alerts: createAlertsObserver(metrics),
		dataAsked: createDataObserver(metrics),
		events: createEventObserver(metrics, logger, storeOutage),
		pacerOf: (platform: string) => createPacerObserver(metrics, logger, platform),
		limitRefused: (limit: string) => metrics.refusals.inc({ limit }),
	};
}
