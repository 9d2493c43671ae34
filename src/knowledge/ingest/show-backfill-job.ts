/** Keeps one message of the bot in a channel whose past is looked through: it says how far that is, and how it ended. */

import type { Database } from '../../database/database.ts';
import { stableId } from '../../identity/stable-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import { type Language, wordsFor } from '../../locales/locales.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import { backfilledChannel } from './backfill-job.ts';
import { keepBackfillNotice, readBackfill } from './backfill-rows.ts';
import type { BackfilledChannel } from './backfills.ts';
import { showLine } from './line-message.ts';

export interface ShowBackfillDependencies {
	database: Pick<Database, 'asLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	language: Language;
}

/** Most channels are looked through by then, and nobody reads a line that changes more often. */
const delayMs = 2_000;

export function createShowBackfillJob({
	database,
	platforms,
	pacers,
	language,
}: ShowBackfillDependencies): JobDefinition<BackfilledChannel> {
	return {
		name: 'show-backfill',
		data: backfilledChannel,
		key: ({ channelId }) => channelId,
		// What is short and seen goes before what is long.
		priority: 1,
		delayMs,
		async run({ channelId }, { signal }) {
			const backfill = await database.asLibrarian((transaction) => readBackfill(transaction, channelId));
			const platform = platforms.get(backfill?.place.platform ?? '');
			if (backfill === null || platform === undefined || backfill.notice?.isOver === true) return;
			const { place, status, notice, startedAt } = backfill;
			const source = wordsFor(backfill.locale, language).files.backfill.line[status](backfill);
			const text = platform.renderBlock({ kind: 'paragraph', source, language: '', isComplete: true });
			if (text === notice?.text) return;
			const line = { id: stableId(`backfill:${channelId}:${startedAt}`), place, text, inReplyTo: null };
			const keep = (kept: typeof notice) => database.asLibrarian((transaction) => keepBackfillNotice(transaction, backfill, kept));
			await showLine({ platform, pacer: pacers(platform), keep }, line, notice, signal);
		},
	};
}
