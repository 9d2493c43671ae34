/** The inbox of one process with all that belongs to it, put together. */

import type { Clock } from '../clock.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { type BusyConversations, createBusyConversations } from './busy-conversations.ts';
import { createInbox, type Inbox, type InboxSettings } from './inbox.ts';
import { createPruneInboxJob } from './prune-job.ts';
import { createRecentKeys, type RecentKeys } from './recent-keys.ts';
import { createInboxWorker, type InboxWorker, type WorkerDependencies } from './worker.ts';

export interface OpenInbox {
	inbox: Inbox;
	busy: BusyConversations;
	recentKeys: RecentKeys;
	jobDefinitions: readonly JobDefinition[];
	createWorker(options: Omit<WorkerDependencies, 'inbox' | 'leaseMs' | 'clock'>): InboxWorker;
}

export interface InboxOptions extends Omit<InboxSettings, 'clock'> {
	clock: Clock;
	/** No other process uses the database: whoever holds a lease there at the start has died. */
	isAlone: boolean;
}

/** @throws BotError `STORE_UNAVAILABLE`. */
export async function openInbox({ clock, isAlone, ...options }: InboxOptions): Promise<OpenInbox> {
	const inbox = createInbox(options);
	if (isAlone) await inbox.voidLeases();
	return {
		inbox,
		busy: createBusyConversations({ database: options.database, clock }),
		recentKeys: createRecentKeys(clock),
		jobDefinitions: [createPruneInboxJob(inbox)],
		createWorker: (deps) => createInboxWorker({ ...deps, inbox, leaseMs: options.leaseMs, clock }),
	};
}
