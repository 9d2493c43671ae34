/** The pool of Ollama hosts: admission, choice of host, one stream per request, fail-over before the first text. */

import { systemClock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { HostView } from '../queue/ticket-book.ts';
import { unlessAborted } from '../waiting.ts';
import { capabilitiesOfAny } from './abilities.ts';
import { type AdmissionRequest, type Admitted, cancelled, createAdmission } from './admission.ts';
import { attemptAnswer, type Retry, type SlotLease } from './attempt.ts';
import { createEmbedder } from './embed.ts';
import { createHost, type Host } from './host.ts';
import { parseHostAddress } from './host-address.ts';
import { type HostedModel, hostOfPlace } from './hosted-model.ts';
import { createInventory } from './inventory.ts';
import { noHost } from './model-errors.ts';
import { memoryOf } from './model-memory.ts';
import { isSameModel, keepAliveValue, refuseCloudModel } from './model-name.ts';
import type { HostStatus } from './model-operations.ts';
import type { ChatRequest, ConfiguredModel, ModelEvent, ModelPool } from './model-pool.ts';
import { createModelProfiles, type ModelProfile } from './model-profile.ts';
import type { ModelPoolDependencies, ModelPoolSettings } from './settings.ts';
import { createTransport } from './transport.ts';
import { hasImages } from './wire.ts';

/**
 * Makes the pool; nothing is sent before `start` or the first request.
 * @throws BotError `CONFIG_INVALID`: no host, a bad address, no model, one twice, or one of Ollama's cloud.
 */
export function createModelPool(dependencies: ModelPoolDependencies): ModelPool {
	const profiles = createModelProfiles(dependencies.models);
	let inUse = dependencies.embeddingModel;
	const settings = settingsOf(dependencies, profiles.standard, () => inUse);
	const { clock, observe, queue, embeddingModel } = settings;
	const transport = createTransport();
	const onChange = () => {
		queue.hostsChanged();
		admission.settle();
	};
	const hosts = dependencies.hosts
		.map(parseHostAddress)
		.map((address) => createHost({ address, profiles, connect: transport.connect, settings, onChange }));
	if (hosts.length === 0) throw new BotError('CONFIG_INVALID', 'no Ollama host is configured');
	const all = hosts.flatMap(({ models }) => models);
	const byPlace = new Map(all.map((hosted) => [hosted.place, hosted]));
	const byModel = Map.groupBy(all, ({ model }) => model.key);
	const withModel = (key: string) => byModel.get(key) ?? [];
	const usable = (among: readonly HostedModel[]) => (isStopped ? [] : among.filter((hosted) => hosted.isUsable()));
	let isStopped = false;

	const admission = createAdmission({
		clock,
		queue,
		refusal: (request) => (isStopped ? noHost('stopped') : refusalOf(withModel(request.model), request)),
		slots: (model) => usable(withModel(model)).reduce((sum, { slots }) => sum + slots.limit(), 0),
	});
	queue.serve({
		queueLimit: settings.queueLimit,
		hosts: () => usable(all).map((hosted) => viewOf(hosted, clock.now())),
		onLearned: (place, slots) => byPlace.get(place)?.slots.adopt(slots),
	});

	async function* chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
		const { userId, priority, conversationId, inFlightLimit } = request;
		const { key: model } = profiles.of(request.model);
		const excludedHosts = new Set<string>();
		const enteredAtMs = clock.now();
		const waitUntilMs = enteredAtMs + settings.deadlines.queueMs;
		let retry: Retry | null = null;
		refuseUnseen(request);
		if (!withModel(model).some((hosted) => hosted.isUsable())) await lookAgain(hosts, signal);
		do {
			const returns = retry !== null || request.resumes === true;
			const limit = inFlightLimit === undefined ? {} : { inFlightLimit };
			const place = { model, userId, priority, conversationId, excludedHosts, returns, waitUntilMs, ...limit };
			const lease: SlotLease = leaseOf(yield* admission.enter(place, signal), waitUntilMs);
			if (retry === null) observe.admitted?.(clock.now() - enteredAtMs);
			retry = yield* attemptAnswer(settings, lease, request, signal);
			// A failure may have opened the host's circuit breaker.
			queue.hostsChanged();
			if (retry?.type === 'host-failed') turnAway(lease.hosted, retry.error, excludedHosts);
		} while (retry);
	}
	const capabilities = (model = profiles.standard.name) => {
		const forVectors = hosts.flatMap(({ vectorModels }) => vectorModels.known(model) ?? []);
		const isForVectors = forVectors.length > 0 || isSameModel(model, embeddingModel() ?? '');
		if (!profiles.has(model) && isForVectors) return capabilitiesOfAny(forVectors.map((known) => known.capabilities));
		return capabilitiesOfAny(withModel(profiles.of(model).key).map((hosted) => hosted.abilities.stated()));
	};
	/** What is known beforehand need not wait for its turn. */
	const refuseUnseen = ({ messages, model }: ChatRequest): void => {
		if (!messages.some(hasImages) || capabilities(model)?.vision !== false) return;
		throw new BotError('MODEL_REJECTED', 'the model sees no pictures', { reason: 'cannot-see' });
	};
	const leaseOf = (admitted: Admitted, waitUntilMs: number): SlotLease => {
		const hosted = byPlace.get(admitted.host);
		if (hosted !== undefined) return { hosted, slot: hosted.slots.open(admitted), waitUntilMs };
		void admitted.turn.leave();
		throw new BotError('INTERNAL', 'the queue gave a turn on a host that is not configured here');
	};
	/** Throws the host's error when there is no other host to try. */
	const turnAway = ({ place, host, model }: HostedModel, error: BotError, excludedHosts: Set<string>): void => {
		excludedHosts.add(place);
		if (refusalOf(withModel(model.key), { excludedHosts })) throw error;
		observe.failedOver?.({ host, model: model.name }, error.reason ?? error.code);
	};

	return {
		get model() {
			return profiles.standard.name;
		},
		get models() {
			const { standard, all } = profiles;
			return [standard, ...all.filter((profile) => profile !== standard)].map(toConfigured);
		},
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
		useModel: profiles.use,
		useEmbeddingModel(model) {
			inUse = model;
		},
		...createEmbedder({ settings, hosts, queue: () => queue.view() }),
		status: () => tellingStates(profiles.all.flatMap(({ key }) => withModel(key).map((hosted) => hosted.status()))),
		memory: () => memoryOf(hosts, [...profiles.all.map(({ name }) => name), embeddingModel() ?? '']),
		queueLength: admission.size,
		capabilities,
		estimateTokens: (text, model) => profiles.of(model).tokens.estimate(text),
		queue: async () => {
			const report = await queue.view();
			return { ...report, hosts: report.hosts.map((seen) => ({ ...seen, host: hostOfPlace(seen.host) })) };
		},
		setQueueState: queue.setState,
		...createInventory({ hosts, clock }),
	};
}

