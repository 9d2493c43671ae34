/** The pool of Ollama hosts: admission, choice of host, one stream per request, fail-over before the first text. */

import { systemClock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { HostView } from '../queue/turn-book.ts';
import { unlessAborted } from '../waiting.ts';
import { type AdmissionRequest, type Admitted, cancelled, createAdmission } from './admission.ts';
import { attemptAnswer, type Lease, type Retry } from './attempt.ts';
import { embedTexts } from './embed.ts';
import { createReasoningHabit } from './hide-reasoning.ts';
import { createHost, type Host } from './host.ts';
import { parseHostAddress } from './host-address.ts';
import { noHost } from './model-errors.ts';
import { keepAliveValue, refuseCloudModel } from './model-name.ts';
import type { ChatRequest, ModelEvent, ModelPool } from './model-pool.ts';
import type { ModelPoolDependencies, ModelPoolSettings } from './settings.ts';
import { createTokenCorrection } from './token-correction.ts';
import { createTransport } from './transport.ts';

/**
 * Makes the pool; nothing is sent before `start` or the first request.
 * @throws BotError `CONFIG_INVALID`: no host, a bad address, or a model of Ollama's cloud.
 */
export function createModelPool(dependencies: ModelPoolDependencies): ModelPool {
	const settings = settingsOf(dependencies);
	const { clock, observe, queue } = settings;
	const transport = createTransport();
	const onChange = () => {
		queue.hostsChanged();
		admission.settle();
	};
	const hosts = dependencies.hosts
		.map(parseHostAddress)
		.map((address) => createHost({ address, connect: transport.connect, settings, onChange }));
	if (hosts.length === 0) throw new BotError('CONFIG_INVALID', 'no Ollama host is configured');
	const byLabel = new Map(hosts.map((host) => [host.label, host]));
	const usable = () => (isStopped ? [] : hosts.filter((host) => host.isUsable()));
	let isStopped = false;

	const admission = createAdmission({
		clock,
		queue,
		refusal: (request) => (isStopped ? noHost('stopped') : refusalOf(hosts, request)),
		slots: () => usable().reduce((sum, host) => sum + host.slots.limit(), 0),
	});
	queue.serve({
		queueLimit: settings.queueLimit,
		hosts: () => usable().map((host) => viewOf(host, clock.now())),
		onLearned: (host, slots) => byLabel.get(host)?.slots.adopt(slots),
	});

	async function* chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
		const { userId, priority, conversationId, inFlightLimit } = request;
		const excludedHosts = new Set<string>();
		const enteredAtMs = clock.now();
		const waitUntilMs = enteredAtMs + settings.deadlines.queueMs;
		let retry: Retry | null = null;
		if (!hosts.some((host) => host.isUsable())) await lookAgain(hosts, signal);
		do {
			const returns = retry !== null || request.resumes === true;
			const limit = inFlightLimit === undefined ? {} : { inFlightLimit };
			const place = { userId, priority, conversationId, excludedHosts, returns, waitUntilMs, ...limit };
			const lease: Lease = leaseOf(yield* admission.enter(place, signal), waitUntilMs);
			if (retry === null) observe.admitted?.(clock.now() - enteredAtMs);
			retry = yield* attemptAnswer(settings, lease, request, signal);
			// A failure may have opened the host's circuit breaker.
			queue.hostsChanged();
			if (retry?.type === 'host-failed') turnAway(lease.host, retry.error, excludedHosts);
		} while (retry);
	}
	const leaseOf = (admitted: Admitted, waitUntilMs: number): Lease => {
		const host = byLabel.get(admitted.host);
		if (host !== undefined) return { host, slot: host.slots.open(admitted), waitUntilMs };
		void admitted.turn.leave();
		throw new BotError('INTERNAL', 'the queue gave a turn on a host that is not configured here');
	};
	/** Throws the host's error when there is no other host to try. */
	const turnAway = (host: Host, error: BotError, excludedHosts: Set<string>): void => {
		excludedHosts.add(host.label);
		if (refusalOf(hosts, { excludedHosts })) throw error;
		observe.failedOver?.(host.label, error.reason ?? error.code);
	};

	return {
		model: settings.model,
		start: () => {
			for (const host of hosts) host.start();
		},
		stop: async () => {
			isStopped = true;
			for (const host of hosts) host.stop();
			admission.settle();
			await transport.close();
			await queue.stop();
		},
		chat,
		embed: (texts, signal) => embedTexts({ settings, hosts, signal }, texts),
		status: () => hosts.map((host) => host.status()),
		queueLength: admission.size,
		estimateTokens: settings.tokens.estimate,
		queue: queue.view,
		setQueueState: queue.setState,
	};
}

function viewOf({ label, slots, breaker, isModelLoaded }: Host, nowMs: number): HostView {
	return {
		host: label,
		isSpared: breaker.isOpen(nowMs),
		isModelLoaded: isModelLoaded(),
		slots: slots.limit(),
		isLearned: slots.isLearning(),
	};
}

function settingsOf({ hosts, clock, observe, keepAlive, ...rest }: ModelPoolDependencies): ModelPoolSettings {
	refuseCloudModel(rest.model);
	if (rest.embeddingModel !== null) refuseCloudModel(rest.embeddingModel);
	return {
		...rest,
		keepAlive: keepAliveValue(keepAlive),
		clock: clock ?? systemClock,
		observe: observe ?? {},
		options: { num_ctx: rest.contextTokens },
		reasoningHabit: createReasoningHabit(),
		tokens: createTokenCorrection(rest.contextTokens),
	};
}

/** A host that came back since the last look should not refuse anybody. */
async function lookAgain(hosts: readonly Host[], signal: AbortSignal): Promise<void> {
	await unlessAborted(Promise.all(hosts.map((host) => host.refresh())), signal, cancelled);
}

/** Why none of the hosts left can answer, or null when one can. */
function refusalOf(hosts: readonly Host[], { excludedHosts }: Pick<AdmissionRequest, 'excludedHosts'>): BotError | null {
	if (hosts.some((host) => host.isUsable() && !excludedHosts.has(host.label))) return null;
	const states = new Set(hosts.map((host) => host.status().state));
	if (states.has('model-unfit')) return new BotError('MODEL_REJECTED', 'the model writes no answers', { reason: 'cannot-chat' });
	if (states.size > 1 || !states.has('model-missing')) return noHost('no-host');
	return new BotError('MODEL_REJECTED', 'no Ollama host has the model', { reason: 'model-missing' });
}
