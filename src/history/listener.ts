/** Who hears of what is written down: pages that have a conversation open show it soon. Nobody who writes waits for that. */

import type { Principal } from '../database/transaction.ts';
import type { LivePublisher } from '../live/live-publisher.ts';

export type HistoryListener = Pick<LivePublisher, 'changed' | 'tellPerson'>;

export const nobodyListens: HistoryListener = { changed: async () => {}, tellPerson: async () => {} };

/** What became of rows of a conversation. `isOver`: they are answers of which nothing more comes. */
export type TellChange = (person: Principal, conversationId: string, ids: readonly string[], isOver?: boolean) => void;

export function createTellChange(listener: HistoryListener): TellChange {
	return ({ userId }, conversationId, ids, isOver = false) => {
		void listener.changed(conversationId, ids, { isOver });
		void listener.tellPerson(userId, { kind: 'list', ids: [conversationId] });
	};
}
