/** `node scripts/health.mjs` as a process, beside a server that stands for the program. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '#src/settings/settings.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';

test('ends with 0 when the program lives, on every address of the machine too', async () => {
	const port = await listen({ '/healthz': 200 }, '0.0.0.0');
	expect(await check({ OPENCCB_OPERATIONS_HOST: '0.0.0.0', OPENCCB_OPERATIONS_PORT: port })).toEqual({ code: 0, said: '' });
});

test('ends with 1 when it answers otherwise, and says so', async () => {
	const port = await listen({ '/healthz': 200, '/healthz/intake': 503 });
	const environment = { OPENCCB_OPERATIONS_HOST: '', OPENCCB_OPERATIONS_PORT: port };
	const { code, said } = await check(environment, '/healthz/intake');
	expect({ code, said }).toEqual({ code: 1, said: `/healthz/intake of 127.0.0.1:${port}: it answers with 503\n` });
});

test('ends with 1 when nobody is there, and says so', async () => {
	const { code, said } = await check({ OPENCCB_OPERATIONS_PORT: '1' });
	expect({ code, said }).toEqual({ code: 1, said: '/healthz of 127.0.0.1:1: ECONNREFUSED\n' });
});

test('looks by itself where the program listens by itself', async () => {
	const { host, port } = readSettings({}).operations;
	// A name that leads nowhere, so that it says where it looked: 9464 may be taken here.
	const { said } = await check({ OPENCCB_OPERATIONS_HOST: 'nowhere.invalid' });
	expect(said).toContain(`of nowhere.invalid:${port}: `);
	expect((await check({ OPENCCB_OPERATIONS_PORT: '1' })).said).toContain(`of ${host}:1: `);
});

async function check(environment: Record<string, string>, ...words: string[]) {
	const child = spawn(process.execPath, ['scripts/health.mjs', ...words], {
		env: { ...bareEnvironment(), ...environment },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
	return { code, said };
}

async function listen(statuses: Readonly<Record<string, number>>, host = '127.0.0.1'): Promise<string> {
	const server = createServer((request, response) => response.writeHead(statuses[request.url ?? ''] ?? 404).end());
	onTestFinished(() => void server.close());
	await once(server.listen(0, host), 'listening');
	return String((server.address() as AddressInfo).port);
}
