/** The port to the language models: what a turn asks of them and what comes back. */

import type { QueueState } from '../queue/turn-book.ts';
import type { QueueReport } from '../queue/turn-queue.ts';

/** What a model asks to have run. */
export interface ToolCall {
	/** The same in the call and in its result; made up where the model gives none. */
	id: string;
	name: string;
	/** As the model wrote them: checked by the tool's schema before they are used. */
	arguments: Readonly<Record<string, unknown>>;
}

export type ModelMessage =
	/** `images` are the bytes of pictures, for a model that sees. */
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

export interface ChatRequest {
	messages: ModelMessage[];
	/** What the model may call; none when absent. */
	tools?: readonly ToolDefinition[];
	/** Who waits for it: decides turns in the queue. */
	userId: string;
	/** Keeps a conversation on one host while that host is free, for its prompt cache. */
	conversationId: string;
	/** A person is waiting (`interactive`) or nobody is (`background`, served only when nobody waits). */
	priority: 'interactive' | 'background';
	/** The most tokens to generate; the configured maximum when absent. */
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

export interface HostStatus {
	/** The host's address without credentials. */
	host: string;
	/** `model-unfit`: the model is there, and is of a kind that writes no answers. */
	state: 'unknown' | 'up' | 'down' | 'model-missing' | 'model-unfit';
	/** What is wrong and what to do, for `/readyz` and `status`. */
	reason: string | null;
	activeRequests: number;
	slots: number;
	modelLoaded: boolean;
}

export interface ModelPool {
	readonly model: string;
	/** Begins to watch the hosts and warms the model up. Resolves at once; an absent host is not an error. */
	start(): void;
	stop(): Promise<void>;
	/**
	 * Generates one answer. Ends after an `end` event or throws BotError: `MODEL_UNAVAILABLE` (no host, host lost, stream broken;
	 * retryable), `MODEL_REJECTED` (model missing or of another kind, prompt too long), `TIMEOUT` (queue, first token, silence or total; `reason`
	 * says which), `RATE_LIMITED` (`reason` is `queue-full`, `in-flight` or `draining`), `CANCELLED` (the signal). Aborting frees the slot and the host at once.
	 */
	chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
	/** One unit-length vector per text, in order. Same errors as `chat`. */
	embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
	/** About how many tokens the model takes for a text, as its own counts of earlier prompts have it; without any, rather too many. */
	estimateTokens(text: string): number;
	status(): HostStatus[];
	/** Requests waiting for a slot in this process. */
	queueLength(): number;
	/** The queue of all processes; of this one while Redis is away. */
	queue(): Promise<QueueReport>;
	/** For all processes. A state that is set while Redis is away is told to the others when it is back. */
	setQueueState(state: QueueState): Promise<void>;
}
