/** What is read only when somebody asks for `/metrics`. */

import type { CacheState } from '../cache/cache.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ModelOperations } from '../models/model-operations.ts';
import type { Metrics } from './metrics.ts';

export interface GaugeSources {
	models: Pick<ModelOperations, 'queueLength' | 'status' | 'memory'>;
	cache: CacheState;
	/** Each part with the state that it is in. Never rejects. */
	parts: () => Promise<Readonly<Record<string, { state: PartStateName }>>>;
	/** Null until the database is open. */
	opened: { inbox: Pick<Inbox, 'depth'>; jobs: Pick<Jobs, 'count'>; runningTurns: number } | null;
}

const partStates = ['up', 'degraded', 'down', 'starting'] as const;
const cacheModes = ['shared', 'local', 'degraded'] as const;

type PartStateName = (typeof partStates)[number];

/** While the database is away, what it counts stays as it was. Never throws. */
export async function readGauges(metrics: Metrics, { models, cache, parts, opened }: GaugeSources): Promise<void> {
	readModels(metrics, models);
	metrics.runningTurns.set(opened?.runningTurns ?? 0);
	for (const mode of cacheModes) metrics.cacheMode.set({ mode }, mode === cache.mode() ? 1 : 0);
	await Promise.all([readParts(metrics, parts), readBooks(metrics, opened)]);
}

function readModels(metrics: Metrics, models: GaugeSources['models']): void {
	metrics.queueLength.set(models.queueLength());
	for (const gauge of [metrics.hostUp, metrics.slots, metrics.activeRequests, metrics.loadedBytes, metrics.videoBytes]) gauge.reset();
	for (const { host, model, state, slots, activeRequests } of models.status()) {
		metrics.hostUp.set({ host }, state === 'down' || state === 'unknown' ? 0 : 1);
		metrics.slots.set({ model, host }, slots);
		metrics.activeRequests.set({ model, host }, activeRequests);
	}
	for (const { host, model, bytes, videoBytes } of models.memory()) {
		metrics.loadedBytes.set({ model, host }, bytes);
		metrics.videoBytes.set({ model, host }, videoBytes);
	}
}

async function readParts(metrics: Metrics, parts: GaugeSources['parts']): Promise<void> {
	for (const [part, { state: current }] of Object.entries(await parts())) {
		for (const state of partStates) metrics.parts.set({ part, state }, state === current ? 1 : 0);
	}
}

async function readBooks(metrics: Metrics, opened: GaugeSources['opened']): Promise<void> {
	const [depth, jobs] = await Promise.all([opened?.inbox.depth(), opened?.jobs.count()]).catch(() => []);
	if (depth === undefined || jobs === undefined) return;
	metrics.inboxDepth.set({ state: 'accepted' }, depth.accepted);
	metrics.inboxDepth.set({ state: 'processing' }, depth.processing);
	metrics.inboxOldest.set(depth.oldestSeconds);
	metrics.jobs.reset();
	metrics.jobsOldest.reset();
	for (const { name, state, count, oldestSeconds } of jobs) {
		metrics.jobs.set({ kind: name, state }, count);
		if (state === 'waiting') metrics.jobsOldest.set({ kind: name }, oldestSeconds);
	}
}
