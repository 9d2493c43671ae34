/** Between the adapters and the worker: decides what is worth keeping, and keeps it before it is acknowledged. */

import type { CommandRegistry } from '../commands/registry.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { RecentKeys } from '../inbox/recent-keys.ts';
import type { ChatEvent, EventSink } from '../platform/chat-event.ts';
import { conversationKey } from '../platform/place.ts';

export interface IntakeDependencies {
	inbox: Inbox;
	recentKeys: RecentKeys;
	store: ConversationStore;
	commands: CommandRegistry;
	onTaken: (event: ChatEvent, result: 'new' | 'duplicate' | 'unrelated') => void;
}

export function createIntakeSink({ inbox, recentKeys, store, commands, onTaken }: IntakeDependencies): EventSink {
	return async (event) => {
		if (concernsThreadOnly(event) && !(await store.exists(event.place))) return onTaken(event, 'unrelated');
		const result = await recentKeys.once(event.key, () => inbox.accept(event, queueOf(event, commands)));
		if (event.type === 'message-deleted') await inbox.accept({ ...event, key: `${event.key}:again` }, conversationKey(event.place));
		onTaken(event, result);
	};
}

/** What people say to each other matters only in threads where the bot takes part; elsewhere not even the fact is kept. */
function concernsThreadOnly(event: ChatEvent): boolean {
	const isTalk = event.type === 'message-received' && event.addressedBy === 'thread';
	return isTalk || event.type === 'message-edited' || event.type === 'message-deleted';
}

/**
 * Questions of one conversation are answered one after the other, and edited in that order too: a question that waits is not written
 * down yet, and an answer in the making remembers the old text when it ends. Everything else must not wait behind an answer: least of
 * all "stop". A deletion does both: at once it stops the answer, and in its turn it takes away what that answer left behind.
 */
function queueOf(event: ChatEvent, commands: CommandRegistry): string | null {
	const isQuestion = event.type === 'message-received' && commands.findSpoken(event.text) === null;
	const isRetry = event.type === 'button-pressed' && event.button.name === 'retry';
	return isQuestion || isRetry || event.type === 'message-edited' ? conversationKey(event.place) : null;
}
