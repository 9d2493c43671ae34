/** Which routes there are for whom, and that no client can hold the server up. */

import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { createBoundedServer, httpLimits } from '#src/http/bounded-server.ts';
import { listen } from '#src/http/listen.ts';
import { createOperationsServer } from '#src/http/operations.ts';
import type { Readiness } from '#src/http/readiness.ts';
import { createHttpServer } from '#src/http/server.ts';
import { allowMoreTime } from '#src/http/slow-requests.ts';
import { createMetrics } from '#src/observability/metrics.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { bytesOf, connectTo, readAnswer, sendBytes } from './raw-request.ts';

let close: () => unknown = () => {};
afterEach(async () => void (await close()));

const openIntake = { isOpen: async () => true };
const ready: Readiness = { ready: true, parts: { database: { state: 'up' } } };

describe('the server for the platforms', () => {
	it('is alive without any part', async () => {
		const { get } = await open(createHttpServer(openIntake));
		expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
	});

	it.each([
		[true, 200, 'open'],
		[false, 503, 'closed'],
	])('tells load balancers whether it takes messages in: %j with status %d', async (isOpen, status, told) => {
		const { get } = await open(createHttpServer({ isOpen: async () => isOpen }));
		expect(await get('/healthz/intake')).toMatchObject({ status, body: { status: told } });
		expect(await get('/healthz')).toMatchObject({ status: 200 });
	});

	it.each(['/', '/readyz', '/metrics', '/readyz/', '//readyz', '/healthz/../readyz', '/%2e/metrics', '/METRICS'])(
		'does not have %s, and says nothing about it',
		async (path) => {
			const { address } = await open(createHttpServer(openIntake));
			const { status, text } = await sendBytes(address, bytesOf({ method: 'GET', path }));
			expect([status, text.endsWith('\r\n\r\n')]).toEqual([404, true]);
		},
	);

	it.each([
		['a path that cannot be decoded', bytesOf({ method: 'GET', path: '/canary%zz' }), 400],
		['a method that it does not know', bytesOf({ method: 'OPTIONS', path: '/canary' }), 404],
		['both a length and pieces', bytesOf({ path: '/canary', headers: { 'transfer-encoding': 'chunked' }, body: '0\r\n\r\n' }), 400],
		['two lengths', bytesOf({ path: '/canary', headers: { 'Content-Length': '3' }, body: 'abcd' }), 400],
		['a head without an end', Buffer.from(`GET /canary HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}`), 431],
		['no host', Buffer.from('GET /canary HTTP/1.1\r\nconnection: close\r\n\r\n'), 400],
	])('repeats nothing of a request with %s', async (_name, bytes, status) => {
		const { address } = await open(createHttpServer(openIntake));
		const answer = await sendBytes(address, bytes);
		expect(answer.status).toBe(status);
		expect(answer.text).not.toContain('canary');
	});

	it.each([
		['JSON', { 'content-type': 'application/json' }, '['.repeat(500_000)],
		['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a&'.repeat(250_000)],
		['two thousand lines in its head', Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`x${index}`, ''])), ''],
		['questions in its address', {}, ''],
	])('does not look at what nobody asked for: %s', async (name, headers, body) => {
		const { address } = await open(createHttpServer(openIntake));
		const path = name.startsWith('questions') ? `/healthz?${'a&'.repeat(5_000)}` : '/nowhere';
		const bytes = bytesOf({ path, headers, body });
		expect(await threadMs(() => sendBytes(address, bytes), 20)).toBeLessThan(20);
	});
});

