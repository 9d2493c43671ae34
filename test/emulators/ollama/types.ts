/** The words of the Ollama emulator: what can be set, scripted, broken and looked at. */

export interface EmulatedModel {
	name: string;
	/** The length the model was trained for; `/api/ps` shows the length it runs with. Default 32,768. */
	contextLength?: number;
	/** Dimensions of its vectors. Default 384. */
	embeddingLength?: number;
	/** A text with these words in it makes numbers that are none, as some texts do with real models, and fails its whole request. */
	unableOf?: string;
	/** As `/api/show` lists them. Default `['completion', 'tools']`. */
	capabilities?: string[];
	/** Answers at the same time; the emulator's `parallel` when absent. */
	parallel?: number;
	/** As GGUF files name the engine that runs it. Default `emulated`. */
	family?: string;
	/** Made here out of a folder: `/api/tags` then knows no lengths, and takes it for one that chats. `/api/show` knows better. */
	isImported?: boolean;
	/** RFC 3339; `/api/tags` has the newest first. Default the beginning of 2026. */
	modifiedAt?: string;
	/** Bytes on disk. */
	size?: number;
	/** Which of the two ways of building a prompt it takes: they treat a prompt that cannot fit differently. Default `rendered`. */
	template?: 'rendered' | 'jinja';
}

export interface EmulatorOptions {
	/** 0 lets the system choose. */
	port?: number;
	models?: EmulatedModel[];
	/** What can be pulled. Default everything. */
	registry?: EmulatedModel[];
	/** OLLAMA_NUM_PARALLEL. Default 1, as Ollama's own. */
	parallel?: number;
	/** Speed of one answer; 0 (the default) is as fast as the connection takes it. */
	tokensPerSecond?: number;
	/** Prompt evaluation: from getting a slot to the first token. */
	firstTokenMs?: number;
	/** How long a cold model takes to load. */
	loadMs?: number;
	/** OLLAMA_MAX_LOADED_MODELS. Default 3. */
	maxLoadedModels?: number;
	/** OLLAMA_MAX_QUEUE. Default 512; counts only requests that need a load. */
	maxQueue?: number;
	/** Asks for `Authorization: Bearer …`, as a proxy in front would. */
	bearer?: string;
	/** Cuts every line in two TCP writes, inside a character where it has one of several bytes. */
	splitWrites?: boolean;
}

export interface ToolCall {
	id?: string;
	function: { index?: number; name: string; arguments: Record<string, unknown> };
}

export interface AnswerScript {
	tokens: string[];
	doneReason?: 'stop' | 'length';
	/** Tokens in one line of the stream. Default 1. */
	chunkTokens?: number;
	/** Said before the answer when the model thinks. */
	thinking?: string[];
	/** Lines that are sent as they are, between the first token and the others: forms that other servers of this protocol send. */
	oddLines?: object[];
	toolCalls?: ToolCall[];
	/** Models with a Go template send calls in a line of their own, those with a Jinja template in the last one. Default `middle`. */
	toolCallsIn?: 'middle' | 'final';
}

export type Answer = string | AnswerScript | ((request: ChatBody) => string | AnswerScript);

export interface ChatMessage {
	role: string;
	content: string;
	images?: string[];
}

/** The body of `/api/chat`, as far as the emulator reads it. */
export interface ChatBody {
	model: string;
	messages?: ChatMessage[];
	stream?: boolean;
	think?: boolean | string;
	tools?: unknown[];
	format?: unknown;
	keep_alive?: number | string;
	truncate?: boolean;
	shift?: boolean;
	options?: Record<string, unknown>;
}

export type FailureKind =
	| 'status'
	| 'html-502'
	| 'mid-stream-error'
	| 'no-done'
	| 'reset'
	| 'stall-before-headers'
	| 'stall-between-tokens'
	| 'load-failure'
	| 'busy-503'
	| 'empty'
	| 'endless';

export interface Failure {
	kind: FailureKind;
	/** How many requests fail so. Default 1. */
	times?: number;
	/** Tokens sent before a failure inside the stream. Default 3; `reset` with 0 comes before the headers. */
	afterTokens?: number;
	/** For `status`. Default 500. */
	status?: number;
	/** For `status`, `mid-stream-error` (of a pull too) and `load-failure`. */
	message?: string;
	/** Default `/api/chat`. */
	path?: string;
}

/** What one request did. Times are milliseconds since the epoch, null for what never happened. */
export interface RecordedRequest {
	path: string;
	/** The parsed JSON, null for a GET. */
	body: unknown;
	/** What the client sent in `Authorization`. */
	authorization: string | null;
	atMs: number;
	firstTokenAtMs: number | null;
	lastTokenAtMs: number | null;
	/** The response was sent whole. */
	endedAtMs: number | null;
	/** The client closed the connection before the end. */
	hungUpAtMs: number | null;
	tokensSent: number;
	/** Generated although nobody was listening any more. */
	tokensAfterHangUp: number;
}
