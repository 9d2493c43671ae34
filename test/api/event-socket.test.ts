/** What stands between the program and a page passes events on at once: streams say so, and are not compressed. */

import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openEventSocket } from '#src/api/live/event-socket.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

it('tells proxies neither to hold a stream back nor to change it, though the reader would take it compressed', async () => {
	const server = createServer((_request, response) => {
		const socket = openEventSocket(response, { 'x-request-id': 'one' });
		void socket.send('bye', { retryMs: 5 }).then(() => socket.end());
	});
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
		headers: { 'accept-encoding': 'gzip, br' },
	});
	expect(Object.fromEntries(response.headers)).toMatchObject({
		'content-type': 'text/event-stream; charset=utf-8',
		'x-accel-buffering': 'no',
		'cache-control': 'no-store, no-transform',
		'x-request-id': 'one',
	});
	expect(response.headers.get('content-encoding')).toBeNull();
	expect(await response.text()).toBe('event: bye\ndata: {"retryMs":5}\n\n');
});

it('holds for everything in the program that sends events', () => {
	const sources = globSync(['src/**/*.ts', 'adapters/**/*.ts'], { cwd: projectFolder });
	const streams = sources
		.map((file) => readFileSync(`${projectFolder}/${file}`, 'utf8'))
		.filter((text) => text.includes("'content-type': 'text/event-stream"));
	expect(streams.length).toBeGreaterThan(1);
	for (const text of streams) expect(text).toMatch(/no-transform[^}]*'x-accel-buffering': 'no'/);
});
