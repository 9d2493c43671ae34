/** One Ollama host: one watch over all the models on it. */

import type { Ollama } from 'ollama';
import type { HostAddress } from './host-address.ts';
import { type HostFindings, type ModelFinding, probeHost } from './host-probe.ts';
import { createHostWatch } from './host-watch.ts';
import { createHostedModel, type HostedModel } from './hosted-model.ts';
import type { ModelProfiles } from './model-profile.ts';
import type { ModelPoolSettings } from './settings.ts';
import { createShownModels } from './shown-models.ts';
import type { OnRead } from './stream-reader.ts';
import type { Connect } from './transport.ts';
import { createVectorModels, type VectorModels } from './vector-models.ts';

/** A host that answers at all answers the small questions of a look at once, but it may be busy with everything else. */
const PROBE_TIMEOUT_MS = 5000;

export interface Host {
	readonly label: string;
	/** Every model that is configured, whether the host has it or not; the default one first. */
	readonly models: readonly HostedModel[];
	/** Whatever is installed there, asked for by name. */
	readonly vectorModels: VectorModels;
	/** Fires when the host is not used any more. */
	readonly stopped: AbortSignal;
	/** What is in its memory, as of the last look; null when it does not say. */
	running(): HostFindings['running'];
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
	const { clock } = settings;
	const { label } = address;
	const stopped = new AbortController();
	let running: HostFindings['running'] = null;
	const lookSignal = () => AbortSignal.any([stopped.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
	const shown = createShownModels();
	const vectorModels = createVectorModels({ shown, connect: () => connect(address, lookSignal()), refresh: () => watch.refresh() });

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
			const client = connect(address, lookSignal());
			const findings = await probeHost({ host: label, client, models: profiles.all, embeddingModel: settings.embeddingModel(), shown });
			vectorModels.adopt(findings.listing);
			running = findings.running;
			if (!stopped.signal.aborted) for (const hosted of models) hosted.adopt(findings.of(hosted.model));
			return findings.of(profiles.standard).state !== 'down';
		},
	});

	return {
		label,
		models,
		vectorModels,
		stopped: stopped.signal,
		running: () => running,
		isAway: () => models[0]?.status().state === 'down',
		active: () => models.reduce((sum, { slots }) => sum + slots.active(), 0),
		connect: (signal, onRead) => connect(address, signal, onRead),
		start: watch.start,
		stop: () => stopped.abort(),
		refresh: watch.refresh,
		look: watch.look,
	};
}
