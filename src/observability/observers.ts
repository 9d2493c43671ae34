/** What the stages report, turned into metrics and log lines. */

import type { AlertsObserver } from '../alerts/alerts.ts';
import type { ConnectorsDependencies } from '../connectors/create-connectors.ts';
import { isUnshown } from '../conversation/endings.ts';
import type { TurnObserver } from '../conversation/turn-times.ts';
import type { ConnectionObserver } from '../database/connections.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { EventObserver } from '../events/create-events.ts';
import type { JobWorkerDependencies } from '../jobs/worker.ts';
import type { KnowledgeDependencies } from '../knowledge/create-knowledge.ts';
import type { IngestObserver } from '../knowledge/ingest/observer.ts';
import type { Logger } from '../log.ts';
import type { ModelObserver } from '../models/settings.ts';
import type { PacerObserver } from '../pacing/pacer.ts';
import type { ChatEvent } from '../platform/chat-event.ts';
import { conversationKey } from '../platform/place.ts';
import { createRareLines } from '../rare-lines.ts';
import type { ToolObserver } from '../tools/tools.ts';
import { noTracer, type Tracer } from '../tracer.ts';
import type { Metrics } from './metrics.ts';

/** The fields that every line about an event carries. */
export function eventFields(event: ChatEvent): Record<string, string> {
	return {
		eventId: event.key,
		eventType: event.type,
		platform: event.platform,
		tenantId: event.tenantId,
		...(event.place === null ? {} : { conversationId: conversationKey(event.place) }),
	};
}

export function createTurnObserver(metrics: Metrics, logger: Logger): TurnObserver {
	const moments = { sign: metrics.timeToSign, 'first-text': metrics.timeToFirstText, 'final-text': metrics.timeToFinalText };
	return {
		moment: (platform, moment, durationMs) => moments[moment].observe({ platform }, durationMs / 1_000),
		ended(platform, ending, facts, error) {
			metrics.replies.inc({ platform, outcome: ending, code: error?.code ?? 'none' });
			metrics.citations.inc({ outcome: 'supported' }, facts.supportedMarks ?? 0);
			metrics.citations.inc({ outcome: 'unsupported' }, facts.unsupportedMarks ?? 0);
			metrics.citations.inc({ outcome: 'unknown' }, facts.unknownMarks ?? 0);
			if (error?.reason === 'in-flight') metrics.refusals.inc({ limit: 'repliesInFlight' });
			if (isUnshown(ending)) metrics.undelivered.inc({ platform, reason: error?.reason ?? 'unknown' });
			if (error === null) return;
			const line = isUnshown(ending) ? 'an answer could not be shown' : 'an answer did not come to its end';
			logger.warn({ err: error, platform, ending, reason: error.reason, model: facts.model, host: facts.host }, line);
		},
		storeFailed: (error) => logger.error({ err: toBotError(error) }, 'an answer could not be stored before it was shown'),
		delivery: (platform) => ({
			updated: () => metrics.updates.inc({ platform }),
			detoured: (reason) => {
				metrics.detour(platform, reason);
				logger.info({ platform, reason }, 'a reply takes another road');
			},
		}),
	};
}

export function createToolObserver(metrics: Metrics, logger: Logger): ToolObserver {
	return {
		called(tool, durationMs, error) {
			metrics.toolCalls.inc({ tool, code: error?.code ?? 'none' });
			// What it says of the error is for the model, and may hold what a person wrote.
			const fields = { tool, durationMs, code: error?.code, reason: error?.reason };
			if (error?.code === 'INTERNAL') logger.error({ ...fields, err: error.cause }, 'a tool failed');
			else logger.info(fields, 'a tool was called');
		},
	};
}

export function createJobObserver(metrics: Metrics, logger: Logger): JobWorkerDependencies['onEnd'] {
	return ({ id, name, attempt }, { outcome, error }, durationMs) => {
		metrics.jobTries.inc({ kind: name, outcome });
		const fields = { job: name, jobId: id, attempt, outcome, durationMs, ...(error === null ? {} : { err: error }) };
		if (outcome === 'failed') logger.error(fields, 'a job failed for good');
		else if (error !== null) logger.warn(fields, 'a job failed and will be tried again');
		else logger.info(fields, 'a job ended');
	};
}

export function createIngestObserver(metrics: Metrics): IngestObserver {
	return {
		stage: (stage, durationMs) => metrics.ingestStage.observe({ stage }, durationMs / 1_000),
		indexed: () => metrics.documents.inc({ outcome: 'indexed' }),
		declined: (reason) => metrics.documents.inc({ outcome: reason }),
		embedded: (passages) => metrics.embedded.inc(passages),
		reconciled: (outcome) => metrics.reconciled.inc({ outcome }),
	};
}

