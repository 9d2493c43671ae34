/** Who is signed in on the web, and how one comes in, put together. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createRowLinks, type RowLinks } from './row-links.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSignedIn, type SignedInDependencies, type SignedInPeople } from './signed-in.ts';
import { createWebDoor, type WebDoor, type WebDoorDependencies } from './web-door.ts';
import { createWebSessions, type SessionLimits, type WebSessions } from './web-sessions.ts';

export interface SessionsRoom {
	sessions: WebSessions;
	signIn: SignIn;
	signedIn: SignedInPeople;
	door: WebDoor;
	rowLinks: RowLinks;
}

export interface SessionsDependencies extends Omit<SignedInDependencies, 'sessions'>, Omit<WebDoorDependencies, 'signIn'> {
	database: Database;
	limits: SessionLimits;
	clock: Pick<Clock, 'now'>;
}

export function createSessions({ database, limits, clock, ...deps }: SessionsDependencies): SessionsRoom {
	const sessions = createWebSessions(database, limits);
	const signIn = createSignIn(database, sessions);
	const rowLinks = createRowLinks(database.keyFor('rows'), deps.publicUrl, clock);
	return { sessions, signIn, signedIn: createSignedIn({ sessions, ...deps }), door: createWebDoor({ signIn, ...deps }), rowLinks };
}
