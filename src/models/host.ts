/** One Ollama host as the pool sees it: watched, warmed up, with its slots and its record of failures. */

import type { Ollama } from 'ollama';
import { type Abilities, createAbilities } from './abilities.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import type { HostAddress } from './host-address.ts';
import { type HostFinding, noModel, probeHost } from './host-probe.ts';
import { createHostSlots, type HostSlots } from './host-slots.ts';
import { createHostWatch } from './host-watch.ts';
import type { HostStatus } from './model-operations.ts';
import type { SilenceCause } from './model-pool.ts';
import type { ModelPoolSettings } from './settings.ts';
import type { OnRead } from './stream-reader.ts';
import type { Connect } from './transport.ts';
import { createWarmUp } from './warm-up.ts';

/** A host that answers at all answers the small questions of a look at once, but it may be busy with everything else. */
const PROBE_TIMEOUT_MS = 5000;

export interface Host {
	readonly label: string;
	readonly slots: HostSlots;
	readonly breaker: CircuitBreaker;
	/** Of the chat model there. */
	readonly abilities: Abilities;
	/** Not known to be away or without the model. */
	isUsable(): boolean;
	isModelLoaded(): boolean;
	/** What is known of a host on which nothing happens. */
	silenceCause(): SilenceCause;
	connect(signal: AbortSignal, onRead?: OnRead): Ollama;
	status(): HostStatus;
	start(): void;
	stop(): void;
	/** Looks now, unless it looked just now. */
	refresh(): Promise<void>;
	/** Looks now: something there was changed. */
	look(): Promise<void>;
	/** A request found the host away, or its model gone. */
	suspect(finding: Pick<HostFinding, 'state' | 'reason'>): void;
	/** Brings the model into memory, detached: a load that its asker leaves is given up by Ollama. */
	warmUp(): void;
}

export interface HostParts {
	address: HostAddress;
	connect: Connect;
	settings: ModelPoolSettings;
	/** State, slots or record changed. */
	onChange: () => void;
}

export function createHost({ address, connect, settings, onChange }: HostParts): Host {
	const { clock, logger, model, embeddingModel } = settings;
	const { label } = address;
	const stopped = new AbortController();
	const known = new Map<string, readonly string[]>();
	const abilities = createAbilities();
	/** Null before the first look. */
	let finding: HostFinding | null = null;

	const slots = createHostSlots({
		clock,
		host: label,
		slots: settings.slots,
		queue: settings.queue,
		onLimit: (limit) => {
			logger.info({ host: label, slots: limit }, 'learned how many answers the model host gives at a time');
			onChange();
		},
	});
	const warmUp = createWarmUp({
		host: label,
		settings,
		connect: () => connect(address, stopped.signal),
		signal: stopped.signal,
		onLoaded: () => {
			if (finding?.state !== 'up') return;
			finding = { ...finding, isModelLoaded: true };
			onChange();
		},
	});
	const adopt = (next: HostFinding): void => {
		const hasChanged = finding?.state !== next.state || finding.reason !== next.reason;
		const wasLoaded = finding?.isModelLoaded ?? false;
		if (hasChanged) logChange(settings, label, next);
		warnOfLength(settings, label, finding, next);
		finding = next;
		if (next.abilities !== null) abilities.adopt(next.abilities);
		if (hasChanged || wasLoaded !== (next.isModelLoaded ?? false)) onChange();
		if (next.state === 'up' && !next.isModelLoaded) warmUp.start();
	};
	const watch = createHostWatch({
		clock,
		signal: stopped.signal,
		look: async () => {
			const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
			const found = await probeHost({ host: label, client: connect(address, signal), model, embeddingModel, known });
			if (!stopped.signal.aborted) adopt(found);
			return found.state !== 'down';
		},
	});

	return {
		label,
		slots,
		breaker: createCircuitBreaker(),
		abilities,
		isUsable: () => finding === null || finding.state === 'up',
		isModelLoaded: () => finding?.isModelLoaded ?? false,
		silenceCause: () => {
			if (finding?.state === 'down') return 'away';
			// While it is being loaded, Ollama lists it as if it were.
			return warmUp.isRunning() || finding?.isModelLoaded === false ? 'loading' : 'unknown';
		},
		connect: (signal, onRead) => connect(address, signal, onRead),
		status: () => ({
			host: label,
			state: finding?.state ?? 'unknown',
			reason: finding?.reason ?? null,
			activeRequests: slots.active(),
			slots: slots.limit(),
			modelLoaded: finding?.isModelLoaded ?? false,
		}),
		start: watch.start,
		stop: () => stopped.abort(),
		refresh: watch.refresh,
		look: watch.look,
		suspect: (found) => {
			adopt({ ...noModel, ...found });
			watch.hurry();
		},
		warmUp: warmUp.start,
	};
}

function logChange({ logger }: ModelPoolSettings, host: string, { state, reason }: HostFinding): void {
	const fields = { host, state, reason };
	if (state === 'up' && reason === null) logger.info(fields, 'model host is up');
	else logger.warn(fields, 'model host needs a look');
}

function warnOfLength({ logger, contextTokens }: ModelPoolSettings, host: string, before: HostFinding | null, now: HostFinding): void {
	if (now.contextTokens === null || now.contextTokens === contextTokens || now.contextTokens === before?.contextTokens) return;
	const fields = { host, contextTokens: now.contextTokens, wantedContextTokens: contextTokens };
	logger.warn(fields, 'the model runs with another context length');
}
