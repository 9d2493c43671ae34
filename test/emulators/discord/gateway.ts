/** The gateway: sessions that the app opens, resumes and loses, and the dispatches they are sent (page "Gateway"). */

import { type WebSocket, WebSocketServer } from 'ws';
import { handleConnection } from './gateway-connection.ts';
import { type GatewaySettings, type GatewayState, type SentDispatch, sendGuilds } from './gateway-state.ts';
import type { Reader } from './message-wire.ts';
import { type Dispatch, shardOf } from './session.ts';
import { createSessionStarts } from './session-starts.ts';
import type { Json } from './types.ts';

/** What a test does to the gateway. */
export interface GatewayControls {
	/** How many connections are open, identified or not. */
	connections(): number;
	/** How many sessions receive events, or can be resumed. */
	sessions(): { id: string; intents: number; isConnected: boolean; sequence: number }[];
	/** Closes all connections with this code, 4000 when not given. */
	disconnect(code?: number, reason?: string): void;
	/** Cuts all connections without a close frame. */
	cut(): void;
	/** Op 7: the app is asked to reconnect and resume. */
	requestReconnect(): void;
	/** Op 9. Sessions that are not resumable are forgotten. */
	invalidateSession(isResumable: boolean): void;
	/** From now on heartbeats are not acknowledged. `false` ends it. */
	withholdAcks(on: boolean): void;
	/** From now on everything that happens is dispatched twice. */
	duplicateDispatches(on: boolean): void;
	/** From now on what happens is kept back; `false` delivers it. READY, RESUMED and guilds of new sessions pass. */
	holdEvents(on: boolean): void;
	/** From now on the guilds of new sessions are kept back, so that other events come before them; `false` delivers them. */
	holdGuilds(on: boolean): void;
	/** From now on no new connection is accepted. `false` ends it. */
	refuseConnections(on: boolean): void;
}

export interface Gateway extends GatewayControls {
	dispatch(dispatch: Dispatch): void;
	/** What `GET /gateway/bot` says. */
	describe(): Json;
	/** Forgets how often the app has identified. */
	forgetCounters(): void;
	/** Every dispatch so far that was sent to a connection. */
	readonly sent: readonly SentDispatch[];
	close(): void;
}

/** Takes over the upgrade requests of the server. */
export function createGateway(settings: GatewaySettings): Gateway {
	const upgrades = new WebSocketServer({ noServer: true });
	const switches = { acksWithheld: false, duplicates: false, eventsHeld: false, guildsHeld: false, refusing: false };
	const starts = createSessionStarts(settings.sessionStarts, () => settings.core().now());
	const state: GatewayState = { settings, sessions: new Map(), connections: new Set(), starts, sent: [], switches, held: [] };
	settings.server.on('upgrade', (request, stream, head) => {
		const url = new URL(request.url ?? '/', settings.url);
		if (!url.pathname.startsWith('/gateway')) return void stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
		if (switches.refusing) return void stream.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
		upgrades.handleUpgrade(request, stream, head, (socket: WebSocket) => handleConnection(state, socket, url));
	});
	return {
		...createControls(state),
		sent: state.sent,
		dispatch(dispatch) {
			if (switches.eventsHeld) state.held.push(asOfNow(dispatch));
			else deliver(state, dispatch);
		},
		describe: () => ({ url: `${settings.url.replace(/^http/, 'ws')}/gateway`, shards: 1, session_start_limit: starts.describe() }),
		forgetCounters: starts.forget,
		close() {
			for (const { socket } of state.connections) socket.terminate();
		},
	};
}

function createControls(state: GatewayState): GatewayControls {
	const { sessions, connections, switches } = state;
	return {
		connections: () => connections.size,
		sessions: () =>
			[...sessions.values()].map(({ id, intents, connection, sequence }) => ({
				id,
				intents,
				isConnected: connection !== undefined,
				sequence,
			})),
		disconnect(code = 4000, reason = '') {
			for (const { socket } of connections) socket.close(code, reason);
		},
		cut() {
			for (const { socket } of connections) socket.terminate();
		},
		requestReconnect() {
			for (const connection of connections) connection.send({ op: 7, d: null });
		},
		invalidateSession(isResumable) {
			if (!isResumable) sessions.clear();
			for (const connection of connections) {
				if (!isResumable) connection.session = undefined;
				connection.send({ op: 9, d: isResumable });
			}
		},
		withholdAcks: (on) => void Object.assign(switches, { acksWithheld: on }),
		duplicateDispatches: (on) => void Object.assign(switches, { duplicates: on }),
		refuseConnections: (on) => void Object.assign(switches, { refusing: on }),
		holdEvents(on) {
			switches.eventsHeld = on;
			if (on) return;
			for (const dispatch of state.held.splice(0)) deliver(state, dispatch);
		},
		holdGuilds(on) {
			switches.guildsHeld = on;
			if (on) return;
			for (const session of sessions.values()) sendGuilds(state, session);
		},
	};
}

/** What happened as it was then, however much it changes while it is kept back. */
function asOfNow(dispatch: Dispatch): Dispatch {
	const whole = structuredClone(dispatch.data({ readsContent: true }));
	const withheld = structuredClone(dispatch.data({ readsContent: false }));
	return { ...dispatch, data: ({ readsContent }) => (readsContent ? whole : withheld) };
}

function deliver(state: GatewayState, dispatch: Dispatch): void {
	const core = state.settings.core();
	if (core.world.guild(dispatch.guildId ?? '')?.isUnavailable && dispatch.passesOutage !== true) return;
	for (const session of state.sessions.values()) {
		const isWanted = dispatch.intent === 0 || (session.intents & dispatch.intent) !== 0;
		if (!isWanted || shardOf(dispatch.guildId, session.shard[1]) !== session.shard[0]) continue;
		const reader: Reader = { readsContent: core.portal.messageContentIntent && session.readsContent };
		const data = dispatch.data(reader);
		for (let copies = state.switches.duplicates ? 2 : 1; copies > 0; copies -= 1) session.send(dispatch.name, structuredClone(data));
	}
}
