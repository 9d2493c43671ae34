/** Where a question is asked, and which answer is meant: by the rows that the asker is shown, never by what a request says of itself. */

import { BotError } from '../errors.ts';
import type { OwnConversation } from '../history/own-conversations.ts';
import type { AnswerRow, AskedQuestion } from '../history/stored.ts';
import { webPlaceOf, webPlatform } from '../identity/account.ts';
import type { StoredPlace } from '../identity/own-places.ts';
import type { Person } from '../identity/person.ts';
import type { ScopeRequest } from '../knowledge/audience/reading-scopes.ts';
import { findReadable, placeIn, type SignedInCall } from './own-view.ts';
import { notFound } from './refusal.ts';

export interface PlaceAsked {
	conversationId?: string | undefined;
	newConversation?: string | undefined;
	continuedFrom?: string | undefined;
}

/** @throws ApiRefusal `NOT_FOUND`. */
export async function placeToAsk(asking: SignedInCall, asked: PlaceAsked): Promise<StoredPlace> {
	const { caller, services } = asking;
	if (asked.conversationId !== undefined) {
		const found = await findReadable(asking, asked.conversationId);
		await keepContinuation(asking, found);
		return placeIn(found);
	}
	const place = ownPlace(caller.person, asked.newConversation ?? '');
	if (asked.continuedFrom !== undefined) {
		const other = await findReadable(asking, asked.continuedFrom);
		await services.store.continueFrom(caller.person, place, other.id);
	}
	return place;
}

/** Of a conversation that the person began on the web under an id of their own making: it is nobody else's, whatever the id. */
export function ownPlace({ userId }: Pick<Person, 'userId'>, threadId: string): StoredPlace {
	return webPlaceOf(userId, threadId);
}

/** Whoever has left the channel that a conversation goes on with is not told any more what was said there. */
async function keepContinuation(asking: SignedInCall, { id, continuedFrom }: OwnConversation): Promise<void> {
	if (continuedFrom === null) return;
	const { caller, services, signal } = asking;
	const other = await services.conversations.find(caller.person, continuedFrom);
	const [readable] = other === null ? [] : await services.places.readable(caller.person, [other], signal);
	if (readable === undefined) await services.store.endContinuation(caller.person, id);
}

/** Whoever reads here reads alone, wherever it was said: with the account that they have on its platform, or the one that they came with. */
export async function readingFor({ caller, services }: SignedInCall, { platform }: StoredPlace): Promise<ScopeRequest> {
	const { person } = caller;
	// On the web they ask with the account that they came with, though they may have one of the web beside it.
	const there = platform === webPlatform ? null : await services.places.accountOn(person, platform);
	const account = there ?? caller.account;
	const web = services.platforms.get(webPlatform);
	if (web === undefined) throw new BotError('INTERNAL', 'the web is not switched on');
	return { asker: person, account, platform: web, place: ownPlace(person, '') };
}

export interface FoundAnswer {
	answer: AnswerRow;
	question: AskedQuestion;
	conversation: OwnConversation;
}

/** @throws ApiRefusal `NOT_FOUND`. */
export async function findAnswer(asking: SignedInCall, id: string): Promise<FoundAnswer> {
	const { caller, services } = asking;
	const answer = await services.store.findAnswer(caller.person, id);
	if (answer === null) throw notFound();
	const conversation = await findReadable(asking, answer.conversationId);
	const question = await services.store.findQuestion(caller.person, answer.questionId);
	if (question === null) throw notFound();
	return { answer, question, conversation };
}
