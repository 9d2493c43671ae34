/** A local Discord: the gateway, the REST API, the CDN and the people in guilds, with Discord's own rules and limits. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forThisMachine } from '../own-machine.ts';
import { createCommands } from './commands.ts';
import type { Core, Identity, Portal } from './core.ts';
import type { DiscordEmulator, DiscordEmulatorOptions } from './discord-emulator.ts';
import { createEvents } from './events.ts';
import { createFaults } from './faults.ts';
import { createFiles } from './files.ts';
import { createGateway } from './gateway.ts';
import { createInteracting } from './interacting.ts';
import { createInteractions } from './interactions.ts';
import { createInvalidRequests } from './invalid-requests.ts';
import { createLimiter } from './limits.ts';
import { createMessageStore } from './messages.ts';
import { createPeople } from './people.ts';
import { createRestApi } from './rest-api.ts';
import { createRequestHandler } from './server.ts';
import { createSnowflakes, type Snowflakes } from './snowflake.ts';
import type { Change, RecordedCall } from './types.ts';
import { createTyping } from './typing.ts';
import { toVisible } from './visible-message.ts';
import { createWorld } from './world.ts';

export type { DiscordEmulator, DiscordEmulatorOptions } from './discord-emulator.ts';
export { permissions } from './permissions.ts';
export type * from './types.ts';

/** Starts the emulator on loopback. Every rule of Discord that it knows is enforced unless an option says otherwise. */
export async function startDiscordEmulator(options: DiscordEmulatorOptions = {}): Promise<DiscordEmulator> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	return assemble(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
}

function assemble(server: Server, url: string, options: DiscordEmulatorOptions): DiscordEmulator {
	const listeners = new Set<(change: Change) => void>();
	const calls: RecordedCall[] = [];
	const settings = { latencyMs: options.latencyMs ?? 0 };
	const core = createCore({ server, url, options }, (change) => {
		for (const listener of listeners) listener(change);
	});
	const { identity, world, portal, messages, gateway } = core;
	const faults = createFaults();
	const limiter = createLimiter(options.limits ?? true, core.now);
	const invalid = createInvalidRequests(core.now);
	const api = createRestApi({ core, faults, limiter, invalid, calls, latencyMs: () => settings.latencyMs });
	server.on('request', forThisMachine(createRequestHandler({ url, api, files: core.files })));
	return {
		...identity,
		...createPeople(core),
		...createInteracting(core),
		apiUrl: `${url}/api`,
		cdnUrl: url,
		world,
		portal,
		gateway,
		dispatches: gateway.sent,
		calls,
		callsTo: (operation) => calls.filter((call) => call.operation === operation),
		setLatency: (latencyMs) => void Object.assign(settings, { latencyMs }),
		messages: (channel) =>
			messages
				.list(channel)
				.filter(({ ephemeralFor }) => ephemeralFor === undefined)
				.map(toVisible),
		message(channel, id) {
			const message = messages.get(channel, id);
			return message === undefined ? undefined : toVisible(message);
		},
		linkTo: ({ channelId, id }) => `https://discord.com/channels/${world.channel(channelId)?.guildId ?? '@me'}/${channelId}/${id}`,
		ephemerals: (channel, user) =>
			messages
				.list(channel)
				.filter(({ ephemeralFor }) => ephemeralFor === user)
				.map(toVisible),
		fileContent: (id) => core.files.get(id)?.content,
		notified: (channel, messageId) => [...(messages.get(channel, messageId)?.notified ?? [])],
		typing: core.typing.isShown,
		commands: core.commands.list,
		fail: faults.add,
		clearFaults: faults.clear,
		expireAttachmentUrls: core.files.expireUrls,
		invalidRequests: invalid.report,
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		forgetCounters() {
			limiter.forget();
			invalid.forget();
			gateway.forgetCounters();
		},
		async close() {
			core.interactions.close();
			gateway.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Ground {
	server: Server;
	url: string;
	options: DiscordEmulatorOptions;
}

function createCore({ server, url, options }: Ground, notify: (change: Change) => void): Core {
	const now = options.now ?? (() => performance.timeOrigin + performance.now());
	const snowflakes = createSnowflakes(now);
	const identity = createIdentity(url, options, snowflakes);
	const { applicationId, botUserId } = identity;
	const portal: Portal = {
		messageContentIntent: options.messageContentIntent ?? true,
		guildMembersIntent: options.guildMembersIntent ?? false,
	};
	const events = createEvents(() => core);
	const world = createWorld({ botUserId, now, snowflakes, announce: events.happened });
	const gateway = createGateway({
		server,
		url,
		// What the page "Gateway" shows in its example of a hello.
		heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
		sessionStarts: { total: 1_000, maxConcurrency: 1, ...options.sessionStarts },
		isLimited: options.limits !== false,
		core: () => core,
	});
	const core: Core = {
		identity,
		now,
		portal,
		snowflakes,
		world,
		notify,
		gateway,
		events,
		messages: createMessageStore({ world, snowflakes, now, notify }),
		files: createFiles({ cdnUrl: url, snowflakes, now }),
		typing: createTyping(now, notify),
		commands: createCommands({ applicationId, snowflakes, now }),
		interactions: createInteractions({ applicationId, snowflakes, now }),
	};
	world.addUser({ id: botUserId, name: 'openccb', globalName: null, isBot: true });
	return core;
}

/** The bot of an old app has an id of its own. New ones share the app's, which would hide that one is taken for the other. */
function createIdentity(url: string, options: DiscordEmulatorOptions, snowflakes: Snowflakes): Identity {
	const applicationId = options.applicationId ?? snowflakes.next();
	return { url, applicationId, botUserId: snowflakes.next(), botToken: options.botToken ?? 'emulated-bot-token' };
}
