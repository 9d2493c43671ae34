/** Asks whoever shared files in a channel whether they may be taken, where nobody else can read it. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Limits } from '../../limits/limits.ts';
import { type Language, wordsFor } from '../../locales/locales.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import { readFiles } from './notices.ts';

const askedAbout = z.object({
	channelId: z.uuid(),
	messageId: z.string(),
	sharedBy: z.uuid(),
	/** The account that shared them. */
	actor: z.object({ platform: z.string().optional(), tenantId: z.string(), accountId: z.string() }),
});

export type AskedAbout = z.infer<typeof askedAbout>;

export interface AskDependencies {
	database: Pick<Database, 'asLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'mayBeTold'>;
	language: Language;
}

/** Whoever shares several files at once is asked once. */
const delayMs = 2_000;

export function createAskJob({ database, platforms, pacers, limits, language }: AskDependencies): JobDefinition<AskedAbout> {
	return {
		name: 'ask-about-files',
		data: askedAbout,
		key: ({ channelId, messageId }) => `${channelId} ${messageId}`,
		userId: ({ sharedBy }) => sharedBy,
		delayMs,
		async run({ actor: { platform: home, ...account }, ...message }, { signal }) {
			const shown = await database.asLibrarian((transaction) => readFiles(transaction, message));
			const platform = platforms.get(shown?.place.platform ?? '');
			const asked = shown?.files.filter(({ progress: { stage } }) => stage === 'asked') ?? [];
			if (shown === null || platform === undefined || asked.length === 0) return;
			if (!(await limits.mayBeTold({ userId: message.sharedBy }))) return;
			const actor = home === undefined ? account : { ...account, platform: home };
			const sentence = wordsFor(shown.locale, language).files.ask(asked.map(({ name }) => name).join(', '));
			// On some platforms private words in a thread that nobody has answered in yet are seen by no one.
			const place = platform.capabilities.showsPrivateWordsInNewThreads ? shown.place : { ...shown.place, threadId: '' };
			const call = { operation: 'send-privately', place, priority: 'update' } as const;
			await pacers(platform).run(call, signal, () => platform.sendPrivately(place, actor, [sentence], undefined, signal));
		},
	};
}
