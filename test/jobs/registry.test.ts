/** What the list of jobs refuses. */

import { expect, test } from 'vitest';
import { z } from 'zod';
import type { JobDefinition } from '#src/jobs/job.ts';
import { createJobRegistry } from '#src/jobs/registry.ts';

const job = (name: string, more: Partial<JobDefinition> = {}): JobDefinition => ({
	name,
	data: z.object({}),
	run: async () => {},
	...more,
});

test('a job is found by its name', () => {
	const registry = createJobRegistry([job('one'), job('the-other')]);
	expect(registry.find('the-other')?.name).toBe('the-other');
	expect(registry.find('another')).toBeUndefined();
	expect(registry.all()).toHaveLength(2);
});

test.each([
	['two of one name', [job('one'), job('one')]],
	['a name with other characters', [job('One job')]],
	['a span that is too short', [job('one', { everyMs: 1_000 })]],
	['a span beyond which nobody remembers that it ran', [job('one', { everyMs: 48 * 3_600_000 })]],
	['data for what runs by itself', [job('one', { everyMs: 60_000, data: z.object({ id: z.string() }) })]],
])('%s is refused', (_name, definitions) => {
	expect(() => createJobRegistry(definitions)).toThrow(TypeError);
});
