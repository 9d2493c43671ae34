/** What belongs to each person, and what they can do with it, put together. */

import type { Database } from '../database/database.ts';
import { createOwnConversations } from '../history/own-conversations.ts';
import { createPrivateNotices } from '../history/private-notices.ts';
import { createSaidPages } from '../history/said-pages.ts';
import { createOwnPlaces, type OwnPlacesDependencies } from '../identity/own-places.ts';
import { type ConversationRemovalDependencies, type ConversationRemovals, createConversationRemovals } from './conversation-removal.ts';
import { createOwnHistory, type OwnHistory } from './own-history.ts';

export interface OwnDataDependencies extends OwnPlacesDependencies, Omit<ConversationRemovalDependencies, 'notices' | 'conversations'> {
	database: Database;
}

export interface OwnDataRoom {
	history: OwnHistory;
	removals: ConversationRemovals;
}

export function createOwnData(deps: OwnDataDependencies): OwnDataRoom {
	const { database, publisher } = deps;
	const conversations = createOwnConversations(database);
	const removals = createConversationRemovals({ ...deps, conversations, notices: createPrivateNotices(database) });
	const places = createOwnPlaces(deps);
	return { removals, history: createOwnHistory({ conversations, said: createSaidPages(database), places, removals, publisher }) };
}
