/** Deletes the vectors of models that nobody needs any more, in batches: after a switch, and when a half-made one was called off. */

import { z } from 'zod';
import type { JobDefinition } from '../../jobs/job.ts';
import type { VectorStore } from './vector-store.ts';

const forgottenVectors = z.object({});

export type ForgottenVectors = z.infer<typeof forgottenVectors>;

export function createForgetVectorsJob(vectors: Pick<VectorStore, 'forgetSome'>): JobDefinition<ForgottenVectors> {
	return {
		name: 'forget-vectors',
		data: forgottenVectors,
		key: () => '',
		// As long as `forgetSome` spares them.
		delayMs: 60_000,
		async run(_data, { signal }) {
			while (await vectors.forgetSome()) signal.throwIfAborted();
		},
	};
}
