/** Of which answer the page is told that a message is. */

import { expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { systemClock } from '#src/clock.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import type { OutgoingMessage } from '#src/platform/chat-platform.ts';
import { createOutbound } from '../../../adapters/web/outbound.ts';

const answer: OutgoingMessage = { text: 'On Friday.', buttons: [], replyId: '11111111-1111-4111-8111-111111111111' };

it.each([
	{ message: answer, answerId: answer.replyId },
	{ message: { ...answer, isAside: true as const }, answerId: null },
])('tells of which answer a message is: $answerId', async ({ message, answerId }) => {
	const shown: unknown[] = [];
	const live = createLivePublisher({ cache: createMemoryCache(), clock: systemClock });
	const outbound = createOutbound({
		live: { ...live, show: async (_conversationId, named) => shown.push(named) > 0 },
		notices: { keep: async () => {} },
	});
	const place = { platform: 'web', tenantId: 'web', channelId: 'u', threadId: 't', kind: 'direct' } as const;
	await outbound.post(place, message, AbortSignal.timeout(60_000));
	expect(shown).toEqual([{ messageId: expect.any(String), answerId }]);
});
