/** Every metric of the program: what `/metrics` makes, and what the list in the documentation says. Labels are bounded: never people, places or ids. */

/** What one step of its value is. Times are in seconds, since everybody who reads metrics expects that. */
export type MetricUnit = 'count' | 'seconds' | 'Unix time' | 'bytes' | 'tokens per second' | '0 or 1';

export interface MetricDefinition {
	kind: 'counter' | 'gauge' | 'histogram';
	/** Without `openccb_`. */
	name: string;
	unit: MetricUnit;
	help: string;
	labels: readonly string[];
	/** Of a histogram: the upper limits. */
	buckets: readonly number[];
}

/** Before the name of each. */
export const metricPrefix = 'openccb_';

function counter<const Labels extends readonly string[]>(name: string, help: string, labels: Labels, unit: MetricUnit = 'count') {
	return { kind: 'counter', name, unit, help, labels, buckets: [] } as const;
}

function gauge<const Labels extends readonly string[]>(name: string, unit: MetricUnit, help: string, labels: Labels) {
	return { kind: 'gauge', name, unit, help, labels, buckets: [] } as const;
}

function seconds<const Labels extends readonly string[]>(name: string, help: string, labels: Labels, buckets: readonly number[]) {
	return { kind: 'histogram', name: `${name}_seconds`, unit: 'seconds', help, labels, buckets } as const;
}

const whole = {
	build: gauge('build_info', '0 or 1', 'Which version this is, always 1', ['version', 'commit']),
	parts: gauge('part_state', '0 or 1', 'Each part of the program in each state: 1 in the one that it is in', ['part', 'state']),
	cacheMode: gauge(
		'cache_mode',
		'0 or 1',
		'Where processes share what may be lost: 1 for shared (Redis), local, or degraded (Redis is away)',
		['mode'],
	),
} as const;

const events = {
	events: counter('events_total', 'Events taken in', ['platform', 'type', 'result']),
	rejected: counter('intake_rejected_total', 'Requests refused before any work', ['platform', 'reason']),
	handled: counter('events_handled_total', 'Events handled, by what became of them', ['platform', 'type', 'outcome']),
	inboxDepth: gauge('inbox_events', 'count', 'Events in the inbox', ['state']),
	inboxOldest: gauge(
		'inbox_oldest_seconds',
		'seconds',
		'How long the event has waited that came first of all that nobody has taken up',
		[],
	),
	refusals: counter('refusals_total', 'Requests that a limit of their person did not let through', ['limit']),
	feedback: counter('feedback_total', 'Ratings given', ['rating']),
} as const;

const replies = {
	replies: counter('replies_total', 'Replies by how they ended', ['platform', 'outcome', 'code']),
	undelivered: counter('replies_undelivered_total', 'Answers that a platform did not show whole, by what stood in the way', [
		'platform',
		'reason',
	]),
	runningTurns: gauge('running_turns', 'count', 'Answers being written in this process', []),
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
	updates: counter('reply_updates_total', 'Edits and appends while replies went on', ['platform']),
	detours: counter('delivery_detours_total', 'Messages that had to take another road to the reader', ['platform', 'reason']),
	calls: counter('platform_calls_total', 'Rationed calls to a platform', ['platform', 'operation']),
	callWait: seconds('platform_wait', 'How long a rationed call waited for its turn', ['platform'], [0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 60]),
	limited: counter('platform_limited_total', 'Calls that a platform refused as too many', ['platform', 'operation']),
	limitedPause: counter(
		'platform_limited_pause_seconds_total',
		'For how long platforms wanted no more calls after they refused one as too many',
		['platform', 'operation'],
		'seconds',
	),
	citations: counter('citation_marks_total', 'Marks of sources that models wrote, by whether the source says it, or there is none', [
		'outcome',
	]),
} as const;

const models = {
	queueLength: gauge('model_queue_length', 'count', 'Requests waiting for a model slot in this process', []),
	queueWait: seconds('model_queue_wait', 'How long a request waited for a model slot', [], [0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]),
	hostUp: gauge('model_host_up', '0 or 1', 'Whether a model host answers', ['host']),
	slots: gauge('model_slots', 'count', 'Answers that a host gives at a time', ['model', 'host']),
	activeRequests: gauge('model_active_requests', 'count', 'Answers that a host is giving to this process', ['model', 'host']),
	loadedBytes: gauge('model_loaded_bytes', 'bytes', 'Memory that a loaded model takes, on graphics cards or not', ['model', 'host']),
	videoBytes: gauge('model_vram_bytes', 'bytes', 'Of that, what lies on graphics cards; less means that it runs on the processor', [
		'model',
		'host',
	]),
	firstToken: seconds(
		'model_first_token',
		'From asking a host to its first token',
		['model', 'host'],
		[0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 180],
	),
	tokens: counter('model_tokens_total', 'Tokens generated', ['model', 'host']),
	tokensPerSecond: {
		kind: 'histogram',
		name: 'model_tokens_per_second',
		unit: 'tokens per second',
		help: "Speed of one answer, by the model's own clock",
		labels: ['model', 'host'],
		buckets: [1, 2, 5, 10, 20, 40, 80, 160, 320],
	},
	failovers: counter('model_failovers_total', 'Requests taken to another host because this one failed before the first text', [
		'model',
		'host',
	]),
	toolCalls: counter('tool_calls_total', 'Tools that models called; code none when they gave something', ['tool', 'code']),
} as const;

const knowledge = {
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
	retrieval: seconds(
		'retrieval',
		'One search for passages, by words alone or by vectors too, and whether something was about the question',
		['by', 'outcome'],
		[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
	),
	jobs: gauge('jobs', 'count', 'Jobs of all processes that wait, run, or failed for good', ['kind', 'state']),
	jobsOldest: gauge('jobs_oldest_seconds', 'seconds', 'How long the job of each kind that waits longest could have begun', ['kind']),
	jobTries: counter('job_tries_total', 'Tries of jobs in this process, by how they ended', ['kind', 'outcome']),
} as const;

const connectors = {
	dataQuestions: counter('data_questions_total', "Questions to the company's databases, by what was decided", ['connector', 'outcome']),
	dataTime: seconds(
		'data_query',
		"How long one of the company's databases took for a statement",
		['connector'],
		[0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30],
	),
} as const;

const alerts = {
	alertsTold: counter('alerts_told_total', 'Messages about alerts in the operations channel, told or failed', ['outcome']),
	alertsHeard: gauge('alerts_heard_timestamp_seconds', 'Unix time', 'When the monitoring gave its last sign of life to this process', []),
} as const;

const traces = {
	spans: counter('trace_spans_total', 'Spans of traces that the collector took, or that were dropped', ['outcome']),
} as const;

const database = {
	connections: gauge('database_connections', 'count', 'Connections of this process to the database: taken, and how many there may be', [
		'state',
	]),
	connectionWaiters: gauge('database_waiting', 'count', 'Who waits for such a connection now', []),
	connectionWait: seconds('database_wait', 'How long somebody waited for a connection', [], [0.001, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10]),
	connectionUse: seconds(
		'database_use',
		'How long a transaction had its connection',
		[],
		[0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
	),
} as const;

/** By the name that the program has for each. */
export const metricList = {
	...whole,
	...events,
	...replies,
	...models,
	...knowledge,
	...connectors,
	...alerts,
	...traces,
	...database,
} as const satisfies Record<string, MetricDefinition>;
