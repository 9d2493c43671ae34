/** What is read only when somebody asks for `/metrics`. */

import type { Inbox } from '../inbox/inbox.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ModelPool } from '../models/model-pool.ts';
import type { Metrics } from './metrics.ts';

export interface GaugeSources {
	models: Pick<ModelPool, 'queueLength'>;
	/** Null until the database is open. */
	opened: { inbox: Pick<Inbox, 'depth'>; jobs: Pick<Jobs, 'count'>; runningTurns: number } | null;
}

/** While the database is away, what it counts stays as it was. Never throws. */
export async function readGauges(metrics: Metrics, { models, opened }: GaugeSources): Promise<void> {
	metrics.queueLength.set(models.queueLength());
	metrics.runningTurns.set(opened?.runningTurns ?? 0);
	const [depth, jobs] = await Promise.all([opened?.inbox.depth(), opened?.jobs.count()]).catch(() => []);
	if (depth === undefined || jobs === undefined) return;
	metrics.inboxDepth.set({ state: 'accepted' }, depth.accepted);
	metrics.inboxDepth.set({ state: 'processing' }, depth.processing);
	metrics.jobs.reset();
	for (const { name, state, count } of jobs) metrics.jobs.set({ job: name, state }, count);
}
