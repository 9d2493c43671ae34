/** One model on one host as the pool sees it: whether it is there and loaded, its slots, and its record of failures. */

import type { Ollama } from 'ollama';
import { type Abilities, createAbilities } from './abilities.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import { type ModelFinding, noModel } from './host-probe.ts';
import { createHostSlots, type HostSlots } from './host-slots.ts';
import type { HostStatus } from './model-operations.ts';
import type { SilenceCause } from './model-pool.ts';
import type { ModelProfile } from './model-profile.ts';
import { loadBody } from './request-body.ts';
import type { ModelPoolSettings } from './settings.ts';
import type { OnRead } from './stream-reader.ts';
import { createWarmUp } from './warm-up.ts';

export interface HostedModel {
	readonly model: ModelProfile;
	/** The host's address without credentials. */
	readonly host: string;
	/** Its name in the queue. */
	readonly place: string;
	readonly slots: HostSlots;
	readonly breaker: CircuitBreaker;
	readonly abilities: Abilities;
	/** Not known to be away or missing. */
	isUsable(): boolean;
	isLoaded(): boolean;
	/** What is known when nothing happens. */
	silenceCause(): SilenceCause;
	connect(signal: AbortSignal, onRead?: OnRead): Ollama;
	status(): HostStatus;
	/** Takes over what a look at the host found. */
	adopt(finding: ModelFinding): void;
	/** A request found the host away, or the model gone. */
	suspect(finding: Pick<ModelFinding, 'state' | 'reason'>): void;
	/** Brings it into memory, detached: a load that its asker leaves is given up by Ollama. */
	warmUp(): void;
}

export interface HostedModelParts {
	host: string;
	model: ModelProfile;
	connect: (signal: AbortSignal, onRead?: OnRead) => Ollama;
	settings: ModelPoolSettings;
	/** State, slots or record changed. */
	onChange: () => void;
	onSuspect: (suspected: HostedModel, finding: ModelFinding) => void;
	/** The host is not looked at any more. */
	stopped: AbortSignal;
}

/** Also of places that another process is configured for. */
export function hostOfPlace(place: string): string {
	return place.slice(place.indexOf('@') + 1);
}

export function createHostedModel({ host, model, connect, settings, onChange, onSuspect, stopped }: HostedModelParts): HostedModel {
	const { clock, logger } = settings;
	const abilities = createAbilities();
	/** Null before the first look. */
	let finding: ModelFinding | null = null;

	const place = placeName(model, host);
	const slots = createHostSlots({
		clock,
		host: place,
		slots: model.slots,
		queue: settings.queue,
		onLimit: (limit) => {
			logger.info({ host, model: model.name, slots: limit }, 'learned how many answers the model host gives at a time');
			onChange();
		},
	});
	const warmUp = createWarmUp({
		host,
		settings,
		model: model.name,
		load: () => connect(stopped).chat(loadBody(settings, model)),
		signal: stopped,
		onLoaded: () => {
			if (finding?.state !== 'up') return;
			finding = { ...finding, isLoaded: true };
			onChange();
		},
	});

	const hosted: HostedModel = {
		model,
		host,
		place,
		slots,
		breaker: createCircuitBreaker(),
		abilities,
		connect,
		isUsable: () => finding === null || finding.state === 'up',
		isLoaded: () => finding?.isLoaded ?? false,
		silenceCause: () => {
			if (finding?.state === 'down') return 'away';
			// While it is being loaded, Ollama lists it as if it were.
			return warmUp.isRunning() || finding?.isLoaded === false ? 'loading' : 'unknown';
		},
		status: () => ({
			host,
			model: model.name,
			state: finding?.state ?? 'unknown',
			reason: finding?.reason ?? null,
			activeRequests: slots.active(),
			slots: slots.limit(),
			modelLoaded: finding?.isLoaded ?? false,
		}),
		adopt: (next) => {
			const hasChanged = finding?.state !== next.state || finding.reason !== next.reason;
			const wasLoaded = finding?.isLoaded ?? false;
			if (hasChanged) logChange(settings, hosted, next);
			warnOfLength(settings, hosted, finding, next);
			finding = next;
			if (next.abilities !== null) abilities.adopt(next.abilities);
			if (hasChanged || wasLoaded !== (next.isLoaded ?? false)) onChange();
			if (model.isDefault && next.state === 'up' && !next.isLoaded) warmUp.start();
		},
		suspect: (found) => onSuspect(hosted, { ...noModel, ...found }),
		warmUp: warmUp.start,
	};
	return hosted;
}

/** Slots are counted for each model on each host. */
function placeName(model: ModelProfile, host: string): string {
	return `${model.key}@${host}`;
}

function logChange({ logger }: ModelPoolSettings, { host, model }: HostedModel, { state, reason }: ModelFinding): void {
	const fields = { host, model: model.name, state, reason };
	if (state === 'up' && reason === null) logger.info(fields, 'model host is up');
	// A host that is away is away with all of its models, and other models need not be everywhere.
	else if (model.isDefault || state === 'model-unfit') logger.warn(fields, 'model host needs a look');
	else logger.info(fields, 'the model cannot be asked there');
}

function warnOfLength({ logger }: ModelPoolSettings, { host, model }: HostedModel, before: ModelFinding | null, now: ModelFinding): void {
	const { contextTokens } = now;
	if (contextTokens === null || contextTokens === model.contextTokens || contextTokens === before?.contextTokens) return;
	const fields = { host, model: model.name, contextTokens, wantedContextTokens: model.contextTokens };
	logger.warn(fields, 'the model runs with another context length');
}
