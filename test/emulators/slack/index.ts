/** A local Slack: the Web API, the Events API, Socket Mode and the people in a workspace, with Slack's own rules and limits. */

import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forThisMachine } from '../own-machine.ts';
import { createAdministration } from './administration.ts';
import { createChannelLife } from './channel-life.ts';
import type { Core, Identity } from './core.ts';
import { createEventDelivery } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHandles } from './handles.ts';
import { createHttpTransport, type HttpTransport } from './http-transport.ts';
import { createLimiter, type Limiter } from './limits.ts';
import { linkTo } from './links.ts';
import { createMessageStore } from './messages.ts';
import { endIfExpired } from './methods/stream.ts';
import { createModals } from './modals.ts';
import { createOtherApps } from './other-apps.ts';
import { createPassingOn } from './passing-on.ts';
import { createPeople } from './people.ts';
import { defaultScopes } from './scopes.ts';
import { createRequestHandler } from './server.ts';
import type { SlackEmulator, SlackEmulatorOptions } from './slack-emulator.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createSurface } from './surface.ts';
import type { Change, RecordedCall, RecordedDelivery } from './types.ts';
import { createUploads } from './uploads.ts';
import { toVisible } from './visible-text.ts';
import { createWebApi } from './web-api.ts';
import { createWorkspace } from './workspace.ts';

export type { SlackEmulator, SlackEmulatorOptions } from './slack-emulator.ts';
export type * from './types.ts';

/** Starts the emulator on loopback. Every rule of Slack that it knows is enforced unless an option says otherwise. */
export async function startSlackEmulator(options: SlackEmulatorOptions = {}): Promise<SlackEmulator> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const identity = createIdentity(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
	return assemble(server, identity, options);
}

interface Parts {
	core: Core;
	http: HttpTransport;
	socketMode: SocketMode;
	faults: Faults;
	limiter: Limiter;
	/** What may be changed while the emulator runs. */
	settings: {
		eventsUrl: string | undefined;
		latencyMs: number;
		duplicates: boolean;
		acksToDrop: number;
		scopes: readonly string[];
	};
	calls: RecordedCall[];
	deliveries: RecordedDelivery[];
	listeners: Set<(change: Change) => void>;
	ending: AbortController;
}

function createParts(server: Server, identity: Identity, options: SlackEmulatorOptions): Parts {
	const now = options.now ?? (() => performance.timeOrigin + performance.now());
	const settings: Parts['settings'] = {
		eventsUrl: options.eventsUrl,
		latencyMs: options.latencyMs ?? 0,
		duplicates: false,
		acksToDrop: 0,
		scopes: options.scopes ?? defaultScopes,
	};
	const listeners: Parts['listeners'] = new Set();
	const deliveries: RecordedDelivery[] = [];
	const ending = new AbortController();
	// Every delivery that waits for its next attempt listens to it.
	setMaxListeners(0, ending.signal);
	const notify = (change: Change) => {
		for (const listener of listeners) listener(change);
	};
	const ackTimeoutMs = options.ackTimeoutMs ?? 3_000;
	const http = createHttpTransport({
		signingSecret: identity.signingSecret,
		ackTimeoutMs,
		url: (type) =>
			(type === 'interactive' ? options.interactivityUrl : type === 'slash_commands' ? options.commandsUrl : undefined) ??
			settings.eventsUrl,
	});
	const pingIntervalMs = options.socketPingMs ?? 10_000;
	const socketMode = createSocketMode({ server, url: identity.url, appId: identity.appId, ackTimeoutMs, pingIntervalMs });
	const workspace = createWorkspace({ teamId: identity.teamId, botUserId: identity.botUserId, now });
	const core: Core = {
		identity,
		now,
		scopes: () => settings.scopes,
		workspace,
		notify,
		messages: createMessageStore(workspace, now, notify),
		surface: createSurface(now, workspace.nextTs, notify),
		handles: createHandles(now),
		uploads: createUploads(),
		events: createEventDelivery(() => core, {
			transport: () => (settings.eventsUrl === undefined ? socketMode : http),
			retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
			disturbance: settings,
			deliveries,
			signal: ending.signal,
		}),
	};
	const limiter = createLimiter(options.limits ?? true, now);
	return { core, http, socketMode, faults: createFaults(), limiter, settings, calls: [], deliveries, listeners, ending };
}

