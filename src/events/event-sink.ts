/** Between the adapters and the worker: decides what is worth keeping, and keeps it before it is acknowledged. */

import type { CommandRegistry } from '../commands/registry.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { RecentKeys } from '../inbox/recent-keys.ts';
import type { ChatEvent, EventSink, PersonalEvent } from '../platform/chat-event.ts';
import { conversationKey } from '../platform/place.ts';
import { isPlaceEvent, type PlaceEvent } from '../platform/place-event.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface EventSinkDependencies {
	inbox: Inbox;
	recentKeys: RecentKeys;
	store: ConversationStore;
	commands: CommandRegistry;
	subscriptions: Pick<Subscriptions, 'tell' | 'isWanted'>;
	rules: Pick<RuleBook, 'of'>;
	onTaken: (event: ChatEvent, result: 'new' | 'duplicate' | 'unrelated') => void;
}

export function createEventSink({ inbox, recentKeys, store, commands, subscriptions, rules, onTaken }: EventSinkDependencies): EventSink {
	return async (event) => {
		if (isPlaceEvent(event)) await subscriptions.tell(event);
		if (!(await isWorthKeeping(event))) return onTaken(event, 'unrelated');
		const result = await recentKeys.once(event.key, () => inbox.accept(event, queueOf(event, commands)));
		if (event.type === 'message-deleted') await inbox.accept({ ...event, key: `${event.key}:again` }, conversationKey(event.place));
		onTaken(event, result);
	};

	async function isWorthKeeping(event: ChatEvent): Promise<boolean> {
		if (isPlaceEvent(event)) return subscriptions.isWanted(event);
		if (!concernsThreadOnly(event)) return true;
		if (event.type === 'message-received' && (await rules.of(event.place)).mode === 'all') return true;
		return !isTalk(event) && (await store.exists(event.place));
	}
}

/** The bot takes no part in a thread that only begins with it. */
function isTalk(event: PersonalEvent): boolean {
	return event.type === 'message-received' && event.addressedBy === 'talk';
}

/**
 * What people say to each other matters only in threads where the bot takes part, and in channels where it is to answer all that is said; elsewhere not
 * even the fact is kept.
 */
function concernsThreadOnly(event: PersonalEvent): boolean {
	const isForOthers = event.type === 'message-received' && (event.addressedBy === 'thread' || event.addressedBy === 'talk');
	return isForOthers || event.type === 'message-edited' || event.type === 'message-deleted';
}

/**
 * Questions of one conversation are answered one after the other, and edited in that order too: a question that waits is not written
 * down yet, and an answer in the making remembers the old text when it ends. Everything else must not wait behind an answer: least of
 * all "stop". A deletion does both: at once it stops the answer, and in its turn it takes away what that answer left behind.
 */
function queueOf(event: ChatEvent, commands: CommandRegistry): string | null {
	if (isPlaceEvent(event)) return placeQueueOf(event);
	const isQuestion = event.type === 'message-received' && commands.findSpoken(event.text) === null;
	const asksAgain = event.type === 'button-pressed' && (event.button.name === 'retry' || event.button.name === 'privately');
	return isQuestion || asksAgain || event.type === 'message-edited' ? conversationKey(event.place) : null;
}

/** What happens in a place is handled in its order, and beside what is asked there. */
function placeQueueOf({ platform, tenantId, place }: PlaceEvent): string {
	const where = place === null ? { platform, tenantId, channelId: '' } : place;
	return `happenings ${conversationKey({ ...where, threadId: '' })}`;
}
