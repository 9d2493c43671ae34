/** The nouns of the emulated Discord and what a test or the playground sees of them. */

/** A JSON object as it travels over the wire. */
export type Json = Record<string, unknown>;

/** A live object: changing a field changes the world, though nothing is told about it. */
export interface User {
	readonly id: string;
	name: string;
	globalName: string | null;
	/** As Discord gives it: `en-US`, `es-ES`. Apps see it in interactions only. */
	locale: string;
	readonly isBot: boolean;
	/** Whether the person lets apps write to them. */
	acceptsDirects: boolean;
}

export type NewUser = Partial<User> & { name: string };

export interface Role {
	readonly id: string;
	name: string;
	permissions: bigint;
	mentionable: boolean;
	/** Belongs to the bot and to nobody else. */
	readonly managed: boolean;
	position: number;
}

export interface Member {
	readonly userId: string;
	/** Role ids, without the one of @everyone. */
	roles: string[];
	nick: string | null;
	readonly joinedAtMs: number;
	timedOutUntilMs: number | null;
	/** Has not agreed to the rules of the guild yet, and cannot write until then. */
	isPending: boolean;
}

export interface Guild {
	readonly id: string;
	name: string;
	ownerId: string;
	/** Language of the guild; interactions bring it. */
	locale: string;
	/** "Guild Features" that are switched on; a live list. */
	readonly features: string[];
	/** By id; the role of @everyone has the guild's id. */
	readonly roles: Map<string, Role>;
	/** By user id. */
	readonly members: Map<string, Member>;
	/** During an outage of Discord, its events do not arrive. */
	isUnavailable: boolean;
	/** A rule of Auto Moderation that blocks messages with these words, whoever writes or edits them; a live list (page "Auto Moderation"). */
	readonly blockedWords: string[];
}

/** "Channel Types" of the page "Channels Resource". */
export const channelTypes = {
	text: 0,
	direct: 1,
	voice: 2,
	category: 4,
	announcement: 5,
	announcementThread: 10,
	publicThread: 11,
	privateThread: 12,
	forum: 15,
} as const;

export interface Overwrite {
	/** A role's or a user's id. */
	id: string;
	kind: 'role' | 'member';
	allow: bigint;
	deny: bigint;
}

export interface ThreadState {
	readonly ownerId: string;
	/** User ids. */
	readonly members: Set<string>;
	archived: boolean;
	locked: boolean;
	autoArchiveMinutes: number;
	archiveChangedAtMs: number;
}

/** Threads are channels too. */
export interface Channel {
	readonly id: string;
	readonly type: number;
	/** Undefined in direct conversations. */
	readonly guildId: string | undefined;
	name: string;
	topic: string | null;
	/** The category of a channel, or the channel of a thread. */
	readonly parentId: string | null;
	readonly position: number;
	overwrites: Overwrite[];
	/** With whom the bot talks in a direct conversation. */
	readonly recipientId: string | undefined;
	readonly thread: ThreadState | undefined;
	lastMessageId: string | null;
}

export interface NewChannel {
	name: string;
	/** One of `channelTypes`; text when not given. */
	type?: number;
	topic?: string;
	parentId?: string;
	overwrites?: readonly (Pick<Overwrite, 'id' | 'kind'> & { allow?: bigint; deny?: bigint })[];
}

export interface NewThread {
	channelId: string;
	name: string;
	/** The message it starts from; then the thread has that message's id. */
	messageId?: string;
	/** Who started it. */
	ownerId: string;
	isPrivate?: boolean;
	autoArchiveMinutes?: number;
}

export interface NewFile {
	name: string;
	/** What the sender's client says it is; Discord passes that on. */
	contentType?: string;
	content: Buffer | string;
	/** What the CDN says when it is fetched; `contentType` when not given. */
	servedContentType?: string;
	/** What the message says its size is; the true size when not given. */
	claimedSizeBytes?: number;
	/** Pause of the CDN before each further chunk of 16 KiB; 0 when not given. */
	chunkDelayMs?: number;
}

export interface StoredFile {
	readonly id: string;
	readonly channelId: string;
	readonly name: string;
	readonly contentType: string | undefined;
	readonly servedContentType: string;
	readonly content: Buffer;
	readonly sizeBytes: number;
	readonly chunkDelayMs: number;
	description: string | undefined;
}

