/** What the gateway and its connections share: sessions, connections and what a test has switched on. */

import type { Server } from 'node:http';
import type { WebSocket } from 'ws';
import type { Core } from './core.ts';
import type { Dispatch, Session, SessionConnection } from './session.ts';
import type { SessionStartLimit, SessionStarts } from './session-starts.ts';
import { guildToWire } from './wire.ts';

export interface Connection extends SessionConnection {
	readonly socket: WebSocket;
	session: Session | undefined;
}

/** One dispatch that went to a connection. */
export interface SentDispatch {
	sessionId: string;
	name: string;
	sequence: number;
	atMs: number;
}

export interface GatewaySettings {
	server: Server;
	/** Origin of the emulator, `http://…`. */
	url: string;
	heartbeatIntervalMs: number;
	sessionStarts: SessionStartLimit;
	/** Whether sends and identifies are rationed. */
	isLimited: boolean;
	core: () => Core;
}

/** What connections need to know of the gateway. */
export interface GatewayState {
	readonly settings: GatewaySettings;
	readonly sessions: Map<string, Session>;
	readonly connections: Set<Connection>;
	readonly starts: SessionStarts;
	readonly sent: SentDispatch[];
	readonly switches: { acksWithheld: boolean; duplicates: boolean; eventsHeld: boolean; guildsHeld: boolean; refusing: boolean };
	/** What waits for `holdEvents(false)`, oldest first. */
	held: Dispatch[];
}

/** Sends the guilds that a new session was promised. */
export function sendGuilds(state: GatewayState, session: Session): void {
	const core = state.settings.core();
	for (const guildId of session.awaitedGuilds.splice(0)) {
		const guild = core.world.guild(guildId);
		if (guild !== undefined && !guild.isUnavailable) session.send('GUILD_CREATE', guildToWire(core, guild));
	}
}
