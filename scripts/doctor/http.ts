/** Whether the port is free, and if not, whether it is an OpenCCB that has it and what that one says of itself. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { HttpFinding } from './finding.ts';

interface Readiness {
	ready: boolean;
	parts: Record<string, { state: string; reason?: string }>;
}

export async function diagnosePort(host: string, port: number, signal: AbortSignal): Promise<HttpFinding[]> {
	const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
	switch (await tryToListen(host, port, signal)) {
		case null:
			return [{ level: 'good', code: 'port-free', address }];
		case 'EADDRINUSE':
			return await askWhoIsThere(host, port, address, signal);
		case 'EACCES':
			return [{ level: 'bad', code: 'port-forbidden', address }];
		default:
			return [{ level: 'bad', code: 'host-unknown', address }];
	}
}

/** Null when nobody is in the way, else the system's code. */
async function tryToListen(host: string, port: number, signal: AbortSignal): Promise<string | null> {
	const server = createServer();
	try {
		server.listen({ host, port, exclusive: true });
		await once(server, 'listening', { signal });
		return null;
	} catch (thrown) {
		return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
	} finally {
		server.close();
	}
}

async function askWhoIsThere(host: string, port: number, address: string, signal: AbortSignal): Promise<HttpFinding[]> {
	const readiness = await readReadiness(`http://${reachable(host)}:${port}/readyz`, signal);
	if (readiness === null) return [{ level: 'bad', code: 'port-taken', address }];
	const parts = Object.entries(readiness.parts);
	const troubled = parts.filter(([, { state }]) => state !== 'up');
	const findings = troubled.map(
		([part, { state, reason = '' }]): HttpFinding => ({ level: 'warning', code: 'running-part', part, state, reason }),
	);
	if (!readiness.ready) return [{ level: 'warning', code: 'running-not-ready', address }, ...findings];
	return [{ level: 'good', code: 'running-ready', address, parts: parts.map(([name]) => name) }, ...findings];
}

/** Null for whoever does not answer as OpenCCB does. */
async function readReadiness(url: string, signal: AbortSignal): Promise<Readiness | null> {
	try {
		const response = await fetch(url, { signal, redirect: 'error' });
		const body = (await response.json()) as Partial<Readiness> | null;
		return typeof body?.ready === 'boolean' && typeof body.parts === 'object' ? (body as Readiness) : null;
	} catch {
		return null;
	}
}

/** Who listens on all addresses is asked on this machine's own. */
function reachable(host: string): string {
	if (host === '0.0.0.0') return '127.0.0.1';
	if (host === '::') return '[::1]';
	return host.includes(':') ? `[${host}]` : host;
}
