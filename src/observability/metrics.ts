/** What `/metrics` counts and measures. Labels are bounded: platforms, outcomes, codes, models and hosts, never ids. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Reasons for a detour that are counted by name; anything else a platform says counts as `other`. */
const knownReasons = new Set([
	'blocked-by-rules',
	'form-refused',
	'may-not-post',
	'message-closed',
	'message-gone',
	'place-gone',
	'stream-closed',
	'stream-open',
	'stopped-by-person',
	'too-long',
	'PLATFORM_UNAVAILABLE',
	'PLATFORM_RATE_LIMITED',
]);

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const registers = [registry];
	const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
		new Counter({ name: `openccb_${name}`, help, labelNames, registers });
	const seconds = <Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]) =>
		new Histogram({ name: `openccb_${name}_seconds`, help, labelNames, buckets, registers });
	const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
		new Gauge({ name: `openccb_${name}`, help, labelNames, registers });

	const detours = counter('delivery_detours_total', 'Messages that had to take another road to the reader', ['platform', 'reason']);
	return {
		registry,
		build: gauge('build_info', 'Which version this is, always 1', ['version', 'commit']),
		events: counter('events_total', 'Events taken in', ['platform', 'type', 'result']),
		rejected: counter('intake_rejected_total', 'Requests refused before any work', ['platform', 'reason']),
		handled: counter('events_handled_total', 'Events handled, by what became of them', ['platform', 'type', 'outcome']),
		replies: counter('replies_total', 'Replies by how they ended', ['platform', 'outcome', 'code']),
		undelivered: counter('replies_undelivered_total', 'Answers that a platform did not show whole, by what stood in the way', [
			'platform',
			'reason',
		]),
		timeToSign: seconds(
			'time_to_sign',
			'From the start of a turn to the first visible sign',
			['platform'],
			[0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5],
		),
		timeToFirstText: seconds(
			'time_to_first_text',
			'From the start of a turn to its first visible text',
			['platform'],
			[0.2, 0.5, 1, 1.5, 2, 5, 10, 30, 60, 180],
		),
		timeToFinalText: seconds(
			'time_to_final_text',
			'From the last token to the final text',
			['platform'],
			[0.1, 0.2, 0.5, 1, 1.5, 2, 5, 10, 30, 60],
		),
		calls: counter('platform_calls_total', 'Rationed calls to a platform', ['platform', 'operation']),
		limited: counter('platform_limited_total', 'Calls that a platform refused as too many', ['platform', 'operation']),
		updates: counter('reply_updates_total', 'Edits and appends while replies went on', ['platform']),
		detour: (platform: string, reason: string) => detours.inc({ platform, reason: knownReasons.has(reason) ? reason : 'other' }),
		tokens: counter('model_tokens_total', 'Tokens generated', ['model', 'host']),
		tokensPerSecond: new Histogram({
			name: 'openccb_model_tokens_per_second',
			help: "Speed of one answer, by the model's own clock",
			labelNames: ['model', 'host'],
			buckets: [1, 2, 5, 10, 20, 40, 80, 160, 320],
			registers,
		}),
		firstToken: seconds(
			'model_first_token',
			'From asking a host to its first token',
			['model', 'host'],
			[0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 180],
		),
		failovers: counter('model_failovers_total', 'Requests taken to another host because this one failed before the first text', [
			'model',
			'host',
		]),
		feedback: counter('feedback_total', 'Ratings given', ['rating']),
		toolCalls: counter('tool_calls_total', 'Tools that models called; code none when they gave something', ['tool', 'code']),
		documents: counter('documents_total', 'Files that people shared, by what became of them', ['outcome']),
		ingestStage: seconds(
			'ingest_stage',
			'One file in one stage of its way in: fetch, read, index',
			['stage'],
			[0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 180],
		),
		embedded: counter('passages_embedded_total', 'Passages that got their vectors', []),
		reconciled: counter('files_reconciled_total', 'Files that platforms were asked for by night, by whether they are still there', [
			'outcome',
		]),
		citations: counter('citation_marks_total', 'Marks of sources that models wrote, by whether the source says it, or there is none', [
			'outcome',
		]),
		refusals: counter('refusals_total', 'Requests that a limit of their person did not let through', ['limit']),
		inboxDepth: gauge('inbox_events', 'Events in the inbox', ['state']),
		jobs: gauge('jobs', 'Jobs of all processes that wait, run, or failed for good', ['job', 'state']),
		jobTries: counter('job_tries_total', 'Tries of jobs in this process, by how they ended', ['job', 'outcome']),
		queueLength: gauge('model_queue_length', 'Requests waiting for a model slot in this process'),
		runningTurns: gauge('running_turns', 'Answers being written in this process'),
	};
}
