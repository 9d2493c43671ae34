/** For whom and where tools run in tests. */

import { english } from '#src/locales/english.ts';
import type { ToolContext } from '#src/tools/tool.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';

export function toolContext(given: Partial<ToolContext> = {}): ToolContext {
	return {
		person: {
			userId: 'u',
			identityId: 'i',
			role: 'ccb_employee',
			displayName: 'Ana',
			locale: null,
			standing: 'member',
			limits: {},
		},
		account: { tenantId: 'T', accountId: 'U' },
		platform: createFakePlatform(),
		place: { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' },
		questionMessageId: '2000',
		now: new Date('2030-05-04T21:30:00Z'),
		timeZone: 'UTC',
		words: english,
		conversationId: 'c',
		model: 'fake-model',
		...given,
	};
}
