/** A person's conversations as they see them from the chat: listed, opened, renamed and taken away by their number. */

import type { Principal } from '../database/transaction.ts';
import type { OwnConversation, OwnConversations } from '../history/own-conversations.ts';
import type { SaidMessage, SaidPages } from '../history/said-pages.ts';
import type { OwnPlaces } from '../identity/own-places.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { ConversationRemovals } from './conversation-removal.ts';

/** Every method works in the person's name, and tells of no place that they may not read now. @throws BotError as `Database.asUser`. */
export interface OwnHistory {
	/** As `OwnConversations.page`, archived ones last. */
	list(person: Principal, signal: AbortSignal): Promise<OwnConversation[]>;
	/** By its number; null for none of theirs. */
	find(person: Principal, number: number, signal: AbortSignal): Promise<OwnConversation | null>;
	/** The last of what was said there, the oldest first. */
	said(person: Principal, conversation: OwnConversation): Promise<SaidMessage[]>;
	/** For themselves alone; null takes the own title back. */
	rename(person: Principal, conversation: OwnConversation, title: string | null): Promise<void>;
	/** @returns `hidden` where others take part in it. */
	takeAway(person: Principal, conversation: OwnConversation): Promise<'removed' | 'hidden'>;
}

export interface OwnHistoryDependencies {
	conversations: Pick<OwnConversations, 'page' | 'change'>;
	said: Pick<SaidPages, 'newest'>;
	places: Pick<OwnPlaces, 'readable'>;
	removals: Pick<ConversationRemovals, 'takeAway'>;
	publisher: Pick<LivePublisher, 'tellPerson'>;
}

/** The platform is asked about the place of each; the web shows the rest. */
const mostListed = 100;
/** What a private message of any platform holds. */
const mostSaid = 20;

/** What people call a conversation by: short, the same as long as it is there, and it tells nothing of how many others there are. */
export function conversationNumber(id: string): number {
	return Number.parseInt(id.slice(0, 6), 16);
}

export function createOwnHistory({ conversations, said, places, removals, publisher }: OwnHistoryDependencies): OwnHistory {
	async function list(person: Principal, signal: AbortSignal): Promise<OwnConversation[]> {
		const page = async (isArchived: boolean) => await conversations.page(person, { isArchived, after: null, limit: mostListed });
		return await places.readable(person, [...(await page(false)), ...(await page(true))], signal);
	}

	return {
		list,
		async find(person, number, signal) {
			return (await list(person, signal)).find(({ id }) => conversationNumber(id) === number) ?? null;
		},
		async said(person, { id }) {
			return (await said.newest(person, id, null, mostSaid)).reverse();
		},
		async rename(person, { id }, title) {
			await conversations.change(person, id, { title });
			await publisher.tellPerson(person.userId, { kind: 'list', ids: [id] });
		},
		takeAway: removals.takeAway,
	};
}
