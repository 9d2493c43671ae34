/** A message as an adapter hands it over, for tests that care about its key alone. */

import type { MessageReceived } from '#src/platform/chat-event.ts';

export function messageEvent(key: string): MessageReceived {
	return {
		type: 'message-received',
		key,
		platform: 'slack',
		tenantId: 'T1',
		occurredAt: '2030-01-01T00:00:00.000Z',
		place: { platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '1.0', kind: 'channel' },
		messageId: key,
		author: { tenantId: 'T1', accountId: 'U1' },
		text: `text of ${key}`,
		addressedBy: 'mention',
		startsThread: true,
		attachments: [],
	};
}
