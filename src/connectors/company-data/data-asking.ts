/** Who asks the company's databases what, and what comes of it. Types only. */

import type { Person } from '../../identity/person.ts';
import type { Words } from '../../locales/locales.ts';
import type { Actor } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import type { UsableConnector } from '../connectors.ts';
import type { AnswerQuery, QueryFrame } from './answer-query.ts';

/** Whose rights count, and who reads along. */
export interface DataReader {
	person: Person;
	/** The account that the person asks with. */
	account: Actor;
	platform: ChatPlatform;
	/** Where the answer will stand. */
	place: Place;
}

export interface DataAsking extends DataReader {
	words: Words;
	/** `messages.id` of the question. */
	questionId: string;
	conversationId: string;
	question: string;
	frame: QueryFrame | null;
	/** Which model writes a statement where no named question fits. */
	model: string;
}

/** What may be asked in a place. */
export interface DataScope {
	/** Of all who read there. */
	here: readonly UsableConnector[];
	/** Of the asker. */
	alone: readonly UsableConnector[];
	/** They may use more where nobody reads along. */
	hasMore: boolean;
}

/**
 * `answered`: rows, or that there are none. `clarified`: the asker has to say more. `refused`: not for them, or not understood. `failed`: the database.
 * `private`: only where nobody else reads along.
 */
export interface DataOutcome {
	kind: 'answered' | 'clarified' | 'refused' | 'failed' | 'private';
	/** In Markdown, all of it. */
	text: string;
	/** Null where nothing was run. */
	query: AnswerQuery | null;
}
