/** What is in memory: loads one after another, reloads on changed options, evictions, keep-alive. */

import { HttpRefusal, pause } from './exchange.ts';
import { keepAliveMs } from './keep-alive.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import type { EmulatedModel } from './types.ts';

/** The automatic context length of a machine with less than 23 GiB of video memory. */
const DEFAULT_CONTEXT_TOKENS = 4096;
/** With `num_ctx`, the options whose change makes Ollama load the model again. */
const RUNNER_OPTIONS = ['num_batch', 'num_gpu', 'num_thread', 'use_mmap', 'main_gpu'];
/** Two spaces, as Ollama writes it. */
export const BUSY = 'server busy, please try again.  maximum pending requests exceeded';

export interface LoadedModel {
	model: EmulatedModel;
	contextTokens: number;
	places: Semaphore;
	/** Milliseconds since the epoch; Infinity for ever. */
	expiresAtMs: number;
}

export interface LoadRequest {
	model: EmulatedModel;
	options: Record<string, unknown> | undefined;
	keepAlive: number | string | undefined;
	signal: AbortSignal;
}

export interface MemorySettings {
	parallel: number;
	loadMs: number;
	maxLoadedModels: number;
	maxQueue: number;
}

export interface ModelMemory {
	loaded(): LoadedModel[];
	/** Null when the client hung up meanwhile: its load is given up, and the next one starts anew. */
	load(request: LoadRequest): Promise<{ loaded: LoadedModel; loadMs: number } | null>;
	/** All of them without a name. */
	unload(name?: string): void;
}

type Entry = LoadedModel & { runner: string };

export function createModelMemory(settings: MemorySettings): ModelMemory {
	const entries = new Map<string, Entry>();
	let pendingLoads = 0;
	let lastLoad: Promise<unknown> = Promise.resolve();

	/** Loads wait for one another; only they count against the queue. */
	const inTurn = (request: LoadRequest): Promise<void> => {
		if (pendingLoads >= settings.maxQueue) throw new HttpRefusal(503, BUSY);
		pendingLoads++;
		const load = lastLoad.then(() => loadNow(entries, settings, request)).finally(() => pendingLoads--);
		lastLoad = load.catch(() => undefined);
		return load;
	};
	return {
		loaded: () => {
			dropExpired(entries);
			return [...entries.values()];
		},
		load: async (request) => {
			dropExpired(entries);
			const startedAt = performance.now();
			const runner = runnerOf(request);
			let loadMs = 0;
			while (!request.signal.aborted) {
				const loaded = entries.get(request.model.name);
				if (loaded?.runner === runner) {
					loaded.expiresAtMs = Date.now() + keepAliveMs(request.keepAlive);
					return { loaded, loadMs };
				}
				await inTurn(request);
				loadMs = performance.now() - startedAt;
			}
			return null;
		},
		unload: (name) => {
			if (name === undefined) entries.clear();
			else entries.delete(name);
		},
	};
}

async function loadNow(entries: Map<string, Entry>, settings: MemorySettings, request: LoadRequest): Promise<void> {
	const { model } = request;
	const runner = runnerOf(request);
	if (entries.get(model.name)?.runner === runner) return;
	await entries.get(model.name)?.places.idle();
	entries.delete(model.name);
	await makeRoom(entries, settings.maxLoadedModels);
	await pause(settings.loadMs, request.signal);
	if (request.signal.aborted) return;
	entries.set(model.name, {
		model,
		runner,
		contextTokens: contextTokensOf(request),
		places: createSemaphore(model.parallel ?? settings.parallel),
		expiresAtMs: Number.POSITIVE_INFINITY,
	});
}

/** An idle model goes first; a busy one is waited for. */
async function makeRoom(entries: Map<string, Entry>, limit: number): Promise<void> {
	while (entries.size >= limit) {
		const all = [...entries.values()];
		const victim = all.find((entry) => entry.places.active() === 0) ?? all[0];
		if (!victim) return;
		await victim.places.idle();
		entries.delete(victim.model.name);
	}
}

function dropExpired(entries: Map<string, Entry>): void {
	for (const [name, entry] of entries) if (entry.expiresAtMs <= Date.now() && entry.places.active() === 0) entries.delete(name);
}

function runnerOf(request: LoadRequest): string {
	return JSON.stringify([contextTokensOf(request), ...RUNNER_OPTIONS.map((name) => request.options?.[name] ?? null)]);
}

function contextTokensOf({ model, options }: LoadRequest): number {
	const asked = typeof options?.num_ctx === 'number' ? options.num_ctx : DEFAULT_CONTEXT_TOKENS;
	return Math.min(asked, model.contextLength ?? 32_768);
}
