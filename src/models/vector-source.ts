/** One host as vectors come from it: which model it has, requests in their turn, and a load that is brought to its end. */

import { BotError } from '../errors.ts';
import type { SendOutcome } from './embed-each.ts';
import { requestVectors, withinVectorTime } from './embed-request.ts';
import type { Host } from './host.ts';
import { noHost } from './model-errors.ts';
import type { EmbedRequest } from './model-pool.ts';
import { createPassageLane, MOST_TEXTS, type PassageLaneParts } from './passage-lane.ts';
import type { ModelPoolSettings } from './settings.ts';
import { createWarmUp, type WarmUp } from './warm-up.ts';

/** For whom and with what texts are sent. */
export interface VectorOrder {
	model: string;
	priority: EmbedRequest['priority'];
	/** Of the vectors that these belong with; null for the first. */
	vectorLength: number | null;
}

export interface VectorSource {
	readonly host: Host;
	/** What this process has there. */
	load(): number;
	/**
	 * Of what the host has under the model's name.
	 * @throws BotError when it is away, has none, one that makes no vectors, or another one than `wanted`.
	 */
	digestOf(model: string, wanted: string | null): Promise<string>;
	/** Sends the first of these texts, as many as fit one request. @throws BotError as `embed` for whatever is not about a text. */
	send(order: VectorOrder, texts: readonly string[], signal: AbortSignal): Promise<SendOutcome>;
	/** A load whose asker leaves is given up by Ollama: what one question could not wait for is brought into memory for the next one. */
	finishLoading(model: string): void;
}

export interface VectorSourceParts {
	host: Host;
	settings: ModelPoolSettings;
	queue: PassageLaneParts['queue'];
}

export function createVectorSource({ host, settings, queue }: VectorSourceParts): VectorSource {
	const { clock, deadlines } = settings;
	const lane = createPassageLane({ host: host.label, clock, queue });
	const warmUps = new Map<string, WarmUp>();
	const request = async ({ model, vectorLength }: VectorOrder, texts: readonly string[], signal: AbortSignal) =>
		await requestVectors({ settings, client: host.connect(signal), host: host.label, model, vectorLength }, texts);
	const warmUpOf = (model: string): WarmUp => {
		const load = () => request({ model, priority: 'background', vectorLength: null }, ['warm up'], host.stopped);
		return createWarmUp({ host: host.label, settings, model, load, signal: host.stopped });
	};

	return {
		host,
		load: () => host.active() + lane.size(),
		async digestOf(model, wanted) {
			const found = host.isAway() ? null : await host.vectorModels.find(model);
			if (host.isAway()) throw noHost('no-host');
			if (found === null) throw rejected('no Ollama host has the model', 'model-missing');
			if (found.capabilities?.embedding === false) throw rejected('the model makes no vectors', 'cannot-embed');
			if (wanted !== null && found.digest !== wanted) throw rejected('no Ollama host has that very model', 'model-changed');
			return found.digest;
		},
		async send(order, texts, signal) {
			if (order.priority === 'interactive') return await request(order, texts.slice(0, MOST_TEXTS), signal);
			return await lane.run(
				texts,
				(first) => withinVectorTime(clock, deadlines.totalMs, signal, (within) => request(order, first, within)),
				signal,
			);
		},
		finishLoading(model) {
			const warmUp = warmUps.get(model) ?? warmUpOf(model);
			warmUps.set(model, warmUp);
			warmUp.start();
		},
	};
}

function rejected(message: string, reason: string): BotError {
	return new BotError('MODEL_REJECTED', message, { reason });
}
