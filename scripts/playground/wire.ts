/** What goes between the playground's server and its page: plain JSON, types only. */

export type Platform = 'slack' | 'teams' | 'discord';

export interface Person {
	/** The same on every platform: `lucia`. */
	id: string;
	name: string;
	/** What they do, as their profile says. */
	title: string;
	/** BCP 47: `es-ES`. */
	locale: string;
	/** What they are to the company: one of its people, among them the bot's administrator, its guest, or of another company. */
	standing: 'employee' | 'admin' | 'guest' | 'external';
}

/** Somewhere to talk. `direct` is the conversation of one person with the bot. */
export interface Place {
	platform: Platform;
	id: string;
	/** Without the `#`; empty for a direct conversation. */
	name: string;
	kind: 'public' | 'private' | 'group' | 'direct';
	topic: string;
	/** The person who looks may not write there. */
	isReadOnly: boolean;
}

/**
 * One piece of a message. `markdown` is Markdown as its platform draws it, `mrkdwn` Slack's own markup. In both, a mention of a
 * person is `<@id>` and one of a place `<#name>`.
 */
export type Part =
	| { format: 'markdown' | 'mrkdwn' | 'plain' | 'heading' | 'note' | 'quote' | 'file'; text: string }
	| { format: 'code'; language: string; text: string }
	| { format: 'table'; rows: string[][] }
	| { format: 'chart'; title: string; bars: { label: string; value: number }[] }
	| { format: 'choices'; choices: string[] }
	| ForwardedPart
	| { format: 'divider' };

/** A message that was passed on. */
export interface ForwardedPart {
	format: 'forwarded';
	/** The author of the message; null where the platform does not tell. */
	authorId: string | null;
	/** The name of the place where it was said; null where the platform does not tell. */
	placeName: string | null;
	parts: Part[];
}

export interface MessageButton {
	id: string;
	value: string;
	label: string;
	style: 'primary' | 'danger' | 'default';
	/** Feedback is drawn as thumbs. */
	thumb: 'up' | 'down' | null;
	/** What the menu is called that it is an option of; null for a button. */
	menu: string | null;
}

/** A source that the text names by its number. */
export interface Citation {
	number: number;
	title: string;
	/** Where it stands and of when it is. */
	about: string;
	text: string;
	url: string | null;
}

export interface Message {
	platform: Platform;
	id: string;
	placeId: string;
	/** Milliseconds since 1970, with fractions where the platform has them. */
	atMs: number;
	/** The message whose thread it is part of; null for one of the place itself. */
	threadId: string | null;
	/** What "Copy link" copies there; null for what one person alone sees. */
	link: string | null;
	/** The message that it refers to, where the platform shows that. */
	repliesTo: string | null;
	/** A person, the bot, or the name of another app. */
	authorId: string;
	parts: Part[];
	/** Whether the parts are framed as a card. */
	isCard: boolean;
	/** The text as typed, for the author who wants to edit it. */
	source: string;
	buttons: MessageButton[];
	citations: Citation[];
	/** Labelled as written by AI, where the platform has a label. */
	isAi: boolean;
	isStreaming: boolean;
	isEdited: boolean;
	/** Only the person who looks can see it. */
	isPrivate: boolean;
}

/** The sign that the bot is at work. */
export interface Activity {
	platform: Platform;
	placeId: string;
	/** Null: in the place itself. */
	threadId: string | null;
	/** What it does, where the platform says more than "typing". */
	text: string;
}

export interface Prompt {
	title: string;
	message: string;
}

/** One call of the bot to a platform. */
export interface Call {
	platform: Platform;
	order: number;
	method: string;
	/** HTTP status, 0 while the answer is on its way. */
	status: number;
	error: string | null;
	tookMs: number | null;
	/** Milliseconds since 1970. */
	atMs: number;
}

/** How fast one question was answered, measured in the emulated platform. All in milliseconds after the question; null: not yet. */
export interface ReplyLag {
	platform: Platform;
	placeId: string;
	questionId: string;
	askerId: string;
	atMs: number;
	signMs: number | null;
	firstTextMs: number | null;
	/** Edits and stream steps that people saw after the first text. */
	edits: number;
	/** The last change of the text, once the reply has ended. */
	finalMs: number | null;
}

/** One of the bot's commands. */
export interface OfferedCommand {
	/** What may be typed, the one in the language of the person who looks first. */
	names: string[];
	/** What it is for, in a phrase. */
	about: string;
	/** What its first argument is called where that has a name; null for a command that stands alone. */
	argument: string | null;
	/** What its arguments are called that may not be left out. */
	required: string[];
	isForAdministrators: boolean;
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
	/** Why it is this one: somebody set it, it is the program's own, it is the newest that writes answers; or no Ollama answered, or none of its models does. */
	reason: 'set' | 'default' | 'newest' | 'away' | 'unfit';
	/** What could be chosen instead; with `unfit`, the models that are there. */
	others: string[];
	isStopped: boolean;
}

/** A file that newcomers can share, and what it answers. */
export interface Sample {
	name: string;
	mimetype: string;
	/** Where the page gets it. */
	path: string;
	question: string;
}

export interface About {
	companyName: string;
	/** The person who looks. */
	meId: string;
	/** The author of what the bot says. */
	botId: string;
	/** The bot's slash command, without the slash. */
	rootCommand: string;
	/** What may follow it: those for everyone first. */
	commands: OfferedCommand[];
	platforms: Platform[];
	/** In the language of the person who looks. */
	samples: Sample[];
	/** To the company's database; in the same language. */
	questions: string[];
	bot: BotState;
	model: ModelState;
	callCount: number;
	rateLimitedCount: number;
}

/** Everything that one person sees, by section and key, so that only what changed needs to be sent. */
export interface View {
	about: Record<string, About>;
	people: Record<string, Person>;
	places: Record<string, Place>;
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
