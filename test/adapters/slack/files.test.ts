/** What Slack, or somebody in its place, gives instead of a file, up to what becomes of it in the program. */

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { FileReason } from '#src/knowledge/ingest/file-reason.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { openIngestScene } from '#test/knowledge/ingest/ingest-scene.ts';
import { createFiles } from '../../../adapters/slack/files.ts';

let store: TestDatabase;
beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());

/** @returns its address, and the paths that it was asked for. */
async function serve(answer: RequestListener): Promise<{ url: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close().closeAllConnections());
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const html = { 'content-type': 'text/html; charset=utf-8' };

test.each<[string, (inside: string) => RequestListener, FileReason]>([
	['its login page', () => (_request, response) => void response.writeHead(200, html).end('<title>Sign in</title>'), 'gone'],
	['the way to its login page', (inside) => (_request, response) => void response.writeHead(302, { location: inside }).end(), 'gone'],
	['the way to an address inside', (inside) => (_request, response) => void response.writeHead(307, { location: inside }).end(), 'gone'],
	['more than it said', () => (_request, response) => void response.end('x'.repeat(1_001)), 'too-large'],
])('%s is no document, and nobody else is asked', async (_name, answer, reason) => {
	const inside = await serve((_request, response) => void response.end('secret'));
	const slack = await serve(answer(`${inside.url}/metadata`));
	const at = await openIngestScene(store);
	const files = createFiles({ token: 'xoxb', apiUrl: `${slack.url}/api/`, call: () => Promise.reject(new Error('nothing is asked')) });
	at.platform.fetchFile = (file, ...given) => files.fetchFile({ ...file, source: `${slack.url}/files-pri/T-F` }, ...given);
	await at.share({ sizeBytes: 10 });
	await at.work();
	expect([at.outcomes, at.files.kept.size, inside.asked]).toEqual([[reason], 0, []]);
	expect(slack.asked).toEqual(['/files-pri/T-F']);
	await at.query('delete from document_placements');
});
