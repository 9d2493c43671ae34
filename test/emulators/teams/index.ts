/** A local Microsoft Teams: Bot Connector, signing keys, token endpoint, file hosts, a little Graph, and the people of a tenant. */

import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forThisMachine } from '../own-machine.ts';
import type { Core, Identity, Settings } from './core.ts';
import { createDeliveries } from './deliveries.ts';
import { createDownloads } from './downloads.ts';
import { createExchange } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createLimiter } from './limits.ts';
import { linkTo } from './links.ts';
import { createLogin, type Login } from './login.ts';
import { createMessageStore } from './messages.ts';
import { createOtherApps } from './other-apps.ts';
import { createPeople } from './people.ts';
import { createFilesHandler, createMainHandler } from './server.ts';
import { createSigning, type Signing } from './signing.ts';
import { endIfExpired } from './streams.ts';
import type { TeamsEmulator, TeamsEmulatorOptions } from './teams-emulator.ts';
import { createTenant } from './tenant.ts';
import type { Change, RecordedCall, RecordedDelivery } from './types.ts';
import { createUploads } from './uploads.ts';
import { notifies, toVisible } from './visible-text.ts';

export type { TeamsEmulator, TeamsEmulatorOptions } from './teams-emulator.ts';
export type * from './types.ts';

/** Starts the emulator on loopback. Every rule of Teams that it knows is enforced unless an option says otherwise. */
export async function startTeamsEmulator(options: TeamsEmulatorOptions = {}): Promise<TeamsEmulator> {
	const servers = [createServer(), createServer()] as const;
	const [url, filesUrl] = await Promise.all([listen(servers[0], options.port ?? 0), listen(servers[1], 0)]);
	const identity = createIdentity(url, filesUrl, options);
	const parts = createParts(identity, await createSigning(identity), options);
	const { core, login, signing, faults, calls } = parts;
	const exchange = createExchange({ core, login, faults, retryAfterHeader: options.retryAfterHeader ?? true, calls });
	servers[0].on('request', forThisMachine(createMainHandler({ core, login, signing }, exchange)));
	servers[1].on('request', forThisMachine(createFilesHandler(core, exchange)));
	return assemble(servers, parts);
}

interface Parts {
	core: Core;
	login: Login;
	signing: Signing;
	faults: Faults;
	calls: RecordedCall[];
	deliveries: RecordedDelivery[];
	listeners: Set<(change: Change) => void>;
	ending: AbortController;
}

function createParts(identity: Identity, signing: Signing, options: TeamsEmulatorOptions): Parts {
	const now = options.now ?? (() => performance.timeOrigin + performance.now());
	const { appId, appPassword, tenantId, filesUrl } = identity;
	const settings: Settings = {
		messagingEndpoint: options.messagingEndpoint,
		latencyMs: options.latencyMs ?? 0,
		streaming: true,
		putOnOpenStream: options.putOnOpenStream ?? 'refused',
		graph: { messages: true, files: true, groups: true },
		duplicates: false,
		acksToDrop: 0,
	};
	const listeners: Parts['listeners'] = new Set();
	const notify = (change: Change) => {
		for (const listener of listeners) listener(change);
	};
	const deliveries: RecordedDelivery[] = [];
	const ending = new AbortController();
	// Every delivery that waits for its next attempt listens to it.
	setMaxListeners(0, ending.signal);
	const tenant = createTenant({ tenantId, filesUrl, resourceSpecificConsent: options.resourceSpecificConsent ?? false, now });
	const core: Core = {
		identity,
		settings,
		now,
		tenant,
		messages: createMessageStore(tenant, now, notify),
		downloads: createDownloads(filesUrl, now),
		uploads: createUploads(filesUrl, tenant.addFile),
		limiter: createLimiter(options.limits ?? true, now),
		deliveries: createDeliveries({
			signing,
			settings,
			ackTimeoutMs: options.ackTimeoutMs ?? 15_000,
			invokeTimeoutMs: options.invokeTimeoutMs ?? 10_000,
			retryDelaysMs: options.retryDelaysMs ?? [0, 5_000, 15_000],
			records: deliveries,
			now,
			signal: ending.signal,
		}),
	};
	const login = createLogin({ appId, appPassword, tenantId, tokenLifetimeMs: options.tokenLifetimeMs ?? 3_600_000, now });
	return { core, login, signing, faults: createFaults(), calls: [], deliveries, listeners, ending };
}

function assemble(servers: readonly Server[], parts: Parts): TeamsEmulator {
	const { core, login, signing, faults, calls, deliveries, listeners, ending } = parts;
	const { settings } = core;
	return {
		...core.identity,
		...createPeople(core),
		...createOtherApps(core),
		...createView(core),
		tenant: core.tenant,
		calls,
		deliveries,
		callsTo: (operation) => calls.filter((call) => call.operation === operation),
		setMessagingEndpoint: (url) => void Object.assign(settings, { messagingEndpoint: url }),
		setLatency: (latencyMs) => void Object.assign(settings, { latencyMs }),
		allowStreaming: (on) => void Object.assign(settings, { streaming: on }),
		grantGraph: (permissions) => void Object.assign(settings.graph, permissions),
		fail: faults.add,
		clearFaults: faults.clear,
		deliver: (body, { token } = {}) => core.deliveries.forge(typeof body === 'string' ? body : JSON.stringify(body), token),
		duplicateDeliveries: (on) => void Object.assign(settings, { duplicates: on }),
		dropAcks: (count) => void Object.assign(settings, { acksToDrop: count }),
		rotateKeys: signing.rotate,
		revokeTokens: login.revoke,
		expireDownloads: core.downloads.expire,
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		forgetCounters: core.limiter.forget,
		async close() {
			ending.abort();
			await Promise.all(servers.map(stop));
		},
	};
}

function createIdentity(url: string, filesUrl: string, options: TeamsEmulatorOptions): Identity {
	const appId = options.appId ?? '6f1d2c3b-0a49-4e58-b7c6-d5e4f3a2b1c0';
	return {
		url,
		filesUrl,
		appId,
		appPassword: options.appPassword ?? 'emulated-app-password',
		tenantId: options.tenantId ?? '0c9b8a79-6857-4463-92f1-e0dfcebdac9b',
		botId: `28:${appId}`,
		botName: 'OpenCCB',
		serviceUrl: `${url}/amer/`,
		openIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
		loginUrl: `${url}/login`,
		graphUrl: `${url}/graph`,
	};
}

type View = Pick<TeamsEmulator, 'messages' | 'message' | 'linkTo' | 'typing' | 'notifies' | 'ageStream'>;

/** What can be seen of the tenant. A stream that outlived its time shows as expired even when nobody called since. */
function createView(core: Core): View {
	const { messages, tenant } = core;
	const visible = (message: Parameters<typeof toVisible>[0]) => {
		endIfExpired(core, message);
		return toVisible(message);
	};
	return {
		messages: (conversation, { threadRootId } = {}) =>
			(threadRootId === undefined ? messages.list(conversation) : messages.thread(conversation, threadRootId)).map(visible),
		message(conversation, id) {
			const message = messages.get(conversation, id);
			return message === undefined ? undefined : visible(message);
		},
		linkTo: (message) => linkTo(core, message),
		typing: (conversation) => messages.isTyping(conversation),
		notifies: (message) => notifies(tenant, message),
		ageStream(conversation, id, byMs) {
			const stream = messages.get(conversation, id)?.stream;
			if (stream === undefined) throw new TypeError(`no stream at ${id}`);
			stream.startedAtMs -= byMs;
		},
	};
}

async function listen(server: Server, port: number): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
