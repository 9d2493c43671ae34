/** The settings of what the bot knows from documents: which files it takes. */

import { z } from 'zod';
import { defineSettings } from './slice.ts';

export const knowledgeSettings = defineSettings({
	variables: {
		KNOWLEDGE_CHANNELS: z
			.enum(['on', 'off', 'ask'])
			.default('on')
			.describe(
				'Whether files that are shared in channels become documents, where nobody decided for the channel: on, off, or ask (whoever shares one); in personal chats they always do',
			),
		KNOWLEDGE_ANSWERS: z
			.enum(['only', 'prefer', 'off'])
			.default('prefer')
			.describe('How answers use documents, where nobody decided for the channel: only them, them first (prefer), or not at all (off)'),
	},
	group: ({ KNOWLEDGE_CHANNELS, KNOWLEDGE_ANSWERS }) => ({ channels: KNOWLEDGE_CHANNELS, use: KNOWLEDGE_ANSWERS }),
});
