/** Socket mode: connections that the app opens, and envelopes sent through one of them, chosen at random. */

import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Envelope, Transport } from './transport.ts';
import { isJson } from './visible-text.ts';

export interface SocketMode extends Transport {
	/** Gives a URL that one connection can be opened with. */
	issueUrl(): string;
	/** How many connections are open. */
	connections(): number;
	/** Tells the app to reconnect, on one connection or on all. Closing is left to the app. */
	requestDisconnect(reason: 'refresh_requested' | 'warning', which: 'one' | 'all'): void;
	/** Cuts all connections without a word. */
	cut(): void;
}

export interface SocketSettings {
	server: Server;
	/** Origin of the emulator, `http://…`. */
	url: string;
	appId: string;
	ackTimeoutMs: number;
	pingIntervalMs: number;
}

interface Connection {
	socket: WebSocket;
	/** By envelope id. */
	waiting: Map<string, (answer: Answer) => void>;
}

/** Takes over the upgrade requests of the server. */
export function createSocketMode(settings: SocketSettings): SocketMode {
	const upgrades = new WebSocketServer({ noServer: true });
	const tickets = new Set<string>();
	const connections = new Set<Connection>();
	settings.server.on('upgrade', (request, stream, head) => {
		const ticket = new URL(request.url ?? '/', settings.url).searchParams.get('ticket') ?? '';
		if (!tickets.delete(ticket)) return void stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
		upgrades.handleUpgrade(request, stream, head, (socket) => accept(socket, connections, settings.appId));
	});
	const pinging = setInterval(() => {
		for (const { socket } of connections) socket.ping();
	}, settings.pingIntervalMs);
	const cut = () => {
		for (const { socket } of connections) socket.terminate();
	};
	return {
		issueUrl() {
			const ticket = randomUUID();
			tickets.add(ticket);
			return `${settings.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${settings.appId}`;
		},
		connections: () => connections.size,
		requestDisconnect(reason, which) {
			const chosen = which === 'all' ? [...connections] : [pick(connections)];
			for (const connection of chosen)
				connection?.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'emulator' } }));
		},
		cut,
		send: (envelope) => sendTo(pick(connections), envelope, settings.ackTimeoutMs),
		close() {
			clearInterval(pinging);
			cut();
		},
	};
}

function accept(socket: WebSocket, connections: Set<Connection>, appId: string): void {
	const connection: Connection = { socket, waiting: new Map() };
	connections.add(connection);
	socket.on('message', (data) => acknowledge(connection, data));
	socket.on('error', () => socket.terminate());
	socket.on('close', () => {
		connections.delete(connection);
		for (const settle of connection.waiting.values()) settle(failure('connection_failed'));
	});
	const info = {
		num_connections: connections.size,
		connection_info: { app_id: appId },
		debug_info: { host: 'emulator', approximate_connection_time: 18060 },
	};
	socket.send(JSON.stringify({ type: 'hello', ...info }));
}

function sendTo(connection: Connection | undefined, envelope: Envelope, ackTimeoutMs: number): Promise<Answer> {
	if (connection === undefined) return Promise.resolve(failure('connection_failed'));
	const id = randomUUID();
	return new Promise((resolve) => {
		const settle = (answer: Answer) => {
			clearTimeout(timer);
			connection.waiting.delete(id);
			resolve(answer);
		};
		const timer = setTimeout(() => settle(failure('timeout')), ackTimeoutMs);
		connection.waiting.set(id, settle);
		connection.socket.send(
			JSON.stringify({
				envelope_id: id,
				type: envelope.type,
				payload: envelope.payload,
				accepts_response_payload: envelope.type !== 'events_api',
				...(envelope.type === 'events_api' && { retry_attempt: envelope.attempt, retry_reason: envelope.retryReason ?? '' }),
			}),
		);
	});
}

function acknowledge(connection: Connection, data: RawData): void {
	const message: unknown = JSON.parse(data.toString());
	if (!isJson(message) || typeof message.envelope_id !== 'string') return;
	const body = message.payload === undefined ? '' : JSON.stringify(message.payload);
	connection.waiting.get(message.envelope_id)?.({ status: 200, body, noRetry: false });
}

function failure(reason: string): Answer {
	return { status: null, body: '', noRetry: false, failure: reason };
}

function pick(connections: ReadonlySet<Connection>): Connection | undefined {
	return [...connections][Math.floor(Math.random() * connections.size)];
}
