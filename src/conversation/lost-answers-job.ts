/** Ends answers to programs whose process died: nobody takes them over, and without this they would count as being written for ever. */

import { z } from 'zod';
import { isUserRole, type UserRole } from '../database/roles.ts';
import type { ConversationStore } from '../history/store.ts';
import type { JobDefinition } from '../jobs/job.ts';

const watched = z.object({
	conversationId: z.uuid(),
	/** In whose name it is looked at; the role is the one that they asked with. */
	userId: z.uuid(),
	role: z.custom<UserRole>((role) => typeof role === 'string' && isUserRole(role)),
});

export type WatchedConversation = z.infer<typeof watched>;

/** A little longer than any answer is written (`endLost` of `src/history/answer-store.ts`). */
const delayMs = 65 * 60_000;

export interface LostAnswersJobDependencies {
	store: Pick<ConversationStore, 'endLost'>;
	/** Leaves this job again. */
	leave(conversation: WatchedConversation): void;
}

export function createLostAnswersJob({ store, leave }: LostAnswersJobDependencies): JobDefinition<WatchedConversation> {
	return {
		name: 'lost-answers',
		data: watched,
		key: ({ conversationId }) => conversationId,
		userId: ({ userId }) => userId,
		delayMs,
		async run({ conversationId, ...asker }) {
			const unfinished = await store.endLost(asker, conversationId);
			// One that began meanwhile found this job waiting, and left none.
			if (unfinished > 0) leave({ conversationId, ...asker });
		},
	};
}
