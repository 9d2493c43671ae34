/** Whether the ports are free, and if not, whether it is an OpenCCB that has them and what that one says of itself. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { HttpFinding } from './finding.ts';

interface Readiness {
	ready: boolean;
	parts: Record<string, { state: string; reason?: string }>;
}

/** An address to listen on. */
export interface Listening {
	host: string;
	port: number;
}

/** `open` is for the platforms, `operations` for whoever runs the program; an OpenCCB that has the first is asked at the second. */
export async function diagnosePorts(open: Listening, operations: Listening, signal: AbortSignal): Promise<HttpFinding[]> {
	const address = shown(open);
	const problem = await tryToListen(open, signal);
	if (problem === 'EADDRINUSE') return await askWhoIsThere(address, operations, signal);
	const first: HttpFinding = problem === null ? { level: 'good', code: 'port-free', address } : obstacle(problem, address);
	const other = await tryToListen(operations, signal);
	return [first, other === null ? { level: 'good', code: 'port-free', address: shown(operations) } : obstacle(other, shown(operations))];
}

function obstacle(code: string, address: string): HttpFinding {
	if (code === 'EADDRINUSE') return { level: 'bad', code: 'port-taken', address };
	return { level: 'bad', code: code === 'EACCES' ? 'port-forbidden' : 'host-unknown', address };
}

function shown({ host, port }: Listening): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Null when nobody is in the way, else the system's code. */
async function tryToListen({ host, port }: Listening, signal: AbortSignal): Promise<string | null> {
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

async function askWhoIsThere(address: string, { host, port }: Listening, signal: AbortSignal): Promise<HttpFinding[]> {
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
