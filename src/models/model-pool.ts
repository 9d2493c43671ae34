/** The port to the language models for whoever uses them: what is asked, and what comes back. */

import type { EmbeddingPurpose } from './embedding-families.ts';
import type { ModelOperations } from './model-operations.ts';
import type { ThinkingLevel } from './thinking.ts';
import type { TextVector } from './vectors.ts';

/** What a model asks to have run. */
export interface ToolCall {
	/** The same in the call and in its result; made up where the model gives none. */
	id: string;
	name: string;
	/** As the model wrote them: checked by the tool's schema before they are used. */
	arguments: Readonly<Record<string, unknown>>;
}

export type ModelMessage =
	/** `images` are the bytes of pictures, for a model that sees; others refuse. */
	| { role: 'system' | 'user'; content: string; images?: readonly Uint8Array[] }
	| { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
	| { role: 'tool'; content: string; name: string; callId: string };

/** What a model may call. */
export interface ToolDefinition {
	/** Lower case and underscores. */
	name: string;
	/** For the model, in English: what it does, and when to call it. */
	description: string;
	/** JSON Schema of an object: what it takes. */
	parameters: Readonly<Record<string, unknown>>;
}

/** How the model chooses its words; what is left out is as the settings or the model have it. */
export interface Sampling {
	temperature?: number;
	topP?: number;
	seed?: number;
	/** It ends before the first of these that it would write. */
	stop?: readonly string[];
}

export interface ChatRequest {
	/** One of those that are configured; the default one when absent. */
	model?: string;
	messages: ModelMessage[];
	/** What the model may call; none when absent. Not sent to a model that cannot call anything. */
	tools?: readonly ToolDefinition[];
	/** JSON Schema of the object that the answer is to be; text when absent. */
	format?: Readonly<Record<string, unknown>>;
	/** How far the model thinks first, where it can; as the settings say for it when absent. Nobody sees what it thinks. */
	think?: ThinkingLevel;
	sampling?: Sampling;
	/** Who waits for it: decides turns in the queue. */
	userId: string;
	/** Keeps a conversation on one host while that host is free, for its prompt cache. */
	conversationId: string;
	/** A person is waiting (`interactive`) or nobody is (`background`, served only when nobody waits). */
	priority: 'interactive' | 'background';
	/** The most tokens to generate; the model's maximum when absent, and in any case. */
	maxOutputTokens?: number;
	/** More requests of this user than this, waiting or running in any process, are refused. */
	inFlightLimit?: number;
	/** It had a turn before: its process died over it, or the model called tools. It goes before those who never had one, and no limit of the queue refuses it. */
	resumes?: boolean;
}

/** `tokens` as the model counted them, null where it did not say. Times in milliseconds. */
export interface ModelUsage {
	promptTokens: number | null;
	outputTokens: number | null;
	loadMs: number | null;
	/** Time spent generating, by the model's own clock. */
	generateMs: number | null;
}

/** What is known of a silent host: the model is not in its memory yet, or it does not answer at all. */
export type SilenceCause = 'loading' | 'away' | 'unknown';

export type ModelEvent =
	/** Waiting for a slot, here or, after `started`, on a host that turned out to take fewer requests than it was sent. `position` counts from 1; the estimate is null until there is something to estimate from, and while an administrator has paused the queue. */
	| { type: 'queued'; position: number; estimateMs: number | null; paused?: boolean }
	/** Sent to a host; again after a fail-over, which happens only before the first text. */
	| { type: 'started'; host: string; model: string }
	/** Nothing has come for so long, before the first text or within it, and nobody of ours is in the way. Again as time goes on. */
	| { type: 'silent'; cause: SilenceCause; forMs: number }
	/** What `queued` on a host or `silent` said is over: the model is at it. Not said of the text that ends a silence. */
	| { type: 'working' }
	/** Without the reasoning that a model may have left in it. */
	| { type: 'text-delta'; text: string }
	/** All text so far was reasoning, which only its end told: whoever shows or keeps it takes it back. */
	| { type: 'text-retracted' }
	/** The model wants these run and their results told in another request; once at most, and only `end` follows. */
	| { type: 'tool-calls'; calls: readonly ToolCall[] }
	| { type: 'end'; reason: 'stop' | 'length'; usage: ModelUsage };

export interface EmbedRequest {
	/**
	 * Without the words that a model wants before a text: those are added. Passages have at most about 400 tokens, and one call at most about a hundred:
	 * whatever ends it takes all of their vectors along.
	 */
	texts: readonly string[];
	/** What they are to the search: many models want to be told. */
	purpose: EmbeddingPurpose;
	/** Any model that hosts have; the one in use when absent. */
	model?: string;
	/** Only a model with this digest will do: vectors are compared with others of it. */
	digest?: string;
	/** A person is waiting (`interactive`) or nobody is (`background`). */
	priority: 'interactive' | 'background';
}

/** What must be the same of two vectors before anybody compares them. */
export interface EmbeddingIdentity {
	/** In the one spelling of all that mean it. */
	model: string;
	/** What was installed under that name; `unlisted` on a host that lets nobody see its list. */
	digest: string;
	/** Which words stood before the texts. */
	prefixVersion: string;
	dimensions: number;
}

export interface EmbedResult {
	/** One per text, in order: of unit length, or why there is none. */
	vectors: readonly TextVector[];
	/** Of all these vectors. Null when there is none among them. */
	identity: EmbeddingIdentity | null;
}

/** What a model can do beside writing text. */
export interface ModelCapabilities {
	tools: boolean;
	vision: boolean;
	thinking: boolean;
	embedding: boolean;
}

/** What one model can be given. */
export interface ConfiguredModel {
	name: string;
	contextTokens: number;
	/** The most tokens of one answer. */
	answerTokens: number;
}

/** What is asked of models by whoever uses them. Who operates them has `ModelOperations`. */
export interface LanguageModels {
	/** The default one: the first of the settings, or what `useModel` made it. */
	readonly model: string;
	/** All of them, the default one first. */
	readonly models: readonly ConfiguredModel[];
	/**
	 * Generates one answer. Ends after an `end` event or throws BotError: `MODEL_UNAVAILABLE` (no host, host lost, stream broken;
	 * retryable), `MODEL_REJECTED` (model not configured, missing or of another kind, pictures for a model that does not see, prompt too long), `TIMEOUT` (queue, first
	 * token, silence or total; `reason` says which), `RATE_LIMITED` (`reason` is `queue-full`, `in-flight` or `draining`), `CANCELLED` (the signal).
	 * Aborting frees the slot and the host at once.
	 */
	chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
	/**
	 * Makes vectors, all by one and the same model. A text that gets none says why in its place and takes no other along; one that is too long for the
	 * model gets the mean of its parts. What is `interactive` waits for nobody and is over after 3 s, so that a search goes on with words alone.
	 * What is `background` goes in small requests, one at a time on each host, and lets people who wait for answers there go first,
	 * for half a minute per request at most (`passage-lane.ts`).
	 * @throws BotError `MODEL_REJECTED` (`no-embedding-model`, `model-missing`, `cannot-embed`; `model-changed`: no host has the model with that digest),
	 * `MODEL_UNAVAILABLE` (retryable; also `model-changed`, when it was replaced meanwhile), `TIMEOUT` (reason `embedding`),
	 * `CONFIG_INVALID` (a model of Ollama's cloud), `CANCELLED` (the signal).
	 */
	embed(request: EmbedRequest, signal: AbortSignal): Promise<EmbedResult>;
	/** Makes another one the default; what no setting names, or null, means the first of the settings. Costs nothing: hosts bring it into memory by and by. */
	useModel(model: string | null): void;
	/**
	 * Questions are compared with vectors of this one from now on, whatever the settings say: it stays in memory, and a look at a host tells where it is
	 * missing. Costs nothing.
	 */
	useEmbeddingModel(model: string): void;
	/** What vectors of a model would be now; of the one in use when none is named. Null while no host has said it. */
	embeddingIdentity(model?: string): EmbeddingIdentity | null;
	/**
	 * Of the default model when none is named, of a configured one or of one that makes vectors. As the hosts say; null as long as none has said.
	 * @throws BotError `MODEL_REJECTED` for an unknown one.
	 */
	capabilities(model?: string): ModelCapabilities | null;
	/** About how many tokens the model takes for a text, as its own counts of earlier prompts have it; without any, rather too many. @throws as `capabilities`. */
	estimateTokens(text: string, model?: string): number;
}

/** Both, as they are made together. Whoever needs one of them takes that. */
export interface ModelPool extends LanguageModels, ModelOperations {}
