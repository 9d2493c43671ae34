/** What tests of conversations begin with: people, places and questions in a database. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import type { BegunAnswer, Question } from '#src/history/stored.ts';
import type { Person } from '#src/identity/person.ts';
import { stableId } from '#src/identity/stable-id.ts';
import type { Place } from '#src/platform/place.ts';
import { createUser } from '#test/fakes/database.ts';

/** A thread of its own in a channel. */
export function newPlace(given: Partial<Place> = {}): Place {
	return { platform: 'fake', tenantId: 'T', channelId: `C${randomUUID()}`, threadId: '0500', kind: 'channel', ...given };
}

export async function newPerson(database: Database, given: Partial<Person> = {}): Promise<Person> {
	const asker = await createUser(database);
	const identityId = randomUUID();
	const account = `insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
		values ($1::uuid, $2, $2, 'fake', 'T', $1::text, 'Ana')`;
	await database.asRegistrar(({ query }) => query(account, [identityId, asker.userId]));
	return { ...asker, identityId, role: 'ccb_employee', displayName: 'Ana', locale: 'en-GB', standing: 'member', limits: {}, ...given };
}

export function questionIn(place: Place, messageId: string, text = `question ${messageId}`): Question {
	return { place, messageId, text, cited: [], attachments: [], receivedAt: new Date('2030-01-01T00:00:00Z') };
}

/** Asks `question` and, with `text`, answers it; as a turn would. */
export async function say(database: Database, person: Person, question: Question, text?: string): Promise<BegunAnswer> {
	const store: ConversationStore = createConversationStore(database);
	const conversationId = await store.join(person, question.place);
	const answer = await store.begin(person, conversationId, stableId(randomUUID()), question);
	if (text !== undefined) await store.update(person, answer.id, { status: 'answered', content: text, finishReason: 'answered' });
	return answer;
}
