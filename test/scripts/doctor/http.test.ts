import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { diagnosePorts } from '../../../scripts/doctor/http.ts';
import { nowhere, patience, startStub } from './stub-server.ts';

const portOf = (origin: string) => Number(new URL(origin).port);
const at = (port: number, host = '127.0.0.1') => ({ host, port });

test('free ports are good, and free again afterwards', async () => {
	const [open, operations] = [portOf(await nowhere()), portOf(await nowhere())];
	const free = [open, operations].map((port) => ({ level: 'good', code: 'port-free', address: `127.0.0.1:${port}` }));
	expect(await diagnosePorts(at(open), at(operations), patience())).toEqual(free);
	expect(await diagnosePorts(at(open), at(operations), patience())).toEqual(free);
});

test.each(['127.0.0.1', '0.0.0.0'])('on %s a running OpenCCB is asked how it is, where it tells that', async (host) => {
	const parts = { database: { state: 'up' }, cache: { state: 'degraded', reason: 'Redis is away' } };
	const open = portOf(await startStub({ 'GET /healthz': { body: { status: 'alive' } } }));
	const operations = portOf(await startStub({ 'GET /readyz': { body: { ready: true, parts } } }));
	expect(await diagnosePorts(at(open, host), at(operations, host), patience())).toEqual([
		{ level: 'good', code: 'running-ready', address: `${host}:${open}`, parts: ['database', 'cache'] },
		{ level: 'warning', code: 'running-part', part: 'cache', state: 'degraded', reason: 'Redis is away' },
	]);
});

test('one that is not ready shows the part that is not', async () => {
	const parts = { database: { state: 'down', reason: 'it is away' } };
	const port = portOf(await startStub({ 'GET /readyz': { status: 503, body: { ready: false, parts } } }));
	expect(await diagnosePorts(at(port), at(port), patience())).toEqual([
		{ level: 'warning', code: 'running-not-ready', address: `127.0.0.1:${port}` },
		{ level: 'warning', code: 'running-part', part: 'database', state: 'down', reason: 'it is away' },
	]);
});

test('another program on the port for health and metrics is in the way, too', async () => {
	const [open, operations] = [portOf(await nowhere()), portOf(await startStub({}))];
	expect(await diagnosePorts(at(open), at(operations), patience())).toEqual([
		{ level: 'good', code: 'port-free', address: `127.0.0.1:${open}` },
		{ level: 'bad', code: 'port-taken', address: `127.0.0.1:${operations}` },
	]);
});

test('another program on the port is in the way, whatever it speaks', async () => {
	const web = portOf(await startStub({ 'GET /readyz': { body: { status: 'ok' } } }));
	expect(await diagnosePorts(at(web), at(web), patience())).toEqual([{ level: 'bad', code: 'port-taken', address: `127.0.0.1:${web}` }]);
	const other = createServer((socket) => socket.end('220 hello\r\n')).listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await once(other, 'listening');
	const address = other.address();
	const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
	expect(await diagnosePorts(at(port), at(port), patience())).toMatchObject([{ level: 'bad', code: 'port-taken' }]);
});

test('an address that this machine does not have is told', async () => {
	// "Reserved for documentation" (RFC 5737): nobody's.
	const free = portOf(await nowhere());
	const findings = await diagnosePorts(at(3_000, '192.0.2.1'), at(free), patience());
	expect(findings[0]).toEqual({ level: 'bad', code: 'host-unknown', address: '192.0.2.1:3000' });
});