function assemble(server: Server, identity: Identity, options: SlackEmulatorOptions): SlackEmulator {
	const parts = createParts(server, identity, options);
	const { core, http, socketMode, faults, limiter, settings, calls, deliveries, listeners, ending } = parts;
	const api = createWebApi({ core, faults, limiter, calls, latencyMs: () => settings.latencyMs, openConnection: socketMode.issueUrl });
	server.on('request', forThisMachine(createRequestHandler({ core, api, calls, faults })));
	return {
		...identity,
		...createPeople(core),
		...createModals(core),
		...createPassingOn(core),
		...createOtherApps(core),
		...createAdministration(core),
		...createChannelLife(core),
		...createView(core),
		apiUrl: `${identity.url}/api/`,
		workspace: core.workspace,
		calls,
		deliveries,
		socketMode,
		callsTo: (method) => calls.filter((call) => call.method === method),
		setEventsUrl: (url) => void Object.assign(settings, { eventsUrl: url }),
		setLatency: (latencyMs) => void Object.assign(settings, { latencyMs }),
		setScopes: (scopes) => void Object.assign(settings, { scopes }),
		fail: faults.add,
		clearFaults: faults.clear,
		deliver: (rawBody, forgery = {}) => http.forge(rawBody, forgery),
		duplicateDeliveries: (on) => void Object.assign(settings, { duplicates: on }),
		dropAcks: (count) => void Object.assign(settings, { acksToDrop: count }),
		announceAppRateLimited: () => announceAppRateLimited(core),
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		forgetCounters: limiter.forget,
		async close() {
			ending.abort();
			http.close();
			socketMode.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function createIdentity(url: string, options: SlackEmulatorOptions): Identity {
	return {
		url,
		workspaceUrl: 'https://openccb-emulated.slack.com/',
		teamId: 'T0EMULATED',
		enterpriseId: options.enterpriseId,
		botUserId: 'U0OPENCCB',
		botId: 'B0OPENCCB',
		appId: 'A0OPENCCB',
		signingSecret: options.signingSecret ?? 'emulated-signing-secret',
		botToken: options.botToken ?? 'xoxb-emulated-bot',
		appToken: options.appToken ?? 'xapp-emulated-app',
	};
}

type View = Pick<
	SlackEmulator,
	'messages' | 'message' | 'linkTo' | 'ephemerals' | 'status' | 'suggestedPrompts' | 'session' | 'view' | 'ageStream'
>;

/** What can be seen of the workspace. A stream that outlived its time shows as errored even when nobody called since. */
function createView(core: Core): View {
	const { messages, surface } = core;
	const visible = (message: Parameters<typeof toVisible>[0]) => {
		endIfExpired(core, message);
		return toVisible(message);
	};
	return {
		messages: (channel, { threadTs } = {}) =>
			(threadTs === undefined ? messages.list(channel) : messages.thread(channel, threadTs)).map(visible),
		message(channel, ts) {
			const message = messages.get(channel, ts);
			return message === undefined ? undefined : visible(message);
		},
		linkTo: (message) => linkTo(core.identity, message),
		ephemerals: surface.ephemerals,
		status: surface.status,
		suggestedPrompts: surface.prompts,
		session: surface.session,
		view: (id) => surface.views.get(id),
		ageStream(channel, ts, byMs) {
			const stream = messages.get(channel, ts)?.stream;
			if (stream === undefined) throw new TypeError(`no stream at ${ts}`);
			stream.startedAtMs -= byMs;
		},
	};
}

async function announceAppRateLimited({ identity, events, now, workspace }: Core): Promise<void> {
	const { teamId, appId } = identity;
	const minute = Math.floor(now() / 60_000) * 60;
	const payload = {
		type: 'app_rate_limited',
		token: 'verification-token',
		team_id: teamId,
		minute_rate_limited: minute,
		api_app_id: appId,
	};
	const record = { eventId: workspace.nextId('Ev'), key: teamId, type: 'app_rate_limited' };
	await events.sendOnce({ type: 'events_api', payload, attempt: 0 }, record);
}
