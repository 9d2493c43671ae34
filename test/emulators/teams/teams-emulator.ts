/** The emulator as tests, benches and the playground use it. */

import type { Identity } from './core.ts';
import type { Answer } from './deliveries.ts';
import type { Fault, Operation } from './faults.ts';
import type { OtherApps } from './other-apps.ts';
import type { People } from './people.ts';
import type { Forgery } from './signing.ts';
import type { Tenant } from './tenant.ts';
import type { Change, Json, RecordedCall, RecordedDelivery, VisibleMessage } from './types.ts';

export interface TeamsEmulatorOptions {
	/** 0, the default, lets the system choose. */
	port?: number;
	appId?: string;
	appPassword?: string;
	tenantId?: string;
	/** Where activities are posted; see `setMessagingEndpoint`. */
	messagingEndpoint?: string;
	/** Added to every call; 0 when not given. */
	latencyMs?: number;
	/** Throttles: on unless `false`. */
	limits?: boolean;
	/** Whether a 429 of the throttles has a `Retry-After`; it has unless `false`. Teams does not promise one. */
	retryAfterHeader?: boolean;
	/** How long the bot may take to answer an activity before it is delivered again; Teams' is about 15 s. */
	ackTimeoutMs?: number;
	/** How long it may take to answer an invoke; Teams' is about 10 s. */
	invokeTimeoutMs?: number;
	/** Waiting times before activities are delivered again. Teams' own are not published. */
	retryDelaysMs?: readonly number[];
	/** How long a token of the bot is good; an hour when not given. */
	tokenLifetimeMs?: number;
	/** What an update of a message does whose stream still runs: not documented. It is refused when not given. */
	putOnOpenStream?: 'refused' | 'closes';
	/** Whether all messages of groups and channels are delivered, mentioned or not; no when not given. */
	resourceSpecificConsent?: boolean;
	/** Epoch milliseconds with fractions, for limits, expiry and timestamps. The real clock when not given. Tokens keep to the real one. */
	now?: () => number;
}

/** What can be changed and seen apart from what people do. */
export interface TeamsEmulator extends People, OtherApps, Identity {
	readonly tenant: Tenant;
	/** Every call so far, oldest first, refused ones too. */
	readonly calls: readonly RecordedCall[];
	/** Every attempt to bring an activity to the bot so far, oldest first. */
	readonly deliveries: readonly RecordedDelivery[];
	callsTo(operation: Operation): RecordedCall[];
	setMessagingEndpoint(url: string): void;
	setLatency(latencyMs: number): void;
	/** False: streams are refused from now on, as by an old client. */
	allowStreaming(on: boolean): void;
	/** Which application permissions are granted in Graph: reading messages, reading files, reading who is in which group. All are, at first. */
	grantGraph(permissions: { messages?: boolean; files?: boolean; groups?: boolean }): void;
	/** All messages of the conversation, oldest first, replies and deleted ones too; with `threadRootId` only that thread. */
	messages(conversation: string, options?: { threadRootId?: string | undefined }): VisibleMessage[];
	message(conversation: string, id: string): VisibleMessage | undefined;
	/** The link that people copy from a message. */
	linkTo(message: Pick<VisibleMessage, 'conversation' | 'id' | 'threadRootId'>): string;
	/** Whether "… is typing" shows now; never in channels, where it is not reliable. */
	typing(conversation: string): boolean;
	/** The ids of the people whom the message would notify. */
	notifies(message: Pick<VisibleMessage, 'text' | 'attachments' | 'entities'>): string[];
	fail(fault: Fault): void;
	/** Forgets the failures that were ordered and have not happened. */
	clearFaults(): void;
	/** Posts anything to the messaging endpoint, with a good token or a forged one. `status` is null when no answer came in time. */
	deliver(body: Json | string, options?: { token?: Forgery | { authorization: string } | undefined }): Promise<Answer>;
	/** From now on every activity is delivered twice with the same id. */
	duplicateDeliveries(on: boolean): void;
	/** The next so many answers of the bot get lost on the way. */
	dropAcks(count: number): void;
	/** A new key signs from now on. The old one stays published unless `forgetOld` is set. */
	rotateKeys(options?: { forgetOld?: boolean }): Promise<void>;
	/** All tokens that the bot has got are no longer good. */
	revokeTokens(): void;
	/** All links to files that were given so far are no longer good. */
	expireDownloads(): void;
	/** Makes an open stream older, so that its 2 minutes can pass at once. */
	ageStream(conversation: string, id: string, byMs: number): void;
	/** Called on every visible change. Gives the function that ends it. */
	onChange(listener: (change: Change) => void): () => void;
	/** Forgets how often the bot called, so that no limit is in the way. */
	forgetCounters(): void;
	close(): Promise<void>;
}
