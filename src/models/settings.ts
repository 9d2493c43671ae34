/** What the model pool is told when it is made. */

import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { TicketQueue } from '../queue/ticket-queue.ts';
import type { StreamLimits } from './deadlines.ts';
import type { ModelPlace } from './model-operations.ts';
import type { ThinkingLevel } from './thinking.ts';

/** For metrics. Hosts are without credentials. Every callback is optional. */
export interface ModelObserver {
	/** Left the queue after so long; 0 without waiting. */
	admitted?: (waitedMs: number) => void;
	/** From sending the request to the first sign of the model. */
	firstToken?: (place: ModelPlace, waitedMs: number) => void;
	/** An answer came to its end, with the model's own numbers where it gave them. */
	answered?: (
		place: ModelPlace,
		numbers: { promptTokens: number | null; outputTokens: number | null; tokensPerSecond: number | null },
	) => void;
	/** A host failed before the first text and another one is tried. */
	failedOver?: (place: ModelPlace, reason: string) => void;
}

/** One model that answers. */
export interface ModelOptions {
	/** As Ollama knows it. */
	name: string;
	/** `num_ctx` of every call: a changed one makes Ollama load the model again. */
	contextTokens: number;
	/** The most tokens of one answer. */
	maxOutputTokens: number;
	/** How far it thinks before an answer, unless the request says otherwise. */
	think: ThinkingLevel;
	/** From 0, the same words every time, upwards; null for the model's own. */
	temperature: number | null;
	/** Answers that one host gives at the same time; `auto` learns it. */
	slots: number | 'auto';
}

export interface ModelPoolDependencies {
	/** `http://host:port`, `http://user:password@host` (sent as Basic) or `http://:token@host` (sent as Bearer). Credentials are never logged. */
	hosts: readonly string[];
	/** The first one is the default. A host needs not have all of them. */
	models: readonly ModelOptions[];
	/** Until `useEmbeddingModel` names another one. */
	embeddingModel: string | null;
	/** The queue for slots, shared by all processes that use these hosts. The pool serves it and stops it. */
	queue: TicketQueue;
	/** The most requests that wait for one model, over all processes. */
	queueLimit: number;
	deadlines: StreamLimits & { queueMs: number };
	/** How long the default model and the one for vectors stay in memory: seconds, or a duration like `24h`; negative is for ever. */
	keepAlive: string | number;
	clock?: Clock;
	logger: Logger;
	observe?: ModelObserver;
}

/** The dependencies as the parts of the pool use them. */
export interface ModelPoolSettings
	extends Omit<ModelPoolDependencies, 'hosts' | 'models' | 'embeddingModel' | 'keepAlive' | 'clock' | 'observe'> {
	/** The one in use now; null without one. */
	embeddingModel: () => string | null;
	keepAlive: string | number;
	/** `num_ctx` of the model for vectors. */
	embeddingContextTokens: number;
	clock: Clock;
	observe: ModelObserver;
}
