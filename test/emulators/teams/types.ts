/** The nouns of the emulated Teams tenant and what a test or the playground sees of them. */

/** A JSON object as it travels over the wire. */
export type Json = Record<string, unknown>;

/** A live object: changing a field changes the person. */
export interface User {
	/** `29:…`, made for this bot; the key in everything that the emulator takes and gives. */
	readonly id: string;
	/** The Entra object id. Anonymous participants of a meeting have none. */
	readonly aadObjectId: string | undefined;
	name: string;
	email: string | undefined;
	/** Guests have `#EXT#` in it. */
	userPrincipalName: string | undefined;
	/** As Teams gives it: `en-US`, `es-ES`. */
	locale: string;
	/** Where their clock stands: a name of the IANA database, or of Windows, which old clients tell. */
	timeZone: string;
	/** Another one for people of a federated company. */
	tenantId: string;
	role: 'user' | 'guest' | 'anonymous';
	/** Whether the app is installed for this person, so that the bot may begin a chat. */
	hasApp: boolean;
}

export interface NewUser {
	name: string;
	locale?: string;
	/** UTC when not given. */
	timeZone?: string;
	email?: string;
	isGuest?: boolean;
	isAnonymous?: boolean;
	/** Of another company, met in a federated chat. */
	tenantId?: string;
	hasApp?: boolean;
}

export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/** A live object: changing a field changes the conversation. */
export interface Conversation {
	/** `a:…`, `19:…@thread.v2` or `19:…@thread.tacv2`, without a thread. */
	readonly id: string;
	readonly kind: ConversationKind;
	name: string;
	/** User ids, without the bot. */
	members: string[];
	/** Of a channel. */
	readonly team: Team | undefined;
	/** False as long as the app is not installed here. */
	botIsMember: boolean;
	/** The person blocked the bot, or nobody may write here. */
	isBlocked: boolean;
	/** Whether `ChannelMessage.Read.Group` or `ChatMessage.Read.Chat` is granted here: then every message is delivered. */
	resourceSpecificConsent: boolean;
}

export interface Team {
	/** The id of its General channel, as Teams has it. */
	readonly id: string;
	readonly aadGroupId: string;
	name: string;
	readonly channels: Conversation[];
}

/** What somebody can be a member of in the directory. A live object: changing the members changes who is in it. */
export interface DirectoryEntry {
	readonly id: string;
	name: string;
	readonly type: 'group' | 'directoryRole' | 'administrativeUnit';
	/** Ids of users, and of groups within the group. */
	members: string[];
}

export interface NewDirectoryEntry {
	name: string;
	members?: readonly string[];
	type?: DirectoryEntry['type'];
}

/** Another app than the one that is tested. */
export interface OtherApp {
	/** `28:…` */
	readonly id: string;
	readonly name: string;
}

export interface NewFile {
	name: string;
	mimetype: string;
	content: Buffer | string;
}

export interface StoredFile {
	readonly id: string;
	readonly name: string;
	readonly mimetype: string;
	readonly content: Buffer;
	/** Where it lives in OneDrive or SharePoint; opening it needs a login. */
	readonly contentUrl: string;
}

export interface StreamState {
	state: 'in_progress' | 'stopped' | 'expired' | 'done';
	startedAtMs: number;
	lastSequence: number;
	/** The text of the progress bar, as long as nothing else was streamed. */
	progress: string;
}

export interface HistoryEntry {
	atMs: number;
	visibleText: string;
	/** The text of the progress bar under the message, empty when there is none. */
	progress: string;
}

/** A message that was passed on. Teams shows people whose it is, and tells the bot only its words, below the comment in the text. */
export interface Forwarded {
	from: string;
	/** What a person read in it. */
	visibleText: string;
	/** The words about it, as the text has them. */
	comment: string;
}

/** A message as the service keeps it. */
export interface StoredMessage {
	readonly id: string;
	readonly conversation: string;
	/** Of a reply in a channel: the id of the message that began the thread. */
	readonly threadRootId: string | undefined;
	/** The id of a user or of another app, or `bot`. */
	readonly from: string;
	readonly atMs: number;
	/** Only this person sees it. */
	readonly visibleTo: string | undefined;
	text: string;
	textFormat: string;
	attachments: Json[];
	entities: Json[];
	channelData: Json;
	forwarded: Forwarded | undefined;
	/** Files of a person's message that only Graph tells of. */
	readonly files: readonly StoredFile[];
	stream: StreamState | undefined;
	edited: boolean;
	deleted: boolean;
	history: HistoryEntry[];
}

export interface VisibleButton {
	title: string;
	type: 'Action.Execute' | 'Action.Submit' | 'Action.OpenUrl';
	verb: string | undefined;
	data: unknown;
	url: string | undefined;
}

export interface VisibleCitation {
	position: number;
	name: string;
	url: string | undefined;
	abstract: string | undefined;
	keywords: string[];
}

/** A message as a person sees it. */
export interface VisibleMessage {
	id: string;
	conversation: string;
	threadRootId: string | undefined;
	/** The id of a user or of another app, or `bot`. */
	from: string;
	/** What was sent, Markdown and tags as they are. */
	text: string;
	textFormat: string;
	/** What a person reads: the text without tags and character references, then the text of the cards. */
	visibleText: string;
	/** The text of the progress bar, empty when there is none. */
	progress: string;
	attachments: Json[];
	entities: Json[];
	channelData: Json;
	forwarded: Forwarded | undefined;
	streaming: 'in_progress' | 'stopped' | 'expired' | 'done' | undefined;
	history: HistoryEntry[];
	edited: boolean;
	deleted: boolean;
	isTargeted: boolean;
	/** The only person who sees it. */
	visibleTo: string | undefined;
	buttons: VisibleButton[];
	aiGenerated: boolean;
	/** Only those with a number in the text: others are not shown. */
	citations: VisibleCitation[];
	feedbackEnabled: boolean;
}

/** Something that somebody looking at Teams would notice. `id` is the message, empty for the typing sign. */
export interface Change {
	type: 'posted' | 'changed' | 'deleted' | 'typing';
	conversation: string;
	id: string;
}

/** One request to the connector, the token endpoint, the keys, Graph or the file host. No token is kept. */
export interface RecordedCall {
	operation: string;
	method: string;
	/** With the query. */
	path: string;
	/** The JSON as it came, every property of it; the field names alone for the token endpoint. */
	body: unknown;
	hasToken: boolean;
	atMs: number;
	/** Null as long as there is no answer; stays null for a call that was reset or hangs. */
	answeredAtMs: number | null;
	status: number | null;
	/** The error code of the answer. */
	error?: string;
}

/** One attempt to bring an activity to the bot. */
export interface RecordedDelivery {
	activityId: string;
	/** The activity type, and for invokes the name: `invoke:adaptiveCard/action`. */
	type: string;
	conversation: string;
	atMs: number;
	answeredAtMs: number | null;
	/** Null while unanswered and when no answer came in time. */
	status: number | null;
	/** 0 for the first delivery. */
	attempt: number;
	/** What the bot answered. */
	answer: string;
}

/** Answers a call with an HTTP error of the service. */
export class ServiceFailure extends Error {
	readonly status: number;
	readonly code: string;
	readonly body: Json;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, code: string, message: string, extra: { body?: Json; headers?: Record<string, string> } = {}) {
		super(message);
		this.name = 'ServiceFailure';
		this.status = status;
		this.code = code;
		this.body = extra.body ?? { error: { code, message } };
		this.headers = extra.headers ?? {};
	}
}
