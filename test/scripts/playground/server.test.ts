/** Who may look at the playground and act in it: its own page, and nobody else's. */

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, sendBytes } from '#test/http/raw-request.ts';
import { people } from '../../../scripts/playground/company.ts';
import { createPlaygroundServer } from '../../../scripts/playground/server.ts';

let folder: string;
const acted: string[] = [];
const sample = { name: 'Guide.docx', mimetype: 'text/plain', path: '/samples/Guide.docx', question: '?', content: Buffer.from('a guide') };
const servers: Server[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'openccb-page-'));
	await writeFile(join(folder, 'index.html'), 'the page');
});
afterAll(async () => {
	for (const server of servers) server.close();
	await rm(folder, { recursive: true });
});

async function open(host: string): Promise<{ address: string; own: string }> {
	const server = await createPlaygroundServer({
		host,
		pageFolder: folder,
		operationsUrl: 'http://127.0.0.1:1',
		people,
		samples: [sample],
		actions: async (name) => {
			acted.push(name);
			return { status: 200, answer: {} };
		},
		live: { open: (_person: string, response: ServerResponse) => void response.end('live'), touch: () => {}, close: () => {} },
	});
	servers.push(server.listen(0, '127.0.0.1'));
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { address: `http://127.0.0.1:${port}`, own: `localhost:${port}` };
}

const paths: [method: string, path: string][] = [
	['GET', '/'],
	['GET', '/api/live'],
	['GET', '/metrics'],
	['POST', '/api/say'],
	['OPTIONS', '/api/say'],
	['GET', '//'],
];
const ask = async (address: string, method: string, path: string, headers: Record<string, string>) => {
	acted.length = 0;
	const body = method === 'POST' ? '{}' : '';
	const answer = await sendBytes(address, bytesOf({ method, path, headers: { 'content-type': 'application/json', ...headers }, body }));
	return { ...answer, hasActed: acted.length > 0 };
};

describe('the playground', () => {
	it.each(paths)('does not answer %s %s to another name than those of this machine', async (method, path) => {
		const { address } = await open('127.0.0.1');
		for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.nip.io', '', 'a@localhost']) {
			for (const more of [{}, { connection: 'Upgrade', upgrade: 'websocket' }, { origin: `http://${host}` }]) {
				expect(await ask(address, method, path, { host, ...more, connection: 'close' })).toMatchObject({ status: 421, hasActed: false });
			}
		}
	});

	it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])(
		'answers its own page under %s, with any port that a tunnel gives',
		async (name) => {
			const { address } = await open('127.0.0.1');
			for (const host of [name, `${name}:3000`, `${name}:8080`]) {
				const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
				expect(await ask(address, 'POST', '/api/say', own)).toMatchObject({ status: 200, hasActed: true });
				expect((await ask(address, 'GET', '/api/live', own)).text).toContain('live');
				expect((await ask(address, 'GET', '/', { host, 'sec-fetch-site': 'cross-site' })).text).toContain('the page');
			}
		},
	);

	it('does not let its page be shown within another', async () => {
		const { address, own } = await open('127.0.0.1');
		expect((await ask(address, 'GET', '/', { host: own })).text).toContain("content-security-policy: frame-ancestors 'none'");
	});

	it('gives out the files that newcomers can share', async () => {
		const { address, own } = await open('127.0.0.1');
		expect(await ask(address, 'GET', sample.path, { host: own })).toMatchObject({
			status: 200,
			text: expect.stringContaining('a guide'),
		});
	});

	it.each([
		['a page elsewhere', { origin: 'http://evil.example' }],
		['a page of this machine at another port', { origin: 'http://localhost:1' }],
		['a page that hides where it is from', { origin: 'null' }],
		['a page elsewhere, without its origin', { 'sec-fetch-site': 'cross-site' }],
		['a page of the same site', { 'sec-fetch-site': 'same-site' }],
		['an origin that is none', { origin: 'localhost' }],
	])('refuses what %s asks for', async (_name, headers) => {
		const { address, own } = await open('127.0.0.1');
		for (const [method, path] of paths.filter(([, one]) => one.startsWith('/api/'))) {
			const answer = await ask(address, method, path, { host: own, ...headers });
			expect(answer).toMatchObject({ status: 403, hasActed: false });
			expect(answer.text.toLowerCase()).not.toContain('access-control');
		}
	});

	it('takes addresses, and the name that it was given, where it is open to others, and still no other name', async () => {
		const { address } = await open('playground.internal');
		for (const host of ['playground.internal:3000', '10.0.0.1:3000', '[fe80::1]:3000', 'localhost']) {
			expect((await ask(address, 'POST', '/api/say', { host, origin: `http://${host}` })).status).toBe(200);
		}
		for (const host of ['evil.example', '10.0.0.1.nip.io']) expect((await ask(address, 'POST', '/api/say', { host })).status).toBe(421);
	});
});
