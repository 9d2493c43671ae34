/** Sums a conversation up when there is time. */

import { z } from 'zod';
import { isUserRole, type UserRole } from '../database/roles.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Memories } from './memory.ts';
import type { Summaries } from './summary.ts';

const dueSummary = z.object({
	conversationId: z.uuid(),
	/** In whose name it is read and written; the role is the one that they asked with. */
	userId: z.uuid(),
	role: z.custom<UserRole>((role) => typeof role === 'string' && isUserRole(role)),
	/** Several people can speak there. */
	isShared: z.boolean(),
	/** That has answered there, as the settings name it; what was left by an earlier version names none. */
	model: z.string().optional(),
});

export type DueSummary = z.infer<typeof dueSummary>;

export interface SummaryJobDependencies {
	memories: Pick<Memories, 'recall'>;
	summaries: Summaries;
}

export function createSummaryJob({ memories, summaries }: SummaryJobDependencies): JobDefinition<DueSummary> {
	return {
		name: 'summary',
		data: dueSummary,
		key: ({ conversationId }) => conversationId,
		userId: ({ userId }) => userId,
		async run({ conversationId, userId, role, isShared, model }, { signal }) {
			const asker = { userId, role };
			const memory = await memories.recall(asker, { id: conversationId, isShared });
			// It may have been summed up, or taken back, since.
			if (summaries.isDue(memory, model)) await summaries.fold({ asker, conversationId, memory }, signal);
		},
	};
}
