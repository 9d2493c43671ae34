/** Traces as a collector gets them: whole, in the protocol's form, and without anything that was said. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createOtlpTracer } from '#src/observability/otlp-tracer.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

interface SentSpan {
	traceId: string;
	spanId: string;
	parentSpanId: string;
	name: string;
	kind: number;
	startTimeUnixNano: string;
	endTimeUnixNano: string;
	attributes: { key: string; value: Record<string, unknown> }[];
	events: { name: string; timeUnixNano: string }[];
	status: { code?: number };
}

/** A collector that takes what the protocol allows, as JSON. */
async function openCollector(status = 200) {
	const requests: { path: string; type: string; body: { resourceSpans: { resource: object; scopeSpans: { spans: SentSpan[] }[] }[] } }[] =
		[];
	const server = createServer(async (request, response) => {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece as Buffer);
		requests.push({
			path: request.url ?? '',
			type: request.headers['content-type'] ?? '',
			body: JSON.parse(Buffer.concat(pieces).toString('utf8')),
		});
		response.writeHead(status, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const clock = createManualClock(1_700_000_000_000);
	const sent: [string, number][] = [];
	const tracer = createOtlpTracer({
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		resource: { 'service.version': '1.2.3' },
		clock,
		onSent: (outcome, spans) => void sent.push([outcome, spans]),
	});
	const spans = () =>
		requests.flatMap(({ body }) => body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
	return { tracer, clock, requests, spans, sent };
}

it('a turn is told with its stages, their times and how it ended', async () => {
	const { tracer, clock, requests, spans, sent } = await openCollector();
	const ended = await tracer.turn('slack:T1:C1:1.0', { platform: 'slack', attempt: 1 }, async () => {
		await tracer.stage('prepare', () => clock.advance(20));
		await tracer.stage('write', async () => {
			tracer.note('first token', { model: 'm' });
			await clock.advance(500);
		});
		return 'answered';
	});
	expect(ended).toBe('answered');
	await tracer.stop();
	expect(requests).toMatchObject([{ path: '/v1/traces', type: 'application/json' }]);
	const [prepare, write, turn] = spans();
	expect([prepare?.name, write?.name, turn?.name]).toEqual(['prepare', 'write', 'turn']);
	expect(turn).toMatchObject({
		parentSpanId: '',
		kind: 2,
		startTimeUnixNano: '1700000000000000000',
		endTimeUnixNano: '1700000000520000000',
		status: {},
	});
	expect(turn?.attributes).toEqual([
		{ key: 'platform', value: { stringValue: 'slack' } },
		{ key: 'attempt', value: { intValue: '1' } },
		{ key: 'outcome', value: { stringValue: 'answered' } },
	]);
	for (const stage of [prepare, write]) expect(stage).toMatchObject({ traceId: turn?.traceId, parentSpanId: turn?.spanId, kind: 1 });
	expect(write?.events).toMatchObject([{ name: 'first token', timeUnixNano: '1700000000020000000' }]);
	expect(turn?.traceId).toMatch(/^[0-9a-f]{32}$/);
	expect(turn?.spanId).toMatch(/^[0-9a-f]{16}$/);
	expect(JSON.stringify(requests)).not.toContain('C1');
	expect(sent).toEqual([['sent', 3]]);
});

it('attempts of the same turn belong together, in whichever process, and turns beside each other do not', async () => {
	const [one, other] = [await openCollector(), await openCollector()];
	await Promise.all([
		one.tracer.turn('a', {}, async () => {}),
		one.tracer.turn('b', {}, async () => {}),
		other.tracer.turn('a', {}, async () => {}),
	]);
	await Promise.all([one.tracer.stop(), other.tracer.stop()]);
	const [first, second] = one.spans();
	expect(other.spans()[0]?.traceId).toBe(first?.traceId);
	expect(second?.traceId).not.toBe(first?.traceId);
});

it('a failure is told by its code alone, and thrown on', async () => {
	const { tracer, spans } = await openCollector();
	const failing = tracer.turn('a', {}, () => Promise.reject(new BotError('TIMEOUT', 'what somebody said')));
	await expect(failing).rejects.toMatchObject({ code: 'TIMEOUT' });
	await tracer.stop();
	expect(spans()[0]).toMatchObject({ status: { code: 2 }, attributes: [{ key: 'error.type', value: { stringValue: 'TIMEOUT' } }] });
	expect(JSON.stringify(spans())).not.toContain('somebody');
});

it('outside of a turn nothing is told', async () => {
	const { tracer, requests } = await openCollector();
	expect(await tracer.stage('prepare', async () => 1)).toBe(1);
	tracer.note('first token', {});
	await tracer.stop();
	expect(requests).toEqual([]);
});

it('what a collector refuses is dropped and counted', async () => {
	const { tracer, sent } = await openCollector(503);
	await tracer.turn('a', {}, async () => {});
	await tracer.stop();
	expect(sent).toEqual([['dropped', 1]]);
});
