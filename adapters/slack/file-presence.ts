/** Whether a file still lies in its message: Slack does not tell what its rules of retention delete. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Refusal } from '#src/platform/refusal.ts';
import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { createThreads } from './threads.ts';

/** "files.info". What the bot may not see is `not_visible`. */
const fileIsGone: ReadonlySet<string> = new Set(['file_not_found', 'file_deleted']);
/** "conversations.replies": `thread_not_found`. Out of a channel the bot is told `channel_not_found` or `not_in_channel`, which is another refusal. */
const threadIsGone: ReadonlySet<string> = new Set(['place-gone'] satisfies Refusal[]);

export function createFilePresence(call: SlackCall): Required<Pick<ChatPlatform, 'isShared'>> {
	const threads = createThreads(call);

	return {
		async isShared({ place: { channelId, threadId }, messageId }, fileId, signal) {
			const file = await unlessGone(call('files.info', { file: fileId }, signal), fileIsGone);
			// What its rules deleted Slack goes on to list, as a tombstone.
			if (file === null || asObject(file['file'])['mode'] === 'tombstone') return false;
			const message = await unlessGone(threads.one({ channelId, threadId: threadId || messageId }, messageId, signal), threadIsGone);
			return message !== null && asObjects(message['files']).some(({ id }) => textOf(id) === fileId);
		},
	};
}

async function unlessGone(asked: Promise<Json | null>, gone: ReadonlySet<string>): Promise<Json | null> {
	return await asked.catch((thrown) => {
		if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED' && gone.has(thrown.reason ?? '')) return null;
		throw thrown;
	});
}