export function createModelObserver(metrics: Metrics, logger: Logger, tracer: Pick<Tracer, 'note'> = noTracer): ModelObserver {
	return {
		admitted(waitedMs) {
			metrics.queueWait.observe(waitedMs / 1_000);
			tracer.note('got a slot', { 'queue.wait_ms': waitedMs });
		},
		firstToken({ model, host }, waitedMs) {
			metrics.firstToken.observe({ model, host }, waitedMs / 1_000);
			tracer.note('first token', { model, host });
		},
		answered({ model, host }, { outputTokens, tokensPerSecond }) {
			metrics.tokens.inc({ model, host }, outputTokens ?? 0);
			if (tokensPerSecond !== null) metrics.tokensPerSecond.observe({ model, host }, tokensPerSecond);
		},
		failedOver({ model, host }, reason) {
			metrics.failovers.inc({ model, host });
			tracer.note('another host', { model, host });
			logger.warn({ model, host, reason }, 'a model host failed before the first word; another one is asked');
		},
	};
}

export function createConnectionObserver(metrics: Metrics): ConnectionObserver {
	return {
		changed({ taken, limit, waiting }) {
			metrics.connections.set({ state: 'taken' }, taken);
			metrics.connections.set({ state: 'limit' }, limit);
			metrics.connectionWaiters.set(waiting);
		},
		waited: (durationMs) => metrics.connectionWait.observe(durationMs / 1_000),
		used: (durationMs) => metrics.connectionUse.observe(durationMs / 1_000),
	};
}

export function createSearchObserver(metrics: Metrics): NonNullable<KnowledgeDependencies['onSearched']> {
	return ({ isByWordsAlone, isRelevant }, durationMs) =>
		metrics.retrieval.observe({ by: isByWordsAlone ? 'words' : 'vectors', outcome: isRelevant ? 'found' : 'below' }, durationMs / 1_000);
}

export function createDataObserver(metrics: Metrics): NonNullable<ConnectorsDependencies['onRecorded']> {
	return ({ connector, decision, answer }) => {
		metrics.dataQuestions.inc({ connector, outcome: decision });
		if (answer !== null) metrics.dataTime.observe({ connector }, answer.ranMs / 1_000);
	};
}

export function createAlertsObserver(metrics: Metrics): AlertsObserver {
	return {
		told: (outcome) => metrics.alertsTold.inc({ outcome }),
		heard: (at) => metrics.alertsHeard.set(at.getTime() / 1_000),
	};
}

export function createEventObserver(metrics: Metrics, logger: Logger, storeOutage: OutageLog): EventObserver {
	return {
		taken(event, result) {
			metrics.events.inc({ platform: event.platform, type: event.type, result });
			// Of what was stored lately the store is not asked.
			if (result !== 'duplicate') storeOutage.worked();
		},
		handled(event, outcome, durationMs) {
			metrics.handled.inc({ platform: event.platform, type: event.type, outcome });
			logger.info({ ...eventFields(event), outcome, durationMs }, 'event handled');
		},
		rated: (rating) => metrics.feedback.inc({ rating }),
		failed: (event, error, isLast) => logger.error({ ...eventFields(event), err: error, isLast }, 'an event could not be handled'),
		untold: (event, error) => logger.error({ ...eventFields(event), err: error }, 'and its author could not be told'),
		storeFailed: storeOutage.failed,
	};
}

export function createPacerObserver(metrics: Metrics, logger: Logger, platform: string): PacerObserver {
	return {
		called(operation, waitedMs) {
			metrics.calls.inc({ platform, operation });
			metrics.callWait.observe({ platform }, waitedMs / 1_000);
		},
		limited(operation, pauseMs) {
			metrics.limited.inc({ platform, operation });
			metrics.limitedPause.inc({ platform, operation }, pauseMs / 1_000);
			logger.warn({ platform, operation }, 'the platform says that we call too often: our accounting was wrong');
		},
	};
}

/**
 * What an adapter could not take in, a line per platform and code in five seconds: anybody's request may find that a platform's keys cannot be
 * had. `more` counts what was held back before.
 */
export function createIntakeLog(logger: Logger, platform: string, now: () => number): (error: unknown) => void {
	const lines = createRareLines(now);
	return (error) => {
		const more = lines.next(toBotError(error).code);
		if (more !== null) logger.warn({ err: error, platform, more }, 'an event was not taken in');
	};
}

export interface OutageLog {
	failed(error: BotError): void;
	worked(): void;
}

/** Says once that something is away and once that it is back, however often it is tried. */
export function createOutageLog(logger: Logger, what: string): OutageLog {
	let isAway = false;
	return {
		failed(error) {
			if (!isAway) logger.error({ err: error }, `${what} is away`);
			isAway = true;
		},
		worked() {
			if (isAway) logger.info({}, `${what} is back`);
			isAway = false;
		},
	};
}
