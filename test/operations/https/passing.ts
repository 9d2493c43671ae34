/** What passes through a front, and what does not. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { call, callWithoutTls, type Server, servedCertificate, shakeHands } from './caller.ts';
import type { Prove } from './prove.ts';
import { eventCount, type StandInProgram } from './stand-in-program.ts';

/** As the longest that an adapter reads: adapters/slack/http-receiver.ts. */
const bodyLimitBytes = 1024 * 1024;
const slowClients = 200;

export async function provePassing(server: Server, program: StandInProgram, prove: Prove): Promise<void> {
	await prove("its certificate is the directory's, for its name, with all that stands between", async () => {
		// Whoever calls trusts the directory's root alone, so the handshake proves the chain.
		assert.equal((await servedCertificate(server)).subjectaltname, `DNS:${server.domain}`);
	});
	await prove('without TLS there is only the way to TLS', async () => {
		const { status, headers } = await callWithoutTls(server, { path: '/slack/events?a=b', body: '{}' });
		assert.equal(status, 308);
		assert.equal(headers.location, `https://${server.domain}/slack/events?a=b`);
	});
	await prove('passes what platforms send, with its body, and says who sent it in its own words', async () => {
		for (const path of ['/slack/events', '/teams/messages']) {
			const before = program.requests.length;
			const { status, headers } = await call(server, { path, body: 'x'.repeat(100_000), headers: { 'x-forwarded-for': '203.0.113.9' } });
			assert.equal(status, 200);
			assert.equal(headers['strict-transport-security'], 'max-age=31536000');
			const [passed] = program.requests.slice(before);
			assert.equal(passed?.url, path);
			assert.equal(passed?.bytes, 100_000);
			assert.equal(passed?.headers['host'], server.domain);
			assert.equal(passed?.headers['x-forwarded-for'], '127.0.0.1');
			assert.equal(passed?.headers['x-forwarded-proto'], 'https');
		}
	});
	await prove('passes what people ask for on the web', async () => {
		for (const path of [
			'/',
			'/enter',
			'/rows',
			'/c/11111111-1111-4111-8111-111111111111',
			'/admin/people',
			'/assets/main.js',
			'/api/v1/me',
		]) {
			assert.equal((await call(server, { path })).status, 200, path);
			assert.equal(program.requests.at(-1)?.url, path);
		}
	});
	await prove('passes nothing else', async () => {
		const before = program.requests.length;
		for (const path of [
			'/metrics',
			'/readyz',
			'/healthz',
			'/healthz/intake',
			'/slack',
			'/slack/events/x',
			'/slack/events/../../metrics',
			'/api/../metrics',
			'/index.html',
		])
			assert.equal((await call(server, { path })).status, 404, path);
		assert.equal(program.requests.length, before);
	});
	await prove('is nobody under another name', async () => {
		await assert.rejects(shakeHands(server, 'other.example'));
		assert.equal((await call(server, { headers: { host: 'other.example' } })).status, 421);
		assert.equal((await callWithoutTls(server, { headers: { host: 'other.example' } })).status, 421);
	});
	await prove('brings each event of a stream before the next one is there, compressed or not', async () => {
		for (const encoding of ['identity', 'gzip']) {
			const headers = { accept: 'text/event-stream', 'accept-encoding': encoding };
			const { text } = await call(server, { body: '{}', headers, onText: program.sendNext });
			assert.equal(text.match(/^data: /gm)?.length, eventCount);
		}
	});
	await prove('compresses what is not a stream', async () => {
		const { headers, text } = await call(server, { body: '{}', headers: { 'accept-encoding': 'gzip' } });
		assert.equal(headers['content-encoding'], 'gzip');
		assert.match(text, /^"taken taken/);
	});
	await prove('refuses a body that the program would not read', async () => {
		const before = program.requests.length;
		assert.equal((await call(server, { body: Buffer.alloc(bodyLimitBytes) })).status, 200);
		const beginning = (words: string) => `POST /slack/events HTTP/1.1\r\nhost: ${server.domain}\r\n${words}\r\n\r\n`;
		assert.match(await firstLine(server, beginning(`content-length: ${bodyLimitBytes + 1}`)), / 413 /);
		// Caddy 2.6 says 502 of what it has begun to pass on.
		const pieces = `${(2 * bodyLimitBytes).toString(16)}\r\n${'x'.repeat(2 * bodyLimitBytes)}\r\n0\r\n\r\n`;
		assert.match(await firstLine(server, `${beginning('transfer-encoding: chunked')}${pieces}`), / (413|502) /);
		assert.equal((await call(server, { body: '{}' })).status, 200);
		assert.equal(program.requests.length, before + 2);
	});
	await prove(`${slowClients} clients that send slowly hold nobody up`, async () => {
		const slow = await Promise.all(Array.from({ length: slowClients }, () => shakeHands(server)));
		for (const [index, socket] of slow.entries()) {
			socket.on('error', () => {});
			const body = index % 2 === 0 ? 'content-length: 1000\r\n\r\n{' : '';
			socket.write(`POST /slack/events HTTP/1.1\r\nhost: ${server.domain}\r\n${body}`);
		}
		const beganAtMs = performance.now();
		assert.equal((await call(server, { body: '{}' })).status, 200);
		// Slack gives up after three seconds ("Events API", acknowledging).
		assert.ok(performance.now() - beganAtMs < 3_000);
		await Promise.all(slow.map((socket) => once(socket.destroy(), 'close')));
	});
}

/** Sends these bytes. @returns the first line of the answer, which may come before the last of them. */
async function firstLine(server: Server, bytes: string): Promise<string> {
	const socket = await shakeHands(server);
	socket
		.on('error', () => {})
		.setEncoding('utf8')
		.write(bytes);
	const [answer] = (await once(socket, 'data')) as [string];
	socket.destroy();
	return answer.split('\r\n', 1)[0] ?? '';
}
