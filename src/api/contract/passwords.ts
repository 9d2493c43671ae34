/** Signing in with a name and a password, choosing one by a link, and what its owner changes about it. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

/** Longer than any that is taken: what is too long is said in a sentence. */
const password = z.string().min(1).max(1_000);
const name = z.string().min(1).max(100);
/** Of an app, or for whoever has lost it. */
const code = z.string().min(1).max(60);
/** As in a link from the chat. */
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const passwordState = z.object({ state: z.enum(['signed-in', 'code-needed']) });
export type PasswordState = z.infer<typeof passwordState>;

export const usePassword = defineRoute({
	name: 'usePassword',
	method: 'POST',
	path: '/sign-in/password',
	about:
		'Signs in with a name, a password and, where the account has a second factor, a code of it: to be sent along once it is asked for.',
	for: 'anybody',
	body: z.strictObject({ name, password, code: code.optional() }),
	answer: { status: 200, about: 'The cookie of the new session is set; or the code is missing.', body: passwordState },
	errors: ['FORBIDDEN'],
});

const passwordOwner = z.object({ name: z.string() });
export type PasswordOwnerView = z.infer<typeof passwordOwner>;

export const readPasswordLink = defineRoute({
	name: 'readPasswordLink',
	method: 'POST',
	path: '/sign-in/password/link/owner',
	about: 'For which name a link lets one choose a password. The link is not used up.',
	for: 'anybody',
	body: z.strictObject({ secret }),
	answer: { status: 200, about: 'Its owner.', body: passwordOwner },
	errors: ['NOT_FOUND'],
});

export const choosePassword = defineRoute({
	name: 'choosePassword',
	method: 'POST',
	path: '/sign-in/password/link',
	about: 'Chooses a password with a link, which is used up. It ends every session of the account, and signs nobody in.',
	for: 'anybody',
	body: z.strictObject({ secret, password }),
	answer: { status: 204, about: 'It is chosen.', body: null },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

const ownPassword = z.object({
	/** False for accounts of a chat or of a provider: then nothing below means anything. */
	isOwn: z.boolean(),
	hasSecondFactor: z.boolean(),
	recoveryCodesLeft: z.int(),
});
export type OwnPasswordView = z.infer<typeof ownPassword>;

export const readOwnPassword = defineRoute({
	name: 'readOwnPassword',
	method: 'GET',
	path: '/password',
	about: 'Whether the account that is signed in has a password of ours, and a second factor.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'What there is of it.', body: ownPassword },
	errors: [],
});

export const changePassword = defineRoute({
	name: 'changePassword',
	method: 'PUT',
	path: '/password',
	about: 'Changes the password, and ends every other session of the account.',
	for: 'whoever is signed in',
	body: z.strictObject({ current: password, next: password }),
	answer: { status: 204, about: 'It is changed.', body: null },
	errors: ['FORBIDDEN', 'CONFLICT'],
});

const begunFactor = z.object({
	/** In base32, to be typed into an app. */
	secret: z.string(),
	/** The same as an address that apps open. */
	address: z.string(),
});
export type BegunFactor = z.infer<typeof begunFactor>;

export const beginFactor = defineRoute({
	name: 'beginFactor',
	method: 'POST',
	path: '/second-factor',
	about: 'Begins a second factor, or another one: it counts once a code of it was entered.',
	for: 'whoever is signed in',
	body: z.strictObject({ password }),
	answer: { status: 200, about: 'What the app is given.', body: begunFactor },
	errors: ['FORBIDDEN'],
});

const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodes>;

export const keepFactor = defineRoute({
	name: 'keepFactor',
	method: 'POST',
	path: '/second-factor/code',
	about: 'Keeps the second factor by its first code, and ends every other session of the account.',
	for: 'whoever is signed in',
	body: z.strictObject({ code }),
	answer: { status: 200, about: 'Codes for whoever loses the app, once each. They are shown now and never again.', body: recoveryCodes },
	errors: ['FORBIDDEN'],
});
