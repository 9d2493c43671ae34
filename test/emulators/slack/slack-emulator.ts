/** The emulator as tests, benches and the playground use it. */

import type { Administration } from './administration.ts';
import type { ChannelLife } from './channel-life.ts';
import type { Identity } from './core.ts';
import type { Fault } from './faults.ts';
import type { Forgery } from './http-transport.ts';
import type { RateRule } from './limits.ts';
import type { Modals } from './modals.ts';
import type { OtherApps } from './other-apps.ts';
import type { PassingOn } from './passing-on.ts';
import type { People } from './people.ts';
import type { SocketMode } from './socket-mode.ts';
import type { AgentSession, SuggestedPrompt } from './surface.ts';
import type { Change, Ephemeral, Json, RecordedCall, RecordedDelivery, VisibleMessage } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface SlackEmulatorOptions {
	/** 0, the default, lets the system choose. */
	port?: number;
	/** Where events are posted. Without it they go through socket mode. */
	eventsUrl?: string;
	/** Where buttons are posted; `eventsUrl` when not given. */
	interactivityUrl?: string;
	/** Where slash commands are posted; `eventsUrl` when not given. */
	commandsUrl?: string;
	signingSecret?: string;
	/** Makes the workspace one of an Enterprise Grid. */
	enterpriseId?: string;
	botToken?: string;
	appToken?: string;
	/** What the app was granted when it was installed; all that a chat bot asks for when not given. */
	scopes?: readonly string[];
	/** Added to every Web API call; 0 when not given. */
	latencyMs?: number;
	/** Rate limits: on unless `false`; an object replaces the rule of single methods. */
	limits?: boolean | Readonly<Record<string, RateRule>>;
	/** Waiting times before events are delivered again; Slack's are at once, 1 and 5 minutes. */
	retryDelaysMs?: readonly number[];
	/** How long the app may take to acknowledge; Slack's is 3 s. */
	ackTimeoutMs?: number;
	/** Pings of socket connections; the client closes after 30 s without any. */
	socketPingMs?: number;
	/** Epoch milliseconds with fractions, for limits, expiry and timestamps. The real clock when not given. */
	now?: () => number;
}

export interface SlackEmulator extends People, Modals, PassingOn, OtherApps, Administration, ChannelLife, Identity {
	/** To be given to the SDK as `slackApiUrl`; ends in `/api/`. */
	readonly apiUrl: string;
	readonly workspace: Workspace;
	/** Every Web API call and response_url answer so far, oldest first. */
	readonly calls: readonly RecordedCall[];
	/** Every attempt to bring something to the app so far, oldest first. */
	readonly deliveries: readonly RecordedDelivery[];
	readonly socketMode: Pick<SocketMode, 'connections' | 'requestDisconnect' | 'cut'>;
	callsTo(method: string): RecordedCall[];
	setEventsUrl(url: string): void;
	setLatency(latencyMs: number): void;
	/** The app was installed again, with these scopes. */
	setScopes(scopes: readonly string[]): void;
	/** All messages of the channel, oldest first, replies and deleted ones too; with `threadTs` only that thread. */
	messages(channel: string, options?: { threadTs?: string }): VisibleMessage[];
	message(channel: string, ts: string): VisibleMessage | undefined;
	/** The link that people copy from a message. */
	linkTo(message: Pick<VisibleMessage, 'channel' | 'ts' | 'threadTs'>): string;
	ephemerals(channel: string, user: string): Ephemeral[];
	/** The "is thinking…" line of a thread; empty when there is none. */
	status(channel: string, threadTs: string): string;
	suggestedPrompts(channel: string): SuggestedPrompt[];
	session(channel: string, threadTs: string): AgentSession | undefined;
	/** By view id, or `home:<user>`. */
	view(id: string): Json | undefined;
	fail(fault: Fault): void;
	/** Forgets the failures that were ordered and have not happened. */
	clearFaults(): void;
	/** Posts any bytes to the events URL. `status` is null when no answer came in time. */
	deliver(rawBody: string, forgery?: Forgery): Promise<{ status: number | null; body: string; tookMs: number }>;
	/** From now on every event is delivered twice with the same id. */
	duplicateDeliveries(on: boolean): void;
	/** The next so many acknowledgements of events and interactions get lost on the way. */
	dropAcks(count: number): void;
	/** Tells the app that its events were cut off for a minute (`app_rate_limited`). */
	announceAppRateLimited(): Promise<void>;
	/** Makes an open stream older, so that its 5 minutes can pass at once. */
	ageStream(channel: string, ts: string, byMs: number): void;
	/** Called on every visible change. Gives the function that ends it. */
	onChange(listener: (change: Change) => void): () => void;
	/** Forgets how often methods were called, so that no limit is in the way. */
	forgetCounters(): void;
	close(): Promise<void>;
}
