/** Who is signed in on the web, and how one comes in, put together. */

import type { Database } from '../database/database.ts';
import type { WebAccounts } from '../identity/web-accounts.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import type { OpenIdProvider } from './openid-provider.ts';
import { createOpenIdSignIn, type OpenIdDependencies, type OpenIdSignIn } from './openid-sign-in.ts';
import { type AccountOrders, createAccountOrders } from './passwords/account-orders.ts';
import { createLocalAccounts } from './passwords/local-accounts.ts';
import { createPasswordDoor, type PasswordDoor } from './passwords/password-door.ts';
import { createPasswordWork } from './passwords/password-work.ts';
import { createRowLinks, type RowLinks } from './row-links.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSignedIn, type SignedInDependencies, type SignedInPeople } from './signed-in.ts';
import { createWebDoor, type WebDoor, type WebDoorDependencies } from './web-door.ts';
import { createWebSessions, type SessionLimits, type WebSessions } from './web-sessions.ts';

export interface SessionsRoom {
	sessions: WebSessions;
	tokens: ApiTokens;
	signIn: SignIn;
	openId: OpenIdSignIn;
	signedIn: SignedInPeople;
	door: WebDoor;
	rowLinks: RowLinks;
	/** Both null where nobody has a password. */
	passwords: PasswordDoor | null;
	accountOrders: AccountOrders | null;
}

export interface SessionsDependencies
	extends Omit<SignedInDependencies, 'sessions' | 'tokens' | 'webAccounts'>,
		Omit<WebDoorDependencies, 'signIn'> {
	webAccounts: WebAccounts;
	hasPasswords: boolean;
	database: Database;
	limits: SessionLimits;
	clock: OpenIdDependencies['clock'];
	/** None where nobody signs in through one. */
	providers?: readonly OpenIdProvider[];
	returnPath: OpenIdDependencies['returnPath'];
}

export function createSessions({ database, limits, clock, providers = [], returnPath, ...deps }: SessionsDependencies): SessionsRoom {
	const sessions = createWebSessions(database, limits);
	const signIn = createSignIn(database, sessions);
	const tokens = createApiTokens(database);
	const rowLinks = createRowLinks(database.keyFor('rows'), deps.publicUrl, clock);
	const signedIn = createSignedIn({ ...deps, sessions, tokens });
	const openId = createOpenIdSignIn({ providers, publicUrl: deps.publicUrl, clock, returnPath });
	const localAccounts = deps.hasPasswords ? createLocalAccounts({ database, webAccounts: deps.webAccounts }) : null;
	const doorDeps = {
		work: createPasswordWork(),
		requests: deps.requests,
		clock,
		key: database.keyFor('known browsers'),
		publicUrl: deps.publicUrl,
	};
	const passwords = localAccounts && createPasswordDoor({ accounts: localAccounts, ...doorDeps });
	const accountOrders = localAccounts && createAccountOrders(localAccounts, deps.publicUrl);
	return { passwords, accountOrders, sessions, tokens, signIn, openId, signedIn, door: createWebDoor({ ...deps, signIn }), rowLinks };
}
