/** What a job is given for its first try, for tests that run one by hand. */

import type { JobContext } from '#src/jobs/job.ts';

export function createFakeJobContext(given: Partial<JobContext> = {}): JobContext {
	return {
		id: '00000000-0000-4000-8000-000000000000',
		attempt: 1,
		signal: new AbortController().signal,
		progress: () => {},
		finishIn: async () => {},
		...given,
	};
}
