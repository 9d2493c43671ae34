/** What the model pool is told when it is made. */

import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { TurnQueue } from '../queue/turn-queue.ts';
import type { StreamLimits } from './deadlines.ts';
import type { ReasoningHabit } from './hide-reasoning.ts';
import type { TokenCorrection } from './token-correction.ts';

/** For metrics. `host` is without credentials. Every callback is optional. */
export interface ModelObserver {
	/** Left the queue after so long; 0 without waiting. */
	admitted?: (waitedMs: number) => void;
	/** From sending the request to the first sign of the model. */
	firstToken?: (host: string, waitedMs: number) => void;
	/** An answer came to its end, with the model's own numbers where it gave them. */
	answered?: (host: string, numbers: { promptTokens: number | null; outputTokens: number | null; tokensPerSecond: number | null }) => void;
	/** A host failed before the first text and another one is tried. */
	failedOver?: (host: string, reason: string) => void;
}

export interface ModelPoolDependencies {
	/** `http://host:port`, `http://user:password@host` (sent as Basic) or `http://:token@host` (sent as Bearer). Credentials are never logged. */
	hosts: readonly string[];
	model: string;
	embeddingModel: string | null;
	/** `num_ctx` of every call: a changed one makes Ollama load the model again. */
	contextTokens: number;
	/** The most tokens of one answer. */
	maxOutputTokens: number;
	/** Answers that one host gives at the same time; `auto` learns it. */
	slots: number | 'auto';
	/** The queue for slots, shared by all processes that use these hosts. The pool serves it and stops it. */
	queue: TurnQueue;
	/** The most requests that wait for a slot, over all processes. */
	queueLimit: number;
	deadlines: StreamLimits & { queueMs: number };
	/** How long the model stays in memory: seconds, or a duration like `24h`; negative is for ever. */
	keepAlive: string | number;
	clock?: Clock;
	logger: Logger;
	observe?: ModelObserver;
}

/** The dependencies as the parts of the pool use them. */
export interface ModelPoolSettings extends Omit<ModelPoolDependencies, 'hosts' | 'keepAlive' | 'clock' | 'observe'> {
	keepAlive: string | number;
	clock: Clock;
	observe: ModelObserver;
	/** The same in every call of the chat model. */
	options: { num_ctx: number };
	/** Of the chat model. */
	reasoningHabit: ReasoningHabit;
	/** Of the chat model. */
	tokens: TokenCorrection;
}
