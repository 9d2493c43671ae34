/** The nouns of the emulated Slack workspace and what a test or the playground sees of them. */

/** A JSON object as it travels over the wire. */
export type Json = Record<string, unknown>;

export interface Block extends Json {
	type: string;
	block_id?: string;
}

export interface User {
	readonly id: string;
	name: string;
	realName: string;
	/** As Slack gives it: `en-US`, `es-ES`. */
	locale: string;
	/** A name of the IANA database. */
	timeZone: string;
	isGuest: boolean;
	/** From another workspace, met in a shared channel. */
	isStranger: boolean;
	isBot: boolean;
	deleted: boolean;
	teamId: string;
	/** Shown only to apps with `users:read.email`. */
	email: string;
	/** They have followed the link that Slack sent to it. */
	isEmailConfirmed: boolean;
	/** In an Enterprise Grid: the workspaces of the company that they belong to. Empty outside of one. */
	enterpriseTeams: readonly string[];
}

export type NewUser = Partial<User> & { name: string };

/** A live object: changing a field changes the workspace. */
export interface Channel {
	readonly id: string;
	name: string;
	kind: 'channel' | 'group' | 'mpim' | 'im';
	isPrivate: boolean;
	/** User ids, without the bot. */
	members: string[];
	botIsMember: boolean;
	isExtShared: boolean;
	isArchived: boolean;
	/** Why the workspace's or the channel's settings let the bot post nothing; edits and deletions are let through. */
	postingRefusal:
		| 'restricted_action'
		| 'restricted_action_read_only_channel'
		| 'restricted_action_thread_locked'
		| 'restricted_action_thread_only_channel'
		| null;
}

export interface NewChannel {
	id?: string;
	name: string;
	isPrivate?: boolean;
	/** A direct message among several people. */
	isGroupDirect?: boolean;
	members: readonly string[];
	botIsMember?: boolean;
	isExtShared?: boolean;
	isArchived?: boolean;
}

/** Another app than the one that is tested. */
export interface OtherApp {
	readonly botId: string;
	readonly appId: string;
	readonly userId: string;
	readonly name: string;
}

export interface UserGroup {
	readonly id: string;
	handle: string;
	name: string;
	userIds: string[];
	/** Epoch seconds; 0 as long as it is in use. */
	disabledAt: number;
	/** Epoch seconds. */
	updatedAt: number;
}

export interface StoredFile {
	readonly id: string;
	readonly name: string;
	readonly mimetype: string;
	readonly content: Buffer;
	readonly user: string;
	readonly channel: string;
	readonly createdAtMs: number;
}

export interface NewFile {
	/** The next one when not given. */
	id?: string;
	name: string;
	mimetype: string;
	content: Buffer | string;
}

export type StreamingState = 'in_progress' | 'completed' | 'errored';

export interface StreamState {
	text: string;
	/** UTF-8 bytes received so far: what the cumulative cap counts. */
	sizeBytes: number;
	state: StreamingState;
	stoppedByUser: boolean;
	startedAtMs: number;
}

export interface HistoryEntry {
	/** Epoch milliseconds with fractions. */
	atMs: number;
	visibleText: string;
}

/** A message as the server keeps it. */
export interface StoredMessage {
	readonly ts: string;
	readonly channel: string;
	readonly threadTs: string | undefined;
	readonly user: string;
	readonly botId: string | undefined;
	readonly clientMessageId: string | undefined;
	readonly files: readonly StoredFile[];
	/** Posted by a webhook, or under a name of its own: Slack then tells neither the app's user nor its profile. */
	readonly webhook: { username?: string | undefined } | undefined;
	text: string;
	blocks: Block[];
	attachments: Json[];
	metadata: Json | undefined;
	edited: { user: string; ts: string } | undefined;
	deleted: boolean;
	stream: StreamState | undefined;
	reactions: { name: string; user: string }[];
	history: HistoryEntry[];
}

export interface VisibleButton {
	actionId: string;
	value: string;
	label: string;
	style?: string;
}

/** A message as a person sees it. */
export interface VisibleMessage {
	ts: string;
	threadTs: string | undefined;
	channel: string;
	user: string;
	botId: string | undefined;
	/** What a person reads: streamed text, or the text of the blocks, or the plain text when there are no blocks. */
	visibleText: string;
	text: string;
	blocks: Block[];
	/** Forwarded messages, previews of links, and what apps attach. */
	attachments: Json[];
	metadata: Json | undefined;
	buttons: VisibleButton[];
	streaming: StreamingState | undefined;
	/** Whether it carries the "(edited)" mark. */
	edited: boolean;
	deleted: boolean;
	reactions: string[];
	files: { id: string; name: string; mimetype: string }[];
	history: HistoryEntry[];
}

export interface Ephemeral {
	/** Its own, in the order of messages; no method of Slack finds it by that. */
	ts: string;
	text: string;
	blocks: Block[];
	/** The thread that it is shown in; absent for one of the channel. */
	threadTs?: string;
}

/** Something that somebody looking at Slack would notice. `ts` is the message, or the thread for a status. */
export interface Change {
	type: 'posted' | 'changed' | 'deleted' | 'ephemeral' | 'status' | 'prompts' | 'reaction' | 'session' | 'view';
	channel: string;
	ts: string;
}

/** One call to the Web API or to a response_url (method `response_url`). The token is not kept. */
export interface RecordedCall {
	method: string;
	arguments: Json;
	atMs: number;
	/** Null as long as there is no answer; stays null for a call that was reset or hangs. */
	answeredAtMs: number | null;
	httpStatus: number | null;
	error?: string;
}

/** One attempt to bring something to the app. */
export interface RecordedDelivery {
	/** `Ev…` for events, the trigger id for buttons and commands. */
	eventId: string;
	/** What happened, the same for every event of the same message: `<channel>:<ts>`; for buttons and commands the action id or the command. */
	key: string;
	/** The event type, or `block_actions`, or `slash_commands`. */
	type: string;
	atMs: number;
	/** Null while unanswered and when no answer came in time. An acknowledged socket envelope counts as 200. */
	httpStatus: number | null;
	/** 0 for the first delivery. */
	attempt: number;
}

/** One answer sent to a response_url. */
export interface UrlResponse {
	text: string;
	blocks: Block[];
	inChannel: boolean;
	replaceOriginal: boolean;
	deleteOriginal: boolean;
}

/** Answers the Web API with `ok: false`. */
export class SlackFailure extends Error {
	readonly error: string;
	readonly details: readonly string[];
	/** Further members of the answer. */
	readonly more: Json;

	constructor(error: string, details: readonly string[] = [], more: Json = {}) {
		super(error);
		this.name = 'SlackFailure';
		this.error = error;
		this.details = details;
		this.more = more;
	}
}
