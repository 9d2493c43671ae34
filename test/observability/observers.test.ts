import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createMetrics } from '#src/observability/metrics.ts';
import {
	createConnectionObserver,
	createDataObserver,
	createEventObserver,
	createIntakeLog,
	createModelObserver,
	createOutageLog,
	createPacerObserver,
	createSearchObserver,
	createTurnObserver,
	eventFields,
} from '#src/observability/observers.ts';
import { messageEvent } from '#test/inbox/message-event.ts';
import { createLineLogger } from './line-logger.ts';

const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });

describe('an outage', () => {
	it('is told once when it begins and once when it ends, however often it is noticed', () => {
		const { logger, lines } = createLineLogger();
		const outage = createOutageLog(logger, 'the database');
		outage.worked();
		for (let time = 0; time < 5; time++) outage.failed(away);
		for (let time = 0; time < 5; time++) outage.worked();
		outage.failed(away);
		expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
			'error: the database is away',
			'info: the database is back',
			'error: the database is away',
		]);
	});
});

describe('what could not be taken in', () => {
	it('is told once in five seconds for each code, whoever asks a thousand times', () => {
		const { logger, lines } = createLineLogger();
		let nowMs = 0;
		const failed = createIntakeLog(logger, 'teams', () => nowMs);
		const keysAway = () => new BotError('PLATFORM_UNAVAILABLE', 'no keys', { retryable: true });
		for (let time = 0; time < 1_000; time++) failed(keysAway());
		failed(away);
		nowMs = 5_000;
		failed(keysAway());
		expect(lines.map(({ fields }) => fields)).toMatchObject([
			{ platform: 'teams', err: { code: 'PLATFORM_UNAVAILABLE' }, more: 0 },
			{ platform: 'teams', err: { code: 'STORE_UNAVAILABLE' }, more: 0 },
			{ platform: 'teams', err: { code: 'PLATFORM_UNAVAILABLE' }, more: 999 },
		]);
	});
});

describe('the fields of an event', () => {
	it('name it, and have nothing of what was said', () => {
		const fields = eventFields({ ...messageEvent('e1'), text: 'SECRET' });
		expect(fields).toEqual({
			eventId: 'e1',
			eventType: 'message-received',
			platform: 'slack',
			tenantId: 'T1',
			conversationId: 'slack:T1:C1:1.0',
		});
	});
});

describe('what is told of events', () => {
	const event = messageEvent('e1');

	it('is counted, and logged when they were handled', async () => {
		const { logger, lines } = createLineLogger();
		const metrics = createMetrics();
		const observer = createEventObserver(metrics, logger, createOutageLog(logger, 'the database'));
		observer.taken(event, 'new');
		observer.handled(event, 'completed', 20);
		observer.rated('up');
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_events_total{platform="slack",type="message-received",result="new"} 1');
		expect(text).toContain('openccb_events_handled_total{platform="slack",type="message-received",outcome="completed"} 1');
		expect(text).toContain('openccb_feedback_total{rating="up"} 1');
		expect(lines).toMatchObject([
			{ level: 'info', fields: { eventId: 'e1', outcome: 'completed', durationMs: 20 }, message: 'event handled' },
		]);
	});

	it('ends an outage only where the database was asked', () => {
		const { logger, lines } = createLineLogger();
		const outage = createOutageLog(logger, 'the database');
		const observer = createEventObserver(createMetrics(), logger, outage);
		observer.storeFailed(away);
		observer.taken(event, 'duplicate');
		expect(lines).toHaveLength(1);
		observer.taken(event, 'new');
		expect(lines.at(-1)?.message).toBe('the database is back');
	});
});

describe('what models report', () => {
	it('is counted by model and host, and logged when another host is asked', async () => {
		const { logger, lines } = createLineLogger();
		const metrics = createMetrics();
		const observer = createModelObserver(metrics, logger);
		const at = { model: 'm', host: 'h' };
		observer.admitted?.(3_000);
		observer.answered?.(at, { promptTokens: 1, outputTokens: 7, tokensPerSecond: null });
		observer.failedOver?.(at, 'timeout');
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_model_queue_wait_seconds_sum 3');
		expect(text).toContain('openccb_model_tokens_total{model="m",host="h"} 7');
		expect(text).toContain('openccb_model_failovers_total{model="m",host="h"} 1');
		expect(lines).toMatchObject([{ level: 'warn', fields: { ...at, reason: 'timeout' } }]);
	});
});