describe('the server for operations', () => {
	it.each([
		[true, 200],
		[false, 503],
	])('says whether the program is ready: %j with status %d', async (isReady, status) => {
		const readiness: Readiness = { ready: isReady, parts: { database: { state: 'down', reason: 'no answer' } } };
		const { get } = await open(operations('127.0.0.1', readiness));
		expect(await get('/readyz')).toEqual({ status, body: readiness, type: expect.stringContaining('application/json') });
		expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
		expect(await get('/healthz/intake')).toMatchObject({ status: 200, body: { status: 'open' } });
	});

	it('brings gauges up to date before it shows the metrics', async () => {
		const { get } = await open(operations('127.0.0.1'));
		const { status, body, type } = await get('/metrics');
		expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
		expect(body).toContain('openccb_running_turns 3');
		expect(body).toContain('process_cpu_user_seconds_total');
	});

	it('answers on this machine to the names of this machine only, and elsewhere to any', async () => {
		const statusFor = async (address: string, host: string) =>
			(await sendBytes(address, bytesOf({ method: 'GET', path: '/readyz', headers: { host } }))).status;
		const { address } = await open(operations('127.0.0.1'));
		for (const host of ['localhost', '127.0.0.1:9464', 'LOCALHOST:1', '[::1]:80']) expect(await statusFor(address, host)).toBe(200);
		for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '', 'x@localhost', 'localhost:80:80']) {
			expect(await statusFor(address, host)).toBe(421);
		}
		await close();
		const { address: other } = await open(operations('0.0.0.0'));
		expect(await statusFor(other, 'openccb:9464')).toBe(200);
	});
});

describe('a client that is slow', () => {
	const limits = { ...httpLimits, headersMs: 200, requestMs: 400, checkEveryMs: 20 };
	/** One byte now and then, for as long as it is taken. */
	async function trickle(address: string, beginning: string): Promise<{ status: number; tookMs: number }> {
		const socket = await connectTo(address);
		const beganAtMs = performance.now();
		socket.write(beginning);
		const dripping = setInterval(() => void (socket.writable && socket.write('a')), 20);
		const { status } = await readAnswer(socket);
		clearInterval(dripping);
		return { status, tookMs: performance.now() - beganAtMs };
	}

	it.each([
		['its head', 'POST /slow HTTP/1.1\r\nhost: x\r\nx: ', 200],
		['its body', 'POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n', 400],
	])('with %s loses its connection when its time is over, and neither earlier nor much later', async (_name, beginning, limitMs) => {
		const { address } = await open(withSlowRoute(limits));
		const { status, tookMs } = await trickle(address, beginning);
		expect(status).toBe(408);
		expect(tookMs).toBeGreaterThan(limitMs - 50);
		// Half of what Node.js takes with its own limits is thirty times as long.
		expect(tookMs).toBeLessThan(limitMs + 3_000);
	});

	it('has all the time that a route allows it', async () => {
		const server = createBoundedServer(limits);
		server.post('/large', async (request, reply) => {
			allowMoreTime(request.raw.socket);
			let bytes = 0;
			for await (const part of request.raw) bytes += part.length;
			return reply.header('connection', 'close').send(String(bytes));
		});
		const { address } = await open(server);
		const socket = await connectTo(address);
		const answer = readAnswer(socket);
		socket.write('POST /large HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n');
		// Three times as long as others have.
		for (let sent = 0; sent < 50; sent++) {
			await systemClock.wait(25);
			socket.write('a');
		}
		const { status, text } = await answer;
		expect([status, text.split('\r\n\r\n')[1]]).toEqual([200, '50']);
	});

	it('that sends nothing at all loses it too', async () => {
		const { address } = await open(withSlowRoute(limits));
		const answer = await Promise.race([readAnswer(await connectTo(address)), eventually(() => false, 5_000)]);
		expect(answer).toMatchObject({ status: 408 });
	});

	it('that sends more requests than one connection may have, without waiting for answers, loses it', async () => {
		const { address } = await open(createHttpServer(openIntake));
		const socket = await connectTo(address);
		const answers = readAnswer(socket);
		socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3_000));
		await Promise.race([answers, eventually(() => false, 5_000)]);
		const { text } = await answers;
		expect(text.split('HTTP/1.1 ').length - 1).toBeLessThanOrEqual(1_000);
	});

	it('is held to limits that ship in an order that Node.js does not change', async () => {
		const { server } = createHttpServer(openIntake);
		expect(server.headersTimeout).toBe(httpLimits.headersMs);
		expect(server.requestTimeout).toBe(httpLimits.requestMs);
		expect(server.keepAliveTimeout).toBe(httpLimits.keepAliveMs);
		expect(httpLimits.headersMs).toBeLessThan(httpLimits.requestMs);
		expect(httpLimits.requestMs + httpLimits.checkEveryMs).toBeLessThan(15_000);
		expect([server.maxHeadersCount, server.maxRequestsPerSocket]).toEqual([100, 1_000]);
	});
});

