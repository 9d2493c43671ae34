/** Who is signed in, and where else: `me`, sessions and signing out. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const account = z.object({
	id: z.uuid(),
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
	/** In which the bot speaks to them. */
	language: z.enum(['en', 'es']),
	/** The one that they chose; null for what their chat platform says. */
	chosenLanguage: z.enum(['en', 'es']).nullable(),
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
	account: account.omit({ id: true }),
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

export const changeMe = defineRoute({
	name: 'changeMe',
	method: 'PATCH',
	path: '/me',
	about: 'Chooses the language in which the bot speaks to the person, here and in the chat; null for what their chat platform says.',
	for: 'whoever is signed in',
	body: z.strictObject({ language: z.enum(['en', 'es']).nullable() }),
	answer: { status: 200, about: 'The person, as they are now.', body: me },
	errors: [],
});

export const unlinkAccount = defineRoute({
	name: 'unlinkAccount',
	method: 'DELETE',
	path: '/accounts/{id}',
	about: 'Takes a linked account out of the link, with what was said through it; of the one that the link began with, all others.',
	for: 'whoever is signed in',
	variables: z.strictObject({ id: z.uuid() }),
	answer: { status: 204, about: 'It is taken out.', body: null },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

const ownRead = z.object({
	at: z.iso.datetime(),
	/** Null for somebody who is gone. */
	reader: z.string().nullable(),
	/** As they gave it. */
	reason: z.string(),
	/** How many at most. */
	messages: z.int(),
});
export type OwnReadView = z.infer<typeof ownRead>;

export const listReads = defineRoute({
	name: 'listReads',
	method: 'GET',
	path: '/reads',
	about: 'What administrators have read of what the person said to the bot: the newest first, each with the reason that was given.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'The latest hundred.', body: z.object({ reads: z.array(ownRead) }) },
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
