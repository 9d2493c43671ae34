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
	},
	group: ({ KNOWLEDGE_CHANNELS }) => ({ channels: KNOWLEDGE_CHANNELS }),
});