/** Whom a message addresses, as Discord resolved it. */
export interface Mentions {
	users: string[];
	roles: string[];
	everyone: boolean;
}

export interface MessageReference {
	messageId: string;
	channelId: string;
}

export interface HistoryEntry {
	/** Epoch milliseconds with fractions. */
	atMs: number;
	visibleText: string;
}

/** Who pressed or typed what made the app answer with a message. */
export interface InteractionOrigin {
	id: string;
	/** 2 for commands, 3 for components, 5 for modals. */
	type: number;
	userId: string;
	commandName?: string;
}

/** A message as the server keeps it. */
export interface StoredMessage {
	readonly id: string;
	readonly channelId: string;
	readonly authorId: string;
	/** 0 is an ordinary message, 19 a reply, 20 and 23 the answer to a command, 18 and 21 belong to threads. */
	readonly type: number;
	readonly webhook: { id: string; name: string } | undefined;
	readonly applicationId: string | undefined;
	readonly nonce: string | number | undefined;
	readonly reference: MessageReference | undefined;
	readonly interaction: InteractionOrigin | undefined;
	/** The only person who sees it; undefined when all do. */
	readonly ephemeralFor: string | undefined;
	readonly createdAtMs: number;
	content: string;
	embeds: Json[];
	components: Json[];
	attachments: StoredFile[];
	/** In Discord's own form. */
	readonly poll: Json | undefined;
	readonly stickers: readonly Json[];
	/** The message that was forwarded with it, as it was then. */
	readonly snapshot: StoredMessage | undefined;
	/** How long its one attachment is, which is a voice message then. */
	readonly voiceSeconds: number | undefined;
	flags: number;
	mentions: Mentions;
	/** Everybody whom the message has addressed so far, by its first text or an edit. */
	readonly notified: Set<string>;
	editedAtMs: number | null;
	deleted: boolean;
	reactions: { emoji: string; userId: string }[];
	history: HistoryEntry[];
}

/** "Message Flags" of the page "Messages Resource". */
export const messageFlags = {
	suppressEmbeds: 1 << 2,
	hasThread: 1 << 5,
	ephemeral: 1 << 6,
	loading: 1 << 7,
	suppressNotifications: 1 << 12,
	voice: 1 << 13,
	snapshot: 1 << 14,
	componentsV2: 1 << 15,
} as const;

export interface VisibleButton {
	label: string;
	customId: string | undefined;
	/** 1 to 4 are colours, 5 is a link. */
	style: number;
	disabled: boolean;
	url: string | undefined;
}

/** A message as a person sees it. */
export interface VisibleMessage {
	id: string;
	channelId: string;
	authorId: string;
	type: number;
	content: string;
	/** What a person reads: the content, the text of components and of embeds. */
	visibleText: string;
	embeds: Json[];
	components: Json[];
	/** In Discord's own form. */
	poll: Json | undefined;
	/** The message that was forwarded, as it was then. Discord shows its place, not its author. */
	forwarded: VisibleMessage | undefined;
	buttons: VisibleButton[];
	attachments: { id: string; name: string; contentType: string | undefined; sizeBytes: number }[];
	flags: number;
	nonce: string | number | undefined;
	reference: MessageReference | undefined;
	/** Shows "… is thinking" in place of a text. */
	isThinking: boolean;
	/** Whether it carries the "(edited)" mark. */
	edited: boolean;
	deleted: boolean;
	isEphemeral: boolean;
	forUser: string | undefined;
	createdAtMs: number;
	reactions: string[];
	history: HistoryEntry[];
}

/** Something that somebody looking at Discord would notice. */
export interface Change {
	type: 'posted' | 'changed' | 'deleted' | 'typing' | 'reaction' | 'thread' | 'modal';
	channelId: string;
	/** The message, or the thread; empty for typing and modals. */
	id: string;
}

/** One REST call. The bot token is not kept. */
export interface RecordedCall {
	/** A name for the kind of call: `create-message`, `edit-message`, …; `unknown` for a route that does not exist. */
	operation: string;
	httpMethod: string;
	/** Path without the `/api/v10`, with the query. */
	path: string;
	body: unknown;
	/** Names of uploaded files. */
	files: string[];
	atMs: number;
	/** Null as long as there is no answer; stays null for a call that was reset or hangs. */
	answeredAtMs: number | null;
	status: number | null;
	/** Discord's own error code, for refusals. */
	code?: number;
}
