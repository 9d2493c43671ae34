/** The inbox is pruned by itself, once in an hour. */

import { expect, test } from 'vitest';
import { createPruneInboxJob } from '#src/inbox/prune-job.ts';
import { createJobRegistry } from '#src/jobs/registry.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';

test('events are forgotten a week after they were finished', async () => {
	const asked: number[] = [];
	const job = createPruneInboxJob({ prune: async (olderThanMs) => asked.push(olderThanMs) });
	expect(createJobRegistry([job]).find('prune-inbox')?.everyMs).toBe(3_600_000);
	await job.run({}, createFakeJobContext());
	expect(asked).toEqual([7 * 24 * 3_600_000]);
});