describe('what turns report', () => {
	it('is counted by how they ended, and logged when they failed', async () => {
		const { logger, lines } = createLineLogger();
		const metrics = createMetrics();
		const observer = createTurnObserver(metrics, logger);
		observer.ended('slack', 'answered', { supportedMarks: 2, unsupportedMarks: 1, unknownMarks: 0 }, null);
		observer.ended('slack', 'failed', { model: 'm', host: 'h' }, new BotError('TIMEOUT', 'late'));
		const unshown = new BotError('PLATFORM_REJECTED', 'an answer could not be shown', { reason: 'may-not-post' });
		observer.ended('slack', 'undelivered', {}, unshown);
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_citation_marks_total{outcome="supported"} 2');
		expect(text).toContain('openccb_citation_marks_total{outcome="unsupported"} 1');
		expect(text).toContain('openccb_replies_undelivered_total{platform="slack",reason="may-not-post"} 1');
		expect(text).toContain('openccb_replies_total{platform="slack",outcome="answered",code="none"} 1');
		expect(text).toContain('openccb_replies_total{platform="slack",outcome="failed",code="TIMEOUT"} 1');
		expect(lines).toMatchObject([
			{ level: 'warn', fields: { ending: 'failed', model: 'm', host: 'h' } },
			{ level: 'warn', message: 'an answer could not be shown', fields: { platform: 'slack', reason: 'may-not-post' } },
		]);
	});

	it.each([
		['sign', 'openccb_time_to_sign_seconds'],
		['first-text', 'openccb_time_to_first_text_seconds'],
		['final-text', 'openccb_time_to_final_text_seconds'],
	] as const)('is measured in seconds: %s', async (moment, name) => {
		const metrics = createMetrics();
		createTurnObserver(metrics, createLineLogger().logger).moment('slack', moment, 250);
		expect(await metrics.registry.metrics()).toContain(`${name}_sum{platform="slack"} 0.25`);
	});

	it('has a bounded number of reasons for detours', async () => {
		const metrics = createMetrics();
		const delivery = createTurnObserver(metrics, createLineLogger().logger).delivery('slack');
		for (const reason of ['message-gone', 'some_new_word', 'another']) delivery.detoured(reason);
		const text = await metrics.registry.metrics();
		expect(text).toContain('reason="message-gone"} 1');
		expect(text).toContain('reason="other"} 2');
		expect(text).not.toContain('some_new_word');
	});
});

describe('what pacers report', () => {
	it('is counted by operation, and a refusal as too many is worth a warning', async () => {
		const { logger, lines } = createLineLogger();
		const metrics = createMetrics();
		const observer = createPacerObserver(metrics, logger, 'slack');
		observer.called('edit', 0);
		observer.called('edit', 1_500);
		observer.limited('edit', 30_000);
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_platform_calls_total{platform="slack",operation="edit"} 2');
		expect(text).toContain('openccb_platform_limited_total{platform="slack",operation="edit"} 1');
		expect(text).toContain('openccb_platform_limited_pause_seconds_total{platform="slack",operation="edit"} 30');
		expect(text).toContain('openccb_platform_wait_seconds_sum{platform="slack"} 1.5');
		expect(lines).toMatchObject([{ level: 'warn', fields: { platform: 'slack', operation: 'edit' } }]);
	});
});

describe('what connections and searches report', () => {
	it('is how many are taken, how long somebody waited, and how long they were had', async () => {
		const metrics = createMetrics();
		const observer = createConnectionObserver(metrics);
		observer.changed({ taken: 3, limit: 10, waiting: 2 });
		observer.waited(20);
		observer.used(500);
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_database_connections{state="taken"} 3');
		expect(text).toContain('openccb_database_connections{state="limit"} 10');
		expect(text).toContain('openccb_database_waiting 2');
		expect(text).toContain('openccb_database_wait_seconds_sum 0.02');
		expect(text).toContain('openccb_database_use_seconds_sum 0.5');
	});

	it('is by connector and decision, with the time of what was run', async () => {
		const metrics = createMetrics();
		const asked = createDataObserver(metrics);
		asked({ connector: 'shop', decision: 'answered', answer: { ranMs: 250 } } as never);
		asked({ connector: 'shop', decision: 'refused', answer: null } as never);
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_data_questions_total{connector="shop",outcome="answered"} 1');
		expect(text).toContain('openccb_data_questions_total{connector="shop",outcome="refused"} 1');
		expect(text).toContain('openccb_data_query_seconds_sum{connector="shop"} 0.25');
	});

	it('is by what was searched, and whether something was found', async () => {
		const metrics = createMetrics();
		const searched = createSearchObserver(metrics);
		searched({ isByWordsAlone: true, isRelevant: false }, 40);
		searched({ isByWordsAlone: false, isRelevant: true }, 60);
		const text = await metrics.registry.metrics();
		expect(text).toContain('openccb_retrieval_seconds_sum{by="words",outcome="below"} 0.04');
		expect(text).toContain('openccb_retrieval_seconds_sum{by="vectors",outcome="found"} 0.06');
	});
});

describe('the metrics', () => {
	it('have no id among their labels', async () => {
		const definitions = await createMetrics().registry.getMetricsAsJSON();
		const own = definitions.filter(({ name }) => name.startsWith('openccb_'));
		expect(own.length).toBeGreaterThan(15);
		const labels = new Set(own.flatMap((metric) => ('labelNames' in metric ? (metric.labelNames as string[]) : [])));
		for (const label of labels) expect(label).not.toMatch(/id$|user|channel|conversation|tenant/i);
	});

	it('are made anew for each program, so that two can live in one process', () => {
		expect(() => [createMetrics(), createMetrics()]).not.toThrow();
	});
});
