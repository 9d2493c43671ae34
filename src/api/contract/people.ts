/** Who is signed in, and where else: `me`, sessions and signing out. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const account = z.object({
	/** The chat platform that knows it. */
	platform: z.string(),
	name: z.string(),
});

const me = z.object({
	/** Of the person, whichever account they came with. */
	id: z.uuid(),
	name: z.string(),
	/** As administrators call it, without `ccb_`. */
	role: z.string(),
	isAdministrator: z.boolean(),
	language: z.enum(['en', 'es']),
	/** The one that the session is of comes first. */
	accounts: z.array(account),
	/** Null for a program with a token. */
	sessionId: z.uuid().nullable(),
	/** The release of the program. */
	version: z.string(),
});
export type Me = z.infer<typeof me>;

const sessionRow = z.object({
	id: z.uuid(),
	/** The one that asks. */
	isThis: z.boolean(),
	account,
	signedInAt: z.iso.datetime(),
	/** To within five minutes. */
	lastSeenAt: z.iso.datetime(),
	/** At the latest; sooner when nobody uses it. */
	expiresAt: z.iso.datetime(),
	/** What the browser called itself; empty where it did not. */
	agent: z.string(),
	/** Where it was signed in from. */
	address: z.string(),
});
export type SessionRow = z.infer<typeof sessionRow>;

export const readMe = defineRoute({
	name: 'readMe',
	method: 'GET',
	path: '/me',
	about: 'Who is signed in.',
	for: 'whoever is signed in',
	scope: 'read',
	answer: { status: 200, about: 'The person.', body: me },
	errors: [],
});

export const listSessions = defineRoute({
	name: 'listSessions',
	method: 'GET',
	path: '/sessions',
	about: 'Where the person is signed in, the latest first.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'The sessions.', body: z.object({ sessions: z.array(sessionRow) }) },
	errors: [],
});

export const endSession = defineRoute({
	name: 'endSession',
	method: 'DELETE',
	path: '/sessions/{id}',
	about: 'Signs one browser out.',
	for: 'whoever is signed in',
	variables: z.strictObject({ id: z.uuid() }),
	answer: { status: 204, about: 'It is signed out.', body: null },
	errors: ['NOT_FOUND'],
});

export const signOut = defineRoute({
	name: 'signOut',
	method: 'POST',
	path: '/sign-out',
	about: 'Signs this browser out, or all of the person.',
	for: 'whoever is signed in',
	body: z.strictObject({ everywhere: z.boolean() }),
	answer: { status: 204, about: 'It is signed out.', body: null },
	errors: [],
});
