/**
 * Buttons and forms that are used again by somebody else, by whoever may no longer, or long after they were shown: nothing is done, whoever used them
 * is told, and it is noted. What only shows something to whoever may read it now, and ratings, have no age.
 */

import type { Database } from '../database/database.ts';
import { note, noteDeed } from '../identity/log-entry.ts';
import type { Person } from '../identity/person.ts';
import type { CommandInvoked, PersonalEvent } from '../platform/chat-event.ts';
import type { EventContext, PrivateWords } from './private-words.ts';

/** `gone`: what it belongs to is not there any more, or not for whoever uses it. */
type Why = 'not-yours' | 'expired' | 'gone' | 'not-readable' | 'not-allowed' | 'guest' | 'deactivated';

export interface Replays {
	/** @throws BotError as the database, and as `PrivateWords.decline`. */
	refuse(event: PersonalEvent, why: Why, sentence: string, scene: EventContext): Promise<'refused'>;
	/** Notes alone. */
	note(event: PersonalEvent, why: Why, person: Person): Promise<void>;
}

export interface ReplayDependencies {
	database: Pick<Database, 'asUser' | 'asRegistrar'>;
	privateWords: Pick<PrivateWords, 'decline'>;
}

/** Of a form, and of buttons that do something. */
const longestUseMs = 24 * 3_600_000;
/** Of what was typed, the command's name at most. */
const mostWordCharacters = 40;

export function createReplays({ database, privateWords }: ReplayDependencies): Replays {
	async function noteUse(event: PersonalEvent, reason: Why, person: Person): Promise<void> {
		const used = usedIn(event);
		if (used === null) return;
		const [action, details] = [used.action, { ...used.details, reason, platform: event.platform }];
		// The database takes no word of those who are nobody here.
		if (person.standing !== 'member') {
			await database.asRegistrar((transaction) => note(transaction, action, 'refused', person.userId, details));
			return;
		}
		const entry = { action, outcome: 'refused', subjectUserId: person.userId, details } as const;
		await database.asUser(person, (transaction) => noteDeed(transaction, person, entry));
	}

	return {
		note: noteUse,
		async refuse(event, why, sentence, scene) {
			await noteUse(event, why, scene.person);
			return await privateWords.decline(event, sentence, scene);
		},
	};
}

/** Why a form may not be sent in; null where it may, and for what is no form. */
export function refusalOfForm({ form, actor }: CommandInvoked, nowMs: number): 'not-yours' | 'expired' | null {
	if (form === undefined) return null;
	if (form.askedOf !== actor.accountId) return 'not-yours';
	const ageMs = nowMs - Date.parse(form.askedAt);
	return ageMs <= longestUseMs ? null : 'expired';
}

/** Null for what is neither a button nor a form. No word that anybody typed is kept. */
function usedIn(event: PersonalEvent): { action: 'press' | 'form'; details: Record<string, string> } | null {
	if (event.type === 'button-pressed') return { action: 'press', details: { button: event.button.name } };
	if (event.type !== 'command-invoked' || event.form === undefined) return null;
	return { action: 'form', details: { command: (event.text.trim().split(/\s/, 1)[0] ?? '').slice(0, mostWordCharacters) } };
}
