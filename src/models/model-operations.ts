/** The port for whoever operates the models: their hosts, what is installed there, and the queue. What a turn asks of them is in `model-pool.ts`. */

import type { QueueState } from '../queue/ticket-book.ts';
import type { QueueReport } from '../queue/ticket-queue.ts';

/** One model on one host. */
export interface HostStatus {
	/** The host's address without credentials. */
	host: string;
	model: string;
	/** `model-unfit`: the model is there, and is of a kind that writes no answers. */
	state: 'unknown' | 'up' | 'down' | 'model-missing' | 'model-unfit';
	/** What is wrong and what to do, for `/readyz` and `status`. */
	reason: string | null;
	activeRequests: number;
	slots: number;
	modelLoaded: boolean;
}

/** What one model takes of a host's memory. */
export interface ModelMemory {
	/** The host's address without credentials. */
	host: string;
	/** One that is configured, or `other`: hosts are shared with people who may load anything. */
	model: string;
	bytes: number;
	/** Of these, on graphics cards. */
	videoBytes: number;
}

/** What one host has. */
export interface HostInventory {
	/** The host's address without credentials. */
	host: string;
	/** Null when the host does not answer, or does not say. */
	models: readonly InstalledModel[] | null;
	/** Why not, in a word. */
	reason: string | null;
}

export interface InstalledModel {
	name: string;
	/** Another model under the same name has another one. */
	digest: string;
	/** On disk. */
	sizeBytes: number;
	/** Null when it is not in memory. */
	loaded: LoadedModel | null;
}

export interface LoadedModel {
	/** Of its memory, the part that is on a graphics card: from 0 to 1. */
	gpuShare: number;
	contextTokens: number | null;
	/** Of memory, all of it, and of that the part on graphics cards. */
	bytes: number;
	videoBytes: number;
}

/** One model on one host. */
export interface ModelPlace {
	/** As `HostStatus` names it. */
	host: string;
	model: string;
}

export interface PullProgress {
	/** What the host does now, in its own words, such as `pulling manifest`. */
	step: string;
	/** Of the part that it is at; null where there is nothing to count. */
	bytes: { done: number; total: number } | null;
}

export interface ModelOperations {
	/** Begins to watch the hosts and warms the default model up. Resolves at once; an absent host is not an error. */
	start(): void;
	stop(): Promise<void>;
	/** The default model first. A host that has other models need not have one that is elsewhere: that is left out. */
	status(): HostStatus[];
	/** What is in memory on the hosts, as of the last look; nothing of those that do not say. */
	memory(): ModelMemory[];
	/** Requests waiting for a slot in this process. */
	queueLength(): number;
	/** The queue of all processes; of this one while Redis is away. */
	queue(): Promise<QueueReport>;
	/** For all processes. A state that is set while Redis is away is told to the others when it is back. */
	setQueueState(state: QueueState): Promise<void>;
	/** Asks every host. One that does not answer is told in its place. @throws BotError `CANCELLED`. */
	installed(signal: AbortSignal): Promise<HostInventory[]>;
	/**
	 * Installs a model on a host and ends when it is there. Leaving the loop or aborting gives up; what was fetched stays on the host, and the next
	 * call goes on from there.
	 * @throws BotError `CONFIG_INVALID` (a model of Ollama's cloud), `NOT_FOUND` (reason `unknown-host`), `MODEL_REJECTED` (reason `no-such-model`),
	 * `MODEL_UNAVAILABLE` (such as `disk-full`, `connection-failed`), `TIMEOUT` (reason `pull`: nothing came for two minutes), `CANCELLED`.
	 */
	pull(place: ModelPlace, signal: AbortSignal): AsyncIterable<PullProgress>;
	/**
	 * Takes a model out of a host's memory, where it comes back with the next question. The default one is kept there: it is loaded anew at once.
	 * @throws BotError as `pull`, with reason `unload` for what takes longer than half a minute.
	 */
	unload(place: ModelPlace, signal: AbortSignal): Promise<void>;
}
