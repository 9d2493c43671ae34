/** From a browser's token to the person: their role, and whether they are answered at all, are those that their account has now. */

import { BotError } from '../errors.ts';
import type { Account } from '../identity/account.ts';
import type { Identities } from '../identity/identity.ts';
import type { Person } from '../identity/person.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { WebSessions } from './web-sessions.ts';

export interface SignedIn {
	sessionId: string;
	person: Person;
	/** The one that was signed in. */
	account: Account;
	/** As of `FoundSession`. */
	newToken: string | null;
}

/**
 * All @throws BotError as `Identities.resolve`: nobody is let in on missing data. `FORBIDDEN` (`guest`) for an account that the bot does not answer.
 */
export interface SignedInPeople {
	/** Null when nobody is signed in with this token. */
	byToken(token: string, signal: AbortSignal): Promise<SignedIn | null>;
	/** Whether somebody who was signed in still is, and as who: for what goes on for long. Null when not. */
	again(sessionId: string, signal: AbortSignal): Promise<SignedIn | null>;
	/** Null for an account that is closed or locked, or of a platform that is not served any more. */
	personOf(account: Account, signal: AbortSignal): Promise<Person | null>;
}

export interface SignedInDependencies {
	sessions: Pick<WebSessions, 'find' | 'findAgain' | 'endAll'>;
	identities: Pick<Identities, 'resolve'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
}

export function createSignedIn({ sessions, identities, platforms }: SignedInDependencies): SignedInPeople {
	async function resolve(account: Account, signal: AbortSignal): Promise<Person | null> {
		const platform = platforms.get(account.platform);
		if (platform === undefined) return null;
		const { tenantId, accountId } = account;
		// Where they were met last is where the platform is asked about them.
		return await identities.resolve(platform, { tenantId, accountId }, { place: null }, signal);
	}

	/** Whoever was shut out comes back by signing in, and not because somebody let the account in again. */
	async function signedInAs(sessionId: string, account: Account, newToken: string | null, signal: AbortSignal): Promise<SignedIn | null> {
		const person = await resolve(account, signal);
		if (person?.standing === 'deactivated') await sessions.endAll(person.userId);
		const admitted = admit(person);
		return admitted === null ? null : { sessionId, person: admitted, account, newToken };
	}

	return {
		async byToken(token, signal) {
			const found = await sessions.find(token);
			return found === null ? null : await signedInAs(found.id, found.account, found.newToken, signal);
		},
		async again(sessionId, signal) {
			const account = await sessions.findAgain(sessionId);
			return account === null ? null : await signedInAs(sessionId, account, null, signal);
		},
		personOf: async (account, signal) => admit(await resolve(account, signal)),
	};
}

function admit(person: Person | null): Person | null {
	if (person?.standing === 'guest') throw new BotError('FORBIDDEN', 'the account is one that the bot does not answer', { reason: 'guest' });
	return person?.standing === 'member' ? person : null;
}
