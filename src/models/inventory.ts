/** What is installed on the hosts: listed, installed and taken out of memory. */

import type { ListResponse, ModelResponse, Ollama, ProgressResponse } from 'ollama';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { cancelled } from './admission.ts';
import type { Host } from './host.ts';
import { contextLengthOf } from './host-probe.ts';
import { toModelError } from './model-errors.ts';
import { isSameModel, modelNameOf, refuseCloudModel } from './model-name.ts';
import type { HostInventory, InstalledModel, LoadedModel, ModelOperations, ModelPlace, PullProgress } from './model-operations.ts';

/** A host answers these questions at once, but it may be busy with everything else. */
const LIST_LIMIT_MS = 5_000;
/** A registry that is asked for a manifest takes seconds; while layers come, hosts tell of it many times a second. */
const PULL_SILENCE_MS = 120_000;
/** An answer that is being written is not waited for, but a load is. */
const UNLOAD_LIMIT_MS = 30_000;

export interface InventoryParts {
	hosts: readonly Host[];
	clock: Clock;
}

export function createInventory({ hosts, clock }: InventoryParts): Pick<ModelOperations, 'installed' | 'pull' | 'unload'> {
	const hostOf = ({ host, model }: ModelPlace): Host => {
		refuseCloudModel(model);
		const found = hosts.find(({ label }) => label === host);
		if (found !== undefined) return found;
		throw new BotError('NOT_FOUND', 'no such model host is configured', { reason: 'unknown-host' });
	};

	return {
		installed: async (signal) => await Promise.all(hosts.map(async (host) => await listOn(host, { clock, signal }))),
		async *pull(place, signal) {
			const host = hostOf(place);
			yield* pullOn(host, place.model, { clock, signal });
			await host.look();
		},
		async unload(place, signal) {
			const host = hostOf(place);
			await within({ clock, signal, limitMs: UNLOAD_LIMIT_MS, limit: 'unload' }, host, async (client) => {
				await client.chat({ model: place.model, messages: [], keep_alive: 0, stream: false });
			});
			await host.look();
		},
	};
}

interface Waiting {
	clock: Clock;
	signal: AbortSignal;
}

async function listOn(host: Host, waiting: Waiting): Promise<HostInventory> {
	try {
		return await within({ ...waiting, limitMs: LIST_LIMIT_MS, limit: 'list' }, host, async (client) => {
			const [{ models }, running] = await Promise.all([client.list(), runningOn(client)]);
			return { host: host.label, models: models.map((entry) => describe(entry, running)), reason: null };
		});
	} catch (thrown) {
		if (waiting.signal.aborted) throw cancelled();
		return { host: host.label, models: null, reason: toModelError(thrown, host.label).reason ?? 'unknown' };
	}
}

/** Proxies in front of Ollama do not always know this one. */
async function runningOn(client: Ollama): Promise<ListResponse['models']> {
	return await client.ps().then(
		({ models }) => models,
		() => [],
	);
}

function describe(entry: ModelResponse, running: readonly ModelResponse[]): InstalledModel {
	const name = modelNameOf(entry);
	const loaded = running.find((candidate) => isSameModel(modelNameOf(candidate), name));
	return { name, digest: entry.digest, sizeBytes: entry.size, loaded: loaded === undefined ? null : describeLoaded(loaded) };
}

function describeLoaded(entry: ModelResponse): LoadedModel {
	const { size, size_vram: inVideoMemory } = entry;
	const gpuShare = size > 0 ? Math.min(inVideoMemory / size, 1) : 0;
	return { gpuShare, contextTokens: contextLengthOf(entry), bytes: size, videoBytes: Math.min(inVideoMemory, size) };
}

async function* pullOn(host: Host, model: string, { clock, signal }: Waiting): AsyncGenerator<PullProgress, void, void> {
	const left = new AbortController();
	const limit = startLimit(clock, PULL_SILENCE_MS, 'pull');
	try {
		const client = host.connect(AbortSignal.any([signal, limit.signal, left.signal]));
		for await (const line of await client.pull({ model, stream: true })) {
			limit.restart();
			yield progressOf(line);
		}
	} catch (thrown) {
		throw reasonOf(thrown, host, signal, limit.signal);
	} finally {
		limit.stop();
		// The library's own loop does not cancel when it is left.
		left.abort();
	}
}

function progressOf({ status, completed = 0, total }: ProgressResponse): PullProgress {
	return { step: status, bytes: typeof total === 'number' ? { done: completed, total } : null };
}

async function within<T>(
	{ clock, signal, limitMs, limit: name }: Waiting & { limitMs: number; limit: string },
	host: Host,
	work: (client: Ollama) => Promise<T>,
): Promise<T> {
	const limit = startLimit(clock, limitMs, name);
	try {
		return await work(host.connect(AbortSignal.any([signal, limit.signal])));
	} catch (thrown) {
		throw reasonOf(thrown, host, signal, limit.signal);
	} finally {
		limit.stop();
	}
}

function reasonOf(thrown: unknown, host: Host, signal: AbortSignal, limit: AbortSignal): BotError {
	if (signal.aborted) return cancelled();
	return limit.aborted ? (limit.reason as BotError) : toModelError(thrown, host.label);
}

interface Limit {
	signal: AbortSignal;
	/** The time begins anew. */
	restart(): void;
	stop(): void;
}

function startLimit(clock: Clock, limitMs: number, reason: string): Limit {
	const expired = new AbortController();
	const stopped = new AbortController();
	let sinceMs = clock.now();
	const watch = async (): Promise<void> => {
		for (let leftMs = limitMs; leftMs > 0; leftMs = limitMs - (clock.now() - sinceMs)) await clock.wait(leftMs, stopped.signal);
		expired.abort(new BotError('TIMEOUT', `a model host took too long: ${reason}`, { retryable: true, reason }));
	};
	// Ends with CANCELLED when it is stopped.
	watch().catch(() => undefined);
	return {
		signal: expired.signal,
		restart: () => {
			sinceMs = clock.now();
		},
		stop: () => stopped.abort('over'),
	};
}
