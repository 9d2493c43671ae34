/** Signing in from the chat: by a link that the chat gives, or by a code that the browser shows and the chat confirms. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

/** 32 bytes, base64url: what stands behind the `#` of a link. */
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const ways = z.object({
	/** Platforms whose provider signs people in, and the company's own, which has a title; each with the address to open for that. */
	providers: z.array(z.object({ platform: z.string(), title: z.string().nullable(), address: z.string() })),
	/** Whether there are names and passwords. */
	hasPasswords: z.boolean(),
});

export const listWays = defineRoute({
	name: 'listWays',
	method: 'GET',
	path: '/sign-in/ways',
	about: 'Through which OpenID providers one can sign in, where a browser opens the address itself; and whether with a password.',
	for: 'anybody',
	answer: { status: 200, about: 'The ways beside the chat; often none.', body: ways },
	errors: [],
});

/** Whom a link signs in, shown before it does. */
const linkOwner = z.object({ name: z.string(), platform: z.string() });
export type LinkOwner = z.infer<typeof linkOwner>;

export const readLink = defineRoute({
	name: 'readLink',
	method: 'POST',
	path: '/sign-in/link/owner',
	about: 'Whom a link from the chat signs in. The link is not used up.',
	for: 'anybody',
	body: z.strictObject({ secret }),
	answer: { status: 200, about: 'Its owner.', body: linkOwner },
	errors: ['NOT_FOUND'],
});

export const useLink = defineRoute({
	name: 'useLink',
	method: 'POST',
	path: '/sign-in/link',
	about: 'Signs in with a link from the chat, which is used up.',
	for: 'anybody',
	body: z.strictObject({ secret }),
	answer: { status: 204, about: 'The cookie of the new session is set.', body: null },
	errors: ['NOT_FOUND', 'FORBIDDEN'],
});

const shownCode = z.object({
	/** As `K7QF-2M9X`: to be typed in the chat behind `/ccb web`. */
	code: z.string(),
	expiresAt: z.iso.datetime(),
});
export type ShownCode = z.infer<typeof shownCode>;

export const showCode = defineRoute({
	name: 'showCode',
	method: 'POST',
	path: '/sign-in/code',
	about: 'A code for this browser, which whoever is in the chat confirms there. A cookie binds it to the browser.',
	for: 'anybody',
	answer: { status: 200, about: 'The code.', body: shownCode },
	errors: [],
});

const codeState = z.object({ state: z.enum(['waiting', 'signed-in']) });
export type CodeState = z.infer<typeof codeState>;

export const useCode = defineRoute({
	name: 'useCode',
	method: 'POST',
	path: '/sign-in/code/use',
	about: 'Signs in once the code of this browser was confirmed in the chat. To be asked again every two seconds while it waits.',
	for: 'anybody',
	answer: { status: 200, about: 'Whether it was.', body: codeState },
	errors: ['NOT_FOUND', 'FORBIDDEN'],
});
