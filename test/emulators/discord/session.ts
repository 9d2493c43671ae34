/** A gateway session: what it has been sent, so that it can be resumed, and the connection it has at the moment. */

import { randomUUID } from 'node:crypto';
import { intents as bits } from './intents.ts';
import type { Reader } from './message-wire.ts';
import type { Json } from './types.ts';

/** Something that happened, for whoever wants to know. */
export interface Dispatch {
	name: string;
	/** The intent that it needs; 0 for none. */
	intent: number;
	/** Undefined for direct conversations. */
	guildId: string | undefined;
	/** Told even while the guild is unavailable. */
	passesOutage?: boolean;
	data(reader: Reader): Json;
}

export interface Session {
	readonly id: string;
	readonly intents: number;
	readonly shard: readonly [id: number, count: number];
	readonly readsContent: boolean;
	/** Guilds of which it has been told only the id. */
	readonly awaitedGuilds: string[];
	/** The number of the last dispatch. */
	sequence: number;
	connection: SessionConnection | undefined;
	lostAtMs: number;
	/** Numbers the dispatch, keeps it and sends it when there is a connection. */
	send(name: string, data: Json): void;
	/** Sends again what came after this number. False when that is not kept any more. */
	replay(afterSequence: number): boolean;
}

export interface SessionConnection {
	send(payload: Json): void;
}

export interface SessionSettings {
	intents: number;
	shard: readonly [id: number, count: number];
	connection: SessionConnection;
	onSent: (dispatch: { sessionId: string; name: string; sequence: number }) => void;
}

/** How many dispatches are kept for a resume. No page says a number; it is more than a few minutes bring. */
const keptDispatches = 10_000;

/** "A few minutes" says the page on resuming nowhere in numbers; the emulator keeps a lost session for three. */
export const sessionLifetimeMs = 180_000;

/** Creates a session on its first connection. */
export function createSession({ intents, shard, connection, onSent }: SessionSettings): Session {
	const kept: Json[] = [];
	const sendNow = (payload: Json) => {
		if (session.connection === undefined) return;
		session.connection.send(payload);
		onSent({ sessionId: session.id, name: String(payload.t), sequence: Number(payload.s) });
	};
	const session: Session = {
		id: randomUUID().replaceAll('-', ''),
		intents,
		shard,
		readsContent: (intents & bits.messageContent) !== 0,
		awaitedGuilds: [],
		sequence: 0,
		connection,
		lostAtMs: 0,
		send(name, data) {
			session.sequence += 1;
			const payload = { op: 0, t: name, s: session.sequence, d: data };
			kept.push(payload);
			if (kept.length > keptDispatches) kept.shift();
			sendNow(payload);
		},
		replay(afterSequence) {
			const missed = kept.filter(({ s }) => Number(s) > afterSequence);
			if (missed.length !== session.sequence - afterSequence) return false;
			for (const payload of missed) sendNow(payload);
			return true;
		},
	};
	return session;
}

/** Which shard hears of a guild; direct conversations belong to the first (page "Gateway", Sharding). */
export function shardOf(guildId: string | undefined, count: number): number {
	return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}
