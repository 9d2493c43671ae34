import { afterEach, describe, expect, it } from 'vitest';
import type { Readiness } from '#src/http/readiness.ts';
import { createHttpServer } from '#src/http/server.ts';
import { createMetrics } from '#src/observability/metrics.ts';

let close = async () => {};
afterEach(() => close());

describe('the HTTP server', () => {
	it('is alive without any part', async () => {
		const { get } = await listen({ ready: false, parts: {} });
		expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
	});

	it.each([
		[true, 200],
		[false, 503],
	])('says whether the program is ready: %j with status %d', async (ready, status) => {
		const readiness: Readiness = { ready, parts: { database: { state: 'down', reason: 'no answer' } } };
		const { get } = await listen(readiness);
		expect(await get('/readyz')).toEqual({ status, body: readiness, type: expect.stringContaining('application/json') });
	});

	it('brings gauges up to date before it shows the metrics', async () => {
		const { get } = await listen({ ready: true, parts: {} });
		const { status, body, type } = await get('/metrics');
		expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
		expect(body).toContain('openccb_running_turns 3');
		expect(body).toContain('process_cpu_user_seconds_total');
	});

	it('has nothing else', async () => {
		const { get } = await listen({ ready: true, parts: {} });
		expect(await get('/')).toMatchObject({ status: 404 });
	});
});

async function listen(readiness: Readiness) {
	const metrics = createMetrics();
	const beforeMetrics = async () => metrics.runningTurns.set(3);
	const server = createHttpServer({ registry: metrics.registry, readiness: async () => readiness, beforeMetrics });
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	close = () => server.close();
	return {
		async get(path: string) {
			const answer = await fetch(`${address}${path}`);
			const type = answer.headers.get('content-type') ?? '';
			const body: unknown = type.includes('json') ? await answer.json() : await answer.text();
			return { status: answer.status, body, type };
		},
	};
}
