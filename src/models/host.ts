/** One Ollama host: one watch over all the models on it. */

import type { Ollama } from 'ollama';
import type { HostAddress } from './host-address.ts';
import { type ModelFinding, probeHost } from './host-probe.ts';
import { createHostWatch } from './host-watch.ts';
import { createHostedModel, type HostedModel } from './hosted-model.ts';
import type { ModelProfiles } from './model-profile.ts';
import type { ModelPoolSettings } from './settings.ts';
import type { OnRead } from './stream-reader.ts';
import type { Connect } from './transport.ts';

/** A host that answers at all answers the small questions of a look at once, but it may be busy with everything else. */
const PROBE_TIMEOUT_MS = 5000;

export interface Host {
	readonly label: string;
	/** Every model that is configured, whether the host has it or not; the default one first. */
	readonly models: readonly HostedModel[];
	/** Known to be away. */
	isAway(): boolean;
	/** Requests of this process. */
	active(): number;
	connect(signal: AbortSignal, onRead?: OnRead): Ollama;
	start(): void;
	stop(): void;
	/** Looks now, unless it looked just now. */
	refresh(): Promise<void>;
	/** Looks now: something there was changed. */
	look(): Promise<void>;
}

export interface HostParts {
	address: HostAddress;
	profiles: ModelProfiles;
	connect: Connect;
	settings: ModelPoolSettings;
	/** State, slots or record changed. */
	onChange: () => void;
}

export function createHost({ address, profiles, connect, settings, onChange }: HostParts): Host {
	const { clock, embeddingModel } = settings;
	const { label } = address;
	const stopped = new AbortController();
	const known = new Map<string, readonly string[]>();

	const onSuspect = (suspected: HostedModel, finding: ModelFinding): void => {
		for (const hosted of finding.state === 'down' ? models : [suspected]) hosted.adopt(finding);
		watch.hurry();
	};
	const models = profiles.all.map((model) =>
		createHostedModel({
			host: label,
			model,
			connect: (signal, onRead) => connect(address, signal, onRead),
			settings,
			onChange,
			onSuspect,
			stopped: stopped.signal,
		}),
	);
	const watch = createHostWatch({
		clock,
		signal: stopped.signal,
		look: async () => {
			const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
			const target = { host: label, client: connect(address, signal), models: profiles.all, embeddingModel, known };
			const findings = await probeHost(target);
			if (!stopped.signal.aborted) for (const hosted of models) hosted.adopt(findings(hosted.model));
			return findings(profiles.standard).state !== 'down';
		},
	});

	return {
		label,
		models,
		isAway: () => models[0]?.status().state === 'down',
		active: () => models.reduce((sum, { slots }) => sum + slots.active(), 0),
		connect: (signal, onRead) => connect(address, signal, onRead),
		start: watch.start,
		stop: () => stopped.abort(),
		refresh: watch.refresh,
		look: watch.look,
	};
}
