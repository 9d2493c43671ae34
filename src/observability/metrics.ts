/** What `/metrics` counts and measures, made from the list. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricDefinition, metricList, metricPrefix } from './metric-list.ts';

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

interface MadeOf<Label extends string> {
	counter: Counter<Label>;
	gauge: Gauge<Label>;
	histogram: Histogram<Label>;
}

type Made<Definition extends MetricDefinition> = MadeOf<Definition['labels'][number]>[Definition['kind']];

type MadeMetrics = { [Key in keyof typeof metricList]: Made<(typeof metricList)[Key]> };

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const made = Object.fromEntries(Object.entries(metricList).map(([key, definition]) => [key, make(definition, registry)])) as MadeMetrics;
	return {
		registry,
		...made,
		detour: (platform: string, reason: string) => made.detours.inc({ platform, reason: knownReasons.has(reason) ? reason : 'other' }),
	};
}

function make({ kind, name, help, labels, buckets }: MetricDefinition, registry: Registry) {
	const options = { name: `${metricPrefix}${name}`, help, labelNames: [...labels], registers: [registry] };
	if (kind === 'counter') return new Counter(options);
	return kind === 'gauge' ? new Gauge(options) : new Histogram({ ...options, buckets: [...buckets] });
}
