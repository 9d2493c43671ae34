/** From what a browser or a program came with to the person: their role, and whether they are answered at all, are those that their account has now. */

import { BotError } from '../errors.ts';
import { type Account, homeUserIdOf, webPlaceOf, webPlatform } from '../identity/account.ts';
import type { Identities } from '../identity/identity.ts';
import type { Person } from '../identity/person.ts';
import type { WebAccounts } from '../identity/web-accounts.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { ApiTokens, FoundToken, TokenScope } from './api-tokens.ts';
import { isApiToken } from './token-form.ts';
import type { FoundSession, WebSessions } from './web-sessions.ts';

/** What let somebody in: a browser's session, or a token that they gave to a program. */
export type Pass =
	| { kind: 'session'; id: string; signedInAt: Date }
	| { kind: 'token'; id: string; name: string; scopes: readonly TokenScope[] };

export interface SignedIn {
	pass: Pass;
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
	/** By a token that somebody gave to a program; null as `byToken`. */
	byApiToken(token: string, signal: AbortSignal): Promise<SignedIn | null>;
	/** Whether somebody who was let in still is, and as who: for what goes on for long. Null when not. */
	again(pass: Pass, signal: AbortSignal): Promise<SignedIn | null>;
	/** Null for an account that is closed or locked, or of a platform that is not served any more. */
	personOf(account: Account, signal: AbortSignal): Promise<Person | null>;
}

export interface SignedInDependencies {
	sessions: Pick<WebSessions, 'find' | 'findAgain' | 'endAll'>;
	tokens: Pick<ApiTokens, 'find' | 'findAgain' | 'endAll'>;
	identities: Pick<Identities, 'resolve'>;
	webAccounts: Pick<WebAccounts, 'isServed'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
}

export function createSignedIn({ sessions, tokens, identities, webAccounts, platforms }: SignedInDependencies): SignedInPeople {
	async function resolve(account: Account, signal: AbortSignal): Promise<Person | null> {
		const platform = platforms.get(account.platform);
		if (platform === undefined || !webAccounts.isServed(account)) return null;
		const { tenantId, accountId } = account;
		// Where they were met last is where the platform is asked about them. Of an account of the web that is the web.
		const place = account.platform === webPlatform ? webPlaceOf(homeUserIdOf(account), '') : null;
		return await identities.resolve(platform, { tenantId, accountId }, { place }, signal);
	}

	/** Whoever was shut out comes back by signing in, and not because somebody let the account in again. */
	async function letIn(pass: Pass, account: Account, newToken: string | null, signal: AbortSignal): Promise<SignedIn | null> {
		const person = await resolve(account, signal);
		if (person?.standing === 'deactivated') await Promise.all([sessions.endAll(person.userId), tokens.endAll(person.userId)]);
		const admitted = admit(person);
		return admitted === null ? null : { pass, person: admitted, account, newToken };
	}

	return {
		async byToken(token, signal) {
			const found = await sessions.find(token);
			return found === null ? null : await letIn(sessionPass(found), found.account, found.newToken, signal);
		},
		async byApiToken(token, signal) {
			const found = isApiToken(token) ? await tokens.find(token) : null;
			return found === null ? null : await letIn(tokenPass(found), found.account, null, signal);
		},
		async again(pass, signal) {
			if (pass.kind === 'token') {
				const token = await tokens.findAgain(pass.id);
				return token === null ? null : await letIn(tokenPass(token), token.account, null, signal);
			}
			const session = await sessions.findAgain(pass.id);
			return session === null ? null : await letIn(sessionPass(session), session.account, null, signal);
		},
		personOf: async (account, signal) => admit(await resolve(account, signal)),
	};
}

function sessionPass({ id, signedInAt }: Pick<FoundSession, 'id' | 'signedInAt'>): Pass {
	return { kind: 'session', id, signedInAt };
}

function tokenPass({ id, name, scopes }: FoundToken): Pass {
	return { kind: 'token', id, name, scopes };
}

function admit(person: Person | null): Person | null {
	if (person?.standing === 'guest') throw new BotError('FORBIDDEN', 'the account is one that the bot does not answer', { reason: 'guest' });
	return person?.standing === 'member' ? person : null;
}
