/** The emulator as tests, benches and the playground use it. */

import type { Identity, Portal } from './core.ts';
import type { Fault } from './faults.ts';
import type { GatewayControls } from './gateway.ts';
import type { SentDispatch } from './gateway-state.ts';
import type { Interacting } from './interacting.ts';
import type { InvalidRequestReport } from './invalid-requests.ts';
import type { RateRule } from './limits.ts';
import type { People } from './people.ts';
import type { SessionStartLimit } from './session-starts.ts';
import type { Change, Json, RecordedCall, VisibleMessage } from './types.ts';
import type { World } from './world.ts';

export interface DiscordEmulatorOptions {
	/** 0, the default, lets the system choose. */
	port?: number;
	botToken?: string;
	applicationId?: string;
	/** Added to every REST call; 0 when not given. */
	latencyMs?: number;
	/** Rate limits: on unless `false`; an object replaces the rules of single kinds of calls. */
	limits?: boolean | Readonly<Record<string, RateRule>>;
	/** Whether the portal lets the app read what people write; true when not given. */
	messageContentIntent?: boolean;
	/** Whether the portal lets the app hear of members; false when not given. */
	guildMembersIntent?: boolean;
	/** What Discord usually says is 41 to 45 s; 41.25 s when not given. */
	heartbeatIntervalMs?: number;
	/** How often the app may identify; 1000 a day and one in 5 s when not given. */
	sessionStarts?: Partial<SessionStartLimit>;
	/** Epoch milliseconds with fractions, for limits, deadlines, expiry and ids. The real clock when not given. */
	now?: () => number;
}

export interface DiscordEmulator extends People, Interacting, Identity {
	/** To be given to discord.js as `rest.api`. */
	readonly apiUrl: string;
	/** To be given to discord.js as `rest.cdn`; attachments have addresses below it. */
	readonly cdnUrl: string;
	readonly world: World;
	readonly portal: Portal;
	readonly gateway: GatewayControls;
	/** Every dispatch that went to a connection so far, oldest first, replayed ones again. */
	readonly dispatches: readonly SentDispatch[];
	/** Every REST call so far, oldest first. */
	readonly calls: readonly RecordedCall[];
	callsTo(operation: string): RecordedCall[];
	setLatency(latencyMs: number): void;
	/** All messages of the channel that everybody sees, oldest first, deleted ones too. */
	messages(channel: string): VisibleMessage[];
	/** One message, ephemeral or not. */
	message(channel: string, id: string): VisibleMessage | undefined;
	/** The link that people copy from a message. */
	linkTo(message: Pick<VisibleMessage, 'channelId' | 'id'>): string;
	/** What only this person sees there, oldest first, dismissed and deleted ones too. */
	ephemerals(channel: string, user: string): VisibleMessage[];
	/** The bytes of an attachment. */
	fileContent(id: string): Buffer | undefined;
	/** Ids of all people whom the message has addressed so far, by its first text, an edit or as a reply. */
	notified(channel: string, messageId: string): string[];
	/** Whether the bot is shown as typing. */
	typing(channel: string): boolean;
	/** The commands that the app has registered, everywhere or for one guild. */
	commands(guildId?: string): Json[];
	fail(fault: Fault): void;
	/** Forgets the failures that were ordered and have not happened. */
	clearFaults(): void;
	/** Every address of an attachment given out so far stops working; messages that are fetched bring new ones. */
	expireAttachmentUrls(): void;
	/** How many answers counted against the app. */
	invalidRequests(): InvalidRequestReport;
	/** Called on every visible change. Gives the function that ends it. */
	onChange(listener: (change: Change) => void): () => void;
	/** Forgets how often anything was called, so that no limit is in the way. */
	forgetCounters(): void;
	close(): Promise<void>;
}
