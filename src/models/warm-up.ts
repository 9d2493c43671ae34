/** Brings the model into memory by a call that nobody waits for: a load whose asker leaves is given up by Ollama. */

import type { Ollama } from 'ollama';
import { toModelError } from './model-errors.ts';
import type { ModelProfile } from './model-profile.ts';
import { keepAliveOf } from './request-body.ts';
import type { ModelPoolSettings } from './settings.ts';

/** Between two tries. */
const PAUSE_MS = 30_000;

export interface WarmUpParts {
	/** The host's address without credentials. */
	host: string;
	settings: ModelPoolSettings;
	model: ModelProfile;
	connect: () => Ollama;
	/** Gives up: the only thing that does, for a big model takes minutes to load. */
	signal: AbortSignal;
	onLoaded: () => void;
}

export interface WarmUp {
	/** Starts a load, unless one runs or one was tried just now. */
	start(): void;
	isRunning(): boolean;
}

export function createWarmUp({ host, settings, model, connect, signal, onLoaded }: WarmUpParts): WarmUp {
	const { clock, logger } = settings;
	let isLoading = false;
	let allowedAtMs = Number.NEGATIVE_INFINITY;

	const load = async (): Promise<void> => {
		try {
			await connect().chat({ model: model.name, messages: [], options: model.wireOptions, ...keepAliveOf(settings, model), stream: false });
			onLoaded();
		} catch (error) {
			if (signal.aborted) return;
			const { code, reason } = toModelError(error, host);
			logger.warn({ host, model: model.name, code, reason }, 'the model could not be brought into memory');
		} finally {
			isLoading = false;
		}
	};
	return {
		start: () => {
			if (isLoading || clock.now() < allowedAtMs) return;
			isLoading = true;
			allowedAtMs = clock.now() + PAUSE_MS;
			void load();
		},
		isRunning: () => isLoading,
	};
}
