/** One connection to the gateway: hello, heartbeats, identify, resume, and the close codes for what goes wrong. */

import type { RawData, WebSocket } from 'ws';
import { type Connection, type GatewayState, sendGuilds } from './gateway-state.ts';
import { intentProblem, intents } from './intents.ts';
import { isJson, listOf, numberOf, textOf } from './json.ts';
import { createSession, type Session, sessionLifetimeMs, shardOf } from './session.ts';
import type { Json } from './types.ts';
import { memberToWire, userToWire } from './wire.ts';

/** "Rate Limiting" of the page "Gateway": 120 sends per connection in 60 s. */
const sendLimit = 120;
const sendWindowMs = 60_000;

/** Greets the app and listens to it until the socket closes. */
export function handleConnection(state: GatewayState, socket: WebSocket, url: URL): void {
	const now = () => state.settings.core().now();
	const connection: Connection = { socket, session: undefined, send: (payload) => socket.send(JSON.stringify(payload)) };
	state.connections.add(connection);
	let sends: number[] = [];
	socket.on('error', () => socket.terminate());
	socket.on('close', (code) => leave(state, connection, code));
	if (url.searchParams.get('v') !== '10') return void socket.close(4012, 'Invalid API version.');
	socket.on('message', (data) => {
		sends = [...sends.filter((atMs) => atMs > now() - sendWindowMs), now()];
		if (state.settings.isLimited && sends.length > sendLimit) return void socket.close(4008, 'Rate limited.');
		const payload = decode(data);
		if (payload === undefined) return void socket.close(4002, 'Error while decoding payload.');
		receive(state, connection, payload);
	});
	connection.send({ op: 10, t: null, s: null, d: { heartbeat_interval: state.settings.heartbeatIntervalMs, _trace: [] } });
}

function receive(state: GatewayState, connection: Connection, { op, d }: Json): void {
	const { socket, session } = connection;
	if (op === heartbeat) {
		if (!state.switches.acksWithheld) connection.send({ op: heartbeatAck, t: null, s: null, d: null });
		return;
	}
	if (op === identification || op === resumption) {
		if (session !== undefined) return void socket.close(4005, 'Already authenticated.');
		if (op === identification) identify(state, connection, d);
		else resume(state, connection, d);
		return;
	}
	if (typeof op !== 'number' || !furtherOpcodes.has(op)) return void socket.close(4001, 'Unknown opcode.');
	if (session === undefined) return void socket.close(4003, 'Not authenticated.');
	if (op === memberRequest) sendMembers(state, session, d);
}

/** "Gateway Opcodes". */
const heartbeat = 1;
const identification = 2;
const resumption = 6;
const memberRequest = 8;
const heartbeatAck = 11;
/** Those for presence, voice and sounds are taken and change nothing. */
const furtherOpcodes: ReadonlySet<number> = new Set([3, 4, memberRequest, 31]);

function identify(state: GatewayState, connection: Connection, given: unknown): void {
	const { socket } = connection;
	const core = state.settings.core();
	if (!isJson(given)) return void socket.close(4002, 'Error while decoding payload.');
	const shard = readShard(given.shard);
	if (!isToken(state, given.token)) return void socket.close(4004, 'Authentication failed.');
	if (shard === undefined) return void socket.close(4010, 'Invalid shard.');
	const problem = intentProblem(given.intents, core.portal);
	if (problem !== null) return void socket.close(problem, problem === 4013 ? 'Invalid intent(s).' : 'Disallowed intent(s).');
	if (state.settings.isLimited && !state.starts.take()) return void connection.send({ op: 9, t: null, s: null, d: false });
	const session = createSession({
		intents: Number(given.intents),
		shard,
		connection,
		onSent: (dispatch) => void state.sent.push({ ...dispatch, atMs: core.now() }),
	});
	connection.session = session;
	state.sessions.set(session.id, session);
	session.send('READY', ready(state, session));
	if (!state.switches.guildsHeld) sendGuilds(state, session);
}