function toConfigured({ name, contextTokens, maxOutputTokens }: ModelProfile): ConfiguredModel {
	return { name, contextTokens, answerTokens: maxOutputTokens };
}

function viewOf({ place, model, slots, breaker, isLoaded }: HostedModel, nowMs: number): HostView {
	return {
		host: place,
		model: model.key,
		isSpared: breaker.isOpen(nowMs),
		isModelLoaded: isLoaded(),
		slots: slots.limit(),
		isLearned: slots.isLearning(),
	};
}

function settingsOf(
	{ hosts, models, clock, observe, keepAlive, embeddingModel: configured, ...rest }: ModelPoolDependencies,
	standard: ModelProfile,
	embeddingModel: ModelPoolSettings['embeddingModel'],
): ModelPoolSettings {
	if (configured !== null) refuseCloudModel(configured);
	return {
		...rest,
		embeddingModel,
		keepAlive: keepAliveValue(keepAlive),
		embeddingContextTokens: standard.contextTokens,
		clock: clock ?? systemClock,
		observe: observe ?? {},
	};
}

/** A host that came back since the last look should not refuse anybody. */
async function lookAgain(hosts: readonly Host[], signal: AbortSignal): Promise<void> {
	await unlessAborted(Promise.all(hosts.map((host) => host.refresh())), signal, cancelled);
}

/** Why none of the hosts left can answer, or null when one can. */
function refusalOf(hosted: readonly HostedModel[], { excludedHosts }: Pick<AdmissionRequest, 'excludedHosts'>): BotError | null {
	if (hosted.some((one) => one.isUsable() && !excludedHosts.has(one.place))) return null;
	const states = new Set(hosted.map((one) => one.status().state));
	if (states.has('model-unfit')) return new BotError('MODEL_REJECTED', 'the model writes no answers', { reason: 'cannot-chat' });
	if (states.size > 1 || !states.has('model-missing')) return noHost('no-host');
	return new BotError('MODEL_REJECTED', 'no Ollama host has the model', { reason: 'model-missing' });
}

/** Hosts share the models out among themselves: that one lacks what another has is nothing to tell of, unless it has nothing at all. */
function tellingStates(states: readonly HostStatus[]): HostStatus[] {
	const isUp = (wanted: Partial<HostStatus>) =>
		states.some(({ host, model, state }) => state === 'up' && (wanted.host ?? host) === host && (wanted.model ?? model) === model);
	return states.filter(({ host, model, state }) => state !== 'model-missing' || !isUp({ host }) || !isUp({ model }));
}
