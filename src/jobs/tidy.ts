/** The jobs' own job: forgets what ended long ago. */

import { z } from 'zod';
import type { JobDefinition } from './job.ts';
import type { JobRows } from './rows.ts';

export function createTidyJob(rows: Pick<JobRows, 'tidy'>): JobDefinition {
	return {
		name: 'tidy-jobs',
		data: z.object({}),
		everyMs: 3_600_000,
		run: () => rows.tidy(),
	};
}
