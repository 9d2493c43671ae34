/** A model pool that says what a test scripted and remembers what it was asked. */

import { BotError } from '#src/errors.ts';
import type { HostStatus } from '#src/models/model-operations.ts';
import type { ChatRequest, ConfiguredModel, ModelEvent, ModelPool } from '#src/models/model-pool.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';
import type { QueueState } from '#src/queue/ticket-book.ts';
import type { QueueReport } from '#src/queue/ticket-queue.ts';

/** One step of an answer: an event, an error that ends it, or something to wait for, or to do, before the next step. */
export type ModelStep = ModelEvent | BotError | Promise<unknown> | (() => unknown);

export interface FakeModelPool extends ModelPool {
	model: string;
	models: ConfiguredModel[];
	requests: ChatRequest[];
	hosts: HostStatus[];
	waiting: number;
	/** What `queue` tells; `setQueueState` changes its state. */
	view: QueueReport;
	/** What the next calls of `chat` give: one list of steps a call, in order. A call without one fails. */
	script(...answers: ModelStep[][]): void;
}

export const upHost: HostStatus = {
	host: 'http://model:11434',
	model: 'fake-model',
	state: 'up',
	reason: null,
	activeRequests: 0,
	slots: 4,
	modelLoaded: true,
};

const usage = { promptTokens: 10, outputTokens: 5, loadMs: null, generateMs: 1_000 };
const started: ModelStep = { type: 'started', host: upHost.host, model: 'fake-model' };

/** The steps of an answer that gives these deltas and ends well. */
export function says(...deltas: string[]): ModelStep[] {
	return [...saysWithoutEnd(...deltas), { type: 'end', reason: 'stop', usage }];
}

/** The same without the end: add an error, a wait or another `end`. */
export function saysWithoutEnd(...deltas: string[]): ModelStep[] {
	return [started, ...deltas.map((text): ModelStep => ({ type: 'text-delta', text }))];
}

export function createFakeModelPool(): FakeModelPool {
	const answers: ModelStep[][] = [];
	return {
		model: 'fake-model',
		models: [{ name: 'fake-model', contextTokens: 8_192, answerTokens: 4_096 }],
		requests: [],
		hosts: [upHost],
		waiting: 0,
		view: { state: 'open', waiting: { interactive: 0, background: 0 }, users: 0, oldestWaitMs: 0, hosts: [], mode: 'local' },
		script: (...more) => void answers.push(...more),
		start: () => {},
		stop: async () => {},
		chat(request, signal) {
			this.requests.push(request);
			return play(answers.shift() ?? notScripted(), signal);
		},
		embed: async () => notScripted(),
		embeddingIdentity: () => null,
		useModel(model) {
			this.model = this.models.find(({ name }) => name === model)?.name ?? 'fake-model';
		},
		useEmbeddingModel: () => {},
		estimateTokens: (text) => estimateTokens(text),
		capabilities: () => null,
		status() {
			return this.hosts;
		},
		memory: () => [],
		queueLength() {
			return this.waiting;
		},
		async queue() {
			return this.view;
		},
		installed: async () => [],
		pull: () => notScripted(),
		unload: async () => notScripted(),
		async setQueueState(state: QueueState) {
			this.view = { ...this.view, state };
		},
	};
}

async function* play(steps: readonly ModelStep[], signal: AbortSignal): AsyncGenerator<ModelEvent> {
	for (const step of steps) {
		if (step instanceof BotError) throw step;
		if (step instanceof Promise) await unlessAborted(step, signal);
		else if (typeof step === 'function') await step();
		else if (!signal.aborted) yield step;
		if (signal.aborted) throw cancelled();
	}
}

async function unlessAborted(wait: Promise<unknown>, signal: AbortSignal): Promise<void> {
	const aborted = new Promise((_resolve, reject) => {
		if (signal.aborted) reject(cancelled());
		signal.addEventListener('abort', () => reject(cancelled()), { once: true });
	});
	await Promise.race([wait, aborted]);
}

function cancelled(): BotError {
	return new BotError('CANCELLED', 'the model was stopped');
}

function notScripted(): never {
	throw new BotError('INTERNAL', 'the model was asked for something that the test has not scripted');
}
