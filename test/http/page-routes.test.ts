import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBoundedServer } from '#src/http/bounded-server.ts';
import { readBuiltPage } from '#src/http/page-files.ts';
import { addPage } from '#src/http/page-routes.ts';

const publicUrl = 'https://bot.example.com';
const script = 'console.log("hello");'.repeat(50);
const folder = mkdtempSync(join(tmpdir(), 'openccb-page-'));
let server: FastifyInstance;

beforeAll(async () => {
	mkdirSync(join(folder, 'assets'));
	writeFileSync(join(folder, 'index.html'), '<!doctype html>');
	writeFileSync(join(folder, 'assets/index-1a2b.js'), script);
	writeFileSync(join(folder, 'stamp'), 'of the build');
	server = createBoundedServer();
	addPage(server, { publicUrl, page: await readBuiltPage(folder) });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('the page', () => {
	it.each(['/', '/enter', '/rows', '/c/11111111-1111-4111-8111-111111111111', '/admin/people'])(
		'is the same at %s, asked for anew each time',
		async (url) => {
			const { statusCode, headers, payload } = await server.inject({ url });
			expect({ statusCode, payload }).toEqual({ statusCode: 200, payload: '<!doctype html>' });
			expect(headers).toMatchObject({
				'content-type': 'text/html; charset=utf-8',
				'cache-control': 'no-cache',
				'x-content-type-options': 'nosniff',
			});
			expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
			expect(headers['strict-transport-security']).toBeDefined();
		},
	);

	it('is not sent again to whoever has it', async () => {
		const { headers } = await server.inject({ url: '/' });
		const again = await server.inject({ url: '/', headers: { 'if-none-match': String(headers.etag) } });
		expect({ status: again.statusCode, payload: again.payload }).toEqual({ status: 304, payload: '' });
	});

	it('has files that are kept for good, in the smallest form that the browser takes', async () => {
		const url = '/assets/index-1a2b.js';
		const load = async (accepted: string) => await server.inject({ url, headers: { 'accept-encoding': accepted } });
		const plain = await load('');
		expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
		expect(plain.headers).toMatchObject({ vary: 'accept-encoding', 'content-type': 'text/javascript; charset=utf-8' });
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.payload).toBe(script);
		const brotli = await load('gzip, deflate, br');
		expect(brotli.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(script);
		const gzip = await load('gzip, br;q=0');
		expect(gzip.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(gzip.rawPayload).toString()).toBe(script);
	});

	it.each(['/stamp', '/index.html', '/assets/', '/assets/other.js', '/assets/..%2Fstamp', '/c', '/settings'])(
		'has no file %s',
		async (url) => {
			expect((await server.inject({ url })).statusCode).toBe(404);
		},
	);

	it('says so where it was not built', async () => {
		const bare = createBoundedServer();
		addPage(bare, { publicUrl, page: await readBuiltPage(join(folder, 'nowhere')) });
		const { statusCode, payload } = await bare.inject({ url: '/' });
		expect(statusCode).toBe(503);
		expect(payload).toContain('was not built');
		await bare.close();
	});
});
