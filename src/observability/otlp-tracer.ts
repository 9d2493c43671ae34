/** Traces as OTLP asks for them (OTLP/HTTP with JSON, "OpenTelemetry Protocol Specification" 1.x): gathered in memory, sent in the background, and dropped where nobody takes them. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import type { SpanAttributes, Tracer } from '../tracer.ts';
import { pause } from '../waiting.ts';

export interface OtlpTracerDependencies {
	/** Of the collector, without `/v1/traces`. */
	endpoint: string;
	/** Such as the version. */
	resource: SpanAttributes;
	clock: Clock;
	/** So many spans reached the collector, or did not. */
	onSent: (outcome: 'sent' | 'dropped', spans: number) => void;
}

export interface OtlpTracer extends Tracer {
	start(): void;
	/** Sends what is left. Never rejects. */
	stop(): Promise<void>;
}

interface Span {
	traceId: string;
	spanId: string;
	parentSpanId: string;
	name: string;
	startMs: number;
	attributes: SpanAttributes;
	events: { atMs: number; name: string; attributes: SpanAttributes }[];
}

/** More wait for a collector that is away; then the newest are dropped, so that a turn that was begun stays whole. */
const mostWaiting = 4_096;
const mostInOneRequest = 512;
const sendEveryMs = 5_000;
const sendWithinMs = 5_000;
/** SpanKind and StatusCode of the protocol. */
const [internal, server, failed] = [1, 2, 2];

export function createOtlpTracer({ endpoint, resource, clock, onSent }: OtlpTracerDependencies): OtlpTracer {
	const current = new AsyncLocalStorage<Span>();
	const stopped = new AbortController();
	const address = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
	let waiting: object[] = [];

	async function run<Result>(span: Span, kind: number, work: () => Promise<Result>): Promise<Result> {
		try {
			const result = await current.run(span, work);
			end(span, kind, typeof result === 'string' ? { outcome: result } : {}, null);
			return result;
		} catch (thrown) {
			end(span, kind, {}, toBotError(thrown).code);
			throw thrown;
		}
	}

	function end(span: Span, kind: number, more: SpanAttributes, code: string | null): void {
		if (waiting.length >= mostWaiting) {
			onSent('dropped', 1);
			return;
		}
		const { startMs, attributes, events, ...named } = span;
		waiting.push({
			...named,
			kind,
			startTimeUnixNano: nanoseconds(startMs),
			endTimeUnixNano: nanoseconds(clock.now()),
			attributes: listed({ ...attributes, ...more, ...(code === null ? {} : { 'error.type': code }) }),
			events: events.map((event) => ({ timeUnixNano: nanoseconds(event.atMs), name: event.name, attributes: listed(event.attributes) })),
			status: code === null ? {} : { code: failed },
		});
	}

	async function send(): Promise<void> {
		while (waiting.length > 0) {
			const spans = waiting.slice(0, mostInOneRequest);
			waiting = waiting.slice(spans.length);
			const scopeSpans = [{ scope: { name: 'openccb' }, spans }];
			const body = JSON.stringify({
				resourceSpans: [{ resource: { attributes: listed({ 'service.name': 'openccb', ...resource }) }, scopeSpans }],
			});
			const isTaken = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
				redirect: 'error',
				signal: AbortSignal.timeout(sendWithinMs),
			}).then(
				async (answer) => {
					await answer.body?.cancel();
					return answer.ok;
				},
				() => false,
			);
			onSent(isTaken ? 'sent' : 'dropped', spans.length);
		}
	}

	const begun = (name: string, traceId: string, parentSpanId: string, attributes: SpanAttributes): Span => ({
		...{ traceId, spanId: randomBytes(8).toString('hex'), parentSpanId, name },
		...{ startMs: clock.now(), attributes, events: [] },
	});

	return {
		turn: (key, attributes, work) => run(begun('turn', traceIdOf(key), '', attributes), server, work),
		async stage(name, work) {
			const parent = current.getStore();
			return parent === undefined ? await work() : await run(begun(name, parent.traceId, parent.spanId, {}), internal, work);
		},
		note: (name, attributes) => void current.getStore()?.events.push({ atMs: clock.now(), name, attributes }),
		start() {
			const repeat = async () => {
				while (!stopped.signal.aborted) {
					await pause(clock, sendEveryMs, stopped.signal);
					await send();
				}
			};
			void repeat();
		},
		async stop() {
			stopped.abort();
			await send();
		},
	};
}

/** Sixteen bytes that say nothing of the event. */
function traceIdOf(key: string): string {
	return createHash('sha256').update(`trace:${key}`).digest('hex').slice(0, 32);
}

function nanoseconds(ms: number): string {
	return `${BigInt(Math.round(ms * 1_000)) * 1_000n}`;
}

function listed(attributes: SpanAttributes): object[] {
	return Object.entries(attributes).map(([key, value]) => ({ key, value: typed(value) }));
}

function typed(value: string | number | boolean): object {
	if (typeof value === 'string') return { stringValue: value };
	if (typeof value === 'boolean') return { boolValue: value };
	return Number.isInteger(value) ? { intValue: `${value}` } : { doubleValue: value };
}
