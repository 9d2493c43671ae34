/** Forgets events that were finished long ago. */

import { z } from 'zod';
import type { JobDefinition } from '../jobs/job.ts';
import type { Inbox } from './inbox.ts';

/** Re-deliveries come within hours at most; the rows of handled events hold no content. */
const keptMs = 7 * 24 * 3_600_000;

export function createPruneInboxJob(inbox: Pick<Inbox, 'prune'>): JobDefinition {
	return {
		name: 'prune-inbox',
		data: z.object({}),
		everyMs: 3_600_000,
		run: async () => void (await inbox.prune(keptMs)),
	};
}
