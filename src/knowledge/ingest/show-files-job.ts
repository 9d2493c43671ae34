/** Keeps one message of the bot beside each message that files were shared with: it says how far they are, and why one was not read. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { stableId } from '../../identity/stable-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import { type Language, wordsFor } from '../../locales/locales.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import { filesBlock, toldFiles } from './files-shown.ts';
import { showLine } from './line-message.ts';
import { keepNotice, readFiles, type ShownFiles } from './notices.ts';
import type { FileMessage } from './placements.ts';

const fileMessage = z.object({ channelId: z.uuid(), messageId: z.string(), sharedBy: z.uuid().nullable() });

export interface ShowFilesDependencies {
	database: Pick<Database, 'asLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	language: Language;
}

/** Most files are indexed by then: one message tells it. And nobody reads a line that changes more often. */
const delayMs = 2_000;
/** A name and a sentence each, in the smallest message of all platforms (2,000 characters on Discord). */
const mostLines = 6;

export function createShowFilesJob({ database, platforms, pacers, language }: ShowFilesDependencies): JobDefinition<FileMessage> {
	async function show(message: FileMessage, shown: ShownFiles, platform: ChatPlatform, signal: AbortSignal): Promise<void> {
		const { place, notice, locale } = shown;
		const files = toldFiles(shown.files, place.kind === 'direct');
		// What is on show goes on, also when there is nothing to complain about any more.
		const told = files.length === 0 && notice !== null ? shown.files : files;
		if (told.length === 0 || notice?.isOver === true) return;
		const text = platform.renderBlock(filesBlock(told, wordsFor(locale, language), mostLines));
		if (text === notice?.text) return;
		const line = { id: lineIdOf(message), place, text, inReplyTo: message.messageId };
		const keep = (kept: ShownFiles['notice']) => database.asLibrarian((transaction) => keepNotice(transaction, message, kept));
		await showLine({ platform, pacer: pacers(platform), keep }, line, notice, signal);
	}

	return {
		name: 'show-files',
		data: fileMessage,
		key: ({ channelId, messageId }) => `${channelId} ${messageId}`,
		userId: ({ sharedBy }) => sharedBy,
		// What is short and seen goes before what is long.
		priority: 1,
		delayMs,
		async run(message, { signal }) {
			const shown = await database.asLibrarian((transaction) => readFiles(transaction, message));
			const platform = platforms.get(shown?.place.platform ?? '');
			if (shown !== null && platform !== undefined) await show(message, shown, platform, signal);
		},
	};
}

function lineIdOf({ channelId, messageId }: FileMessage): string {
	return stableId(`files:${channelId}:${messageId}`);
}
