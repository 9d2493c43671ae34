/** Brings a model into memory by a call that nobody waits for: a load whose asker leaves is given up by Ollama. */

import { toModelError } from './model-errors.ts';
import type { ModelPoolSettings } from './settings.ts';

/** Between two tries. */
const PAUSE_MS = 30_000;

export interface WarmUpParts {
	/** The host's address without credentials. */
	host: string;
	settings: Pick<ModelPoolSettings, 'clock' | 'logger'>;
	model: string;
	/** Any request of it that ends when it is there. */
	load: () => Promise<unknown>;
	/** Gives up: the only thing that does, for a big model takes minutes to load. */
	signal: AbortSignal;
	onLoaded?: () => void;
}

export interface WarmUp {
	/** Starts a load, unless one runs or one was tried just now. */
	start(): void;
	isRunning(): boolean;
}

export function createWarmUp({ host, settings, model, load, signal, onLoaded }: WarmUpParts): WarmUp {
	const { clock, logger } = settings;
	let isLoading = false;
	let allowedAtMs = Number.NEGATIVE_INFINITY;

	const run = async (): Promise<void> => {
		try {
			await load();
			onLoaded?.();
		} catch (error) {
			if (signal.aborted) return;
			const { code, reason } = toModelError(error, host);
			logger.warn({ host, model, code, reason }, 'the model could not be brought into memory');
		} finally {
			isLoading = false;
		}
	};
	return {
		start: () => {
			if (isLoading || clock.now() < allowedAtMs) return;
			isLoading = true;
			allowedAtMs = clock.now() + PAUSE_MS;
			void run();
		},
		isRunning: () => isLoading,
	};
}
