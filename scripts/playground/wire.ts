/** What goes between the playground's server and its page: plain JSON, types only. */

export interface Person {
	id: string;
	name: string;
	/** What they do, as their profile says. */
	title: string;
	/** BCP 47, as Slack gives it: `es-ES`. */
	locale: string;
	standing: 'employee' | 'guest' | 'external';
}

export interface Channel {
	id: string;
	/** Without the `#`; empty for a direct conversation. */
	name: string;
	kind: 'public' | 'private' | 'direct';
	/** The other side of a direct conversation: a person or the bot. Null for channels. */
	otherId: string | null;
	topic: string;
}

/** One piece of a message. `markdown` is standard Markdown, `mrkdwn` Slack's own markup. */
export type Part = { format: 'markdown' | 'mrkdwn' | 'plain' | 'heading' | 'note'; text: string } | { format: 'divider' };

export interface MessageButton {
	actionId: string;
	value: string;
	label: string;
	style: 'primary' | 'danger' | 'default';
	/** Slack draws the two halves of feedback buttons as thumbs. */
	thumb: 'up' | 'down' | null;
}

export interface Message {
	id: string;
	channelId: string;
	/** Slack's timestamp in full digits: sorts as text. */
	ts: string;
	/** The thread that it answers in, null for a message of the channel itself. */
	threadTs: string | null;
	authorId: string;
	parts: Part[];
	/** The text as typed, for the author who wants to edit it. */
	source: string;
	buttons: MessageButton[];
	isStreaming: boolean;
	isEdited: boolean;
	/** Only the person who looks can see it. */
	isPrivate: boolean;
}

/** The line that says that the bot is at work in a thread. */
export interface Activity {
	channelId: string;
	threadTs: string;
	text: string;
}

export interface Prompt {
	title: string;
	message: string;
}

/** One call of the bot to Slack. */
export interface Call {
	order: number;
	method: string;
	/** HTTP status, 0 while the answer is on its way. */
	status: number;
	error: string | null;
	tookMs: number | null;
	/** Milliseconds since 1970. */
	atMs: number;
}

/** How fast one question was answered, measured in the emulated Slack. All in milliseconds after the question; null: not yet. */
export interface ReplyLag {
	askedTs: string;
	channelId: string;
	askerId: string;
	atMs: number;
	signMs: number | null;
	firstTextMs: number | null;
	/** Edits and stream appends that people saw after the first text. */
	edits: number;
	/** The last change of the text, once the reply has ended. */
	finalMs: number | null;
}

export interface BotState {
	phase: 'starting' | 'running' | 'stopped';
	pid: number | null;
	/** How often it was started again. */
	restarts: number;
}

export interface ModelState {
	kind: 'real' | 'emulated';
	/** The address that was asked for a real Ollama. */
	triedUrl: string;
	model: string;
	isStopped: boolean;
}

export interface About {
	workspaceName: string;
	/** The person who looks. */
	meId: string;
	botId: string;
	bot: BotState;
	model: ModelState;
	callCount: number;
	rateLimitedCount: number;
}

/** Everything that one person sees, by section and key, so that only what changed needs to be sent. */
export interface View {
	about: Record<string, About>;
	people: Record<string, Person>;
	channels: Record<string, Channel>;
	messages: Record<string, Message>;
	activities: Record<string, Activity>;
	prompts: Record<string, Prompt[]>;
	calls: Record<string, Call>;
	replies: Record<string, ReplyLag>;
}

export type Section = keyof View;

/** `value` null: the entry is gone. */
export interface Change {
	section: Section;
	key: string;
	value: View[Section][string] | null;
}
