/** An exporter that tells whatever a test wants, and a site with a certificate. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface StandInExporter {
	/** Host and port. */
	address: string;
	/** By series, as they are written in Prometheus' format. */
	values: Map<string, number>;
	close(): Promise<void>;
}

export async function startStandInExporter(values: Readonly<Record<string, number>>): Promise<StandInExporter> {
	const told = new Map(Object.entries(values));
	const server = createServer((_request, response) =>
		response
			.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
			.end([...told].map(([name, value]) => `${name} ${value}\n`).join('')),
	).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		values: told,
		async close() {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}

/** Answers 404 to everything, with a certificate of thirty days that nobody trusts. */
export async function startSite(folder: string): Promise<{ url: string; close(): Promise<void> }> {
	const [key, certificate] = ['site.key', 'site.crt'].map((name) => join(folder, name)) as [string, string];
	const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', '-subj', '/CN=bot'];
	execFileSync('openssl', [...words, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
	const options = { key: readFileSync(key), cert: readFileSync(certificate) };
	const server = createTlsServer(options, (_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`,
		async close() {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}