/** READY tells of guilds only their ids; each follows as GUILD_CREATE, if the app wants to hear of guilds at all. */
function ready(state: GatewayState, session: Session): Json {
	const core = state.settings.core();
	const { applicationId, botUserId } = core.identity;
	const bot = core.world.user(botUserId);
	const guilds = core.world
		.guilds()
		.filter(({ id, members }) => members.has(botUserId) && shardOf(id, session.shard[1]) === session.shard[0]);
	if ((session.intents & intents.guilds) !== 0) session.awaitedGuilds.push(...guilds.map(({ id }) => id));
	// GATEWAY_MESSAGE_CONTENT_LIMITED: granted in the portal to an app that needs no review.
	const flags = core.portal.messageContentIntent ? 1 << 19 : 0;
	return {
		v: 10,
		user: { ...(bot && userToWire(bot)), bot: true, verified: true, mfa_enabled: false, email: null, flags: 0 },
		guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
		session_id: session.id,
		session_type: 'normal',
		resume_gateway_url: `${state.settings.url.replace(/^http/, 'ws')}/gateway/resume`,
		shard: session.shard,
		application: { id: applicationId, flags },
		private_channels: [],
		relationships: [],
		presences: [],
		_trace: [],
	};
}

function resume(state: GatewayState, connection: Connection, given: unknown): void {
	if (!isJson(given)) return void connection.socket.close(4002, 'Error while decoding payload.');
	if (!isToken(state, given.token)) return void connection.socket.close(4004, 'Authentication failed.');
	const session = state.sessions.get(textOf(given.session_id));
	const core = state.settings.core();
	const isLost = session !== undefined && session.connection === undefined && core.now() - session.lostAtMs > sessionLifetimeMs;
	if (session === undefined || isLost) return void connection.send({ op: 9, t: null, s: null, d: false });
	const sequence = numberOf(given.seq);
	if (sequence > session.sequence) return void connection.socket.close(4007, 'Invalid seq.');
	const previous = [...state.connections].find((other) => other !== connection && other.session === session);
	if (previous !== undefined) previous.session = undefined;
	previous?.socket.terminate();
	session.connection = connection;
	connection.session = session;
	if (!session.replay(sequence)) {
		state.sessions.delete(session.id);
		connection.session = undefined;
		return void connection.send({ op: 9, t: null, s: null, d: false });
	}
	session.send('RESUMED', { _trace: [] });
}

/** "Request Guild Members": a few by id needs no intent, whole lists do. */
function sendMembers(state: GatewayState, session: Session, given: unknown): void {
	const core = state.settings.core();
	const guild = isJson(given) ? core.world.guild(textOf(given.guild_id)) : undefined;
	if (!isJson(given) || guild === undefined) return;
	const wanted = Array.isArray(given.user_ids) ? given.user_ids.map(String) : textOf(given.user_ids).split(',').filter(Boolean);
	const isWhole = given.user_ids === undefined;
	if (isWhole && (session.intents & intents.guildMembers) === 0) return;
	const prefix = textOf(given.query).toLowerCase();
	const members = [...guild.members.values()].filter(({ userId }) =>
		isWhole ? core.world.user(userId)?.name.toLowerCase().startsWith(prefix) : wanted.includes(userId),
	);
	session.send('GUILD_MEMBERS_CHUNK', {
		guild_id: guild.id,
		members: members.map((member) => memberToWire(core, member)),
		chunk_index: 0,
		chunk_count: 1,
		not_found: wanted.filter((id) => !guild.members.has(id)),
		nonce: given.nonce,
	});
}

/** A session outlives its connection, unless the app ended it with 1000 or 1001 (page "Gateway", Disconnecting). */
function leave(state: GatewayState, connection: Connection, code: number): void {
	state.connections.delete(connection);
	const { session } = connection;
	if (session === undefined || session.connection !== connection) return;
	session.connection = undefined;
	session.lostAtMs = state.settings.core().now();
	if (endingCodes.has(code)) state.sessions.delete(session.id);
}

/** Codes after which a session cannot be resumed (page "Opcodes and Status Codes"). */
const endingCodes: ReadonlySet<number> = new Set([1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);

function isToken(state: GatewayState, token: unknown): boolean {
	return textOf(token).replace(/^Bot /, '') === state.settings.core().identity.botToken;
}

function readShard(given: unknown): [number, number] | undefined {
	if (given === undefined) return [0, 1];
	const [id, count] = listOf(given).map(numberOf);
	return id !== undefined && count !== undefined && id < count ? [id, count] : undefined;
}

function decode(data: RawData): Json | undefined {
	try {
		const payload: unknown = JSON.parse(data.toString());
		return isJson(payload) ? payload : undefined;
	} catch {
		return undefined;
	}
}