describe('a flood of connections', () => {
	const limits = { ...httpLimits, connections: 10 };

	it.each([
		['that say nothing', ''],
		['whose heads never end', 'GET / HTTP/1.1\r\nx: '],
		['whose bodies never end', 'POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\na'],
		['that were answered and stay', 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
		['that were refused and stay', 'POST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\na'],
	])('%s locks nobody out', async (_name, beginning) => {
		const { address, server } = await open(withSlowRoute(limits));
		for (let count = 0; count < 40; count++) {
			const socket = await connectTo(address);
			socket.on('error', () => {});
			socket.write(beginning);
		}
		expect((await sendBytes(address, bytesOf({ method: 'GET', path: '/healthz' }))).status).toBe(200);
		expect((await sendBytes(address, bytesOf({ path: '/slow', body: 'whole' }))).status).toBe(200);
		const count = await new Promise<number>((resolve) => server.server.getConnections((_error, open) => resolve(open)));
		expect(count).toBeLessThanOrEqual(10);
	});

	it('closes none that is being answered', async () => {
		const answering = Promise.withResolvers<void>();
		const begun: unknown[] = [];
		const server = createBoundedServer(limits);
		server.get('/long', async (_request, reply) => {
			begun.push(reply);
			await answering.promise;
			return 'done';
		});
		const { address } = await open(server);
		const answers = Array.from({ length: 8 }, () => sendBytes(address, bytesOf({ method: 'GET', path: '/long' })));
		await eventually(() => begun.length === 8);
		for (let count = 0; count < 40; count++) (await connectTo(address)).on('error', () => {});
		answering.resolve();
		expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(8).fill(200));
	});
});

describe('an address that cannot be had', () => {
	const names = { host: 'SOME_HOST', port: 'SOME_PORT' };

	it.each([
		['is taken', () => ({ host: '127.0.0.1' }), /another program has 127\.0\.0\.1:\d+: end it, or set SOME_PORT to a free port$/],
		// "Reserved for documentation" (RFC 5737): nobody's.
		['is not of this machine', () => ({ host: '192.0.2.1' }), /address of 192\.0\.2\.1:\d+: set SOME_HOST to one of its own/],
	])('because it %s is told with the setting to change', async (_name, where, message) => {
		const { address } = await open(createHttpServer(openIntake));
		const second = createHttpServer(openIntake);
		const port = Number(new URL(address).port);
		await expect(listen(second, { ...where(), port, names })).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringMatching(message),
		});
		await second.close();
	});
});

function operations(host: string, readiness = ready) {
	const metrics = createMetrics();
	const beforeMetrics = async () => metrics.runningTurns.set(3);
	const probe = async () => ({ text: '', storedMs: 0, answeredMs: 0 });
	const copyData = async () => '';
	const told = { registry: metrics.registry, readiness: async () => readiness, beforeMetrics, probe, copyData };
	return createOperationsServer({ host, intake: openIntake, alerts: null, ...told });
}

function withSlowRoute(limits: typeof httpLimits) {
	const server = createHttpServer(openIntake, limits);
	server.post('/slow', async (request) => {
		for await (const _piece of request.raw) {
			// To its end.
		}
		return 'read';
	});
	return server;
}

async function open(server: ReturnType<typeof createHttpServer>) {
	const address = await listen(server, { host: '127.0.0.1', port: 0, names: { host: 'HOST', port: 'PORT' } });
	close = () => server.close();
	return {
		address,
		server,
		async get(path: string) {
			const answer = await fetch(`${address}${path}`);
			const type = answer.headers.get('content-type') ?? '';
			const body: unknown = type.includes('json') ? await answer.json() : await answer.text();
			return { status: answer.status, body, type };
		},
	};
}
