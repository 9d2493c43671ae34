/** Tokens that a person gives to programs: made, listed, ended. Only in a browser: a token that was stolen makes no other. */

import { z } from 'zod';
import { tokenBounds, tokenScopes } from '../../sessions/api-tokens.ts';
import { defineRoute } from './define-route.ts';

const tokenRow = z.object({
	id: z.uuid(),
	/** How it begins: all that is known of it once it was made. */
	hint: z.string(),
	name: z.string(),
	scopes: z.array(z.enum(tokenScopes)),
	/** In whose name it asks. */
	account: z.object({ platform: z.string(), name: z.string() }),
	createdAt: z.iso.datetime(),
	expiresAt: z.iso.datetime(),
	/** To within five minutes; null when nobody has come with it. */
	lastUsedAt: z.iso.datetime().nullable(),
});
export type TokenRow = z.infer<typeof tokenRow>;

export const listTokens = defineRoute({
	name: 'listTokens',
	method: 'GET',
	path: '/tokens',
	about: 'The tokens of the person that are still good, the latest first.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'The tokens.', body: z.object({ tokens: z.array(tokenRow) }) },
	errors: [],
});

const madeToken = z.object({
	/** Shown this once. */
	secret: z.string(),
	token: tokenRow,
});
export type MadeToken = z.infer<typeof madeToken>;

export const makeToken = defineRoute({
	name: 'makeToken',
	method: 'POST',
	path: '/tokens',
	about: 'Makes a token, within 15 minutes after signing in. Its secret is never told again.',
	for: 'whoever is signed in',
	body: z.strictObject({
		/** What the program is, for whoever reads the list. */
		name: z.string().trim().min(1).max(100),
		scopes: z
			.array(z.enum(tokenScopes))
			.min(1)
			.refine((scopes) => new Set(scopes).size === scopes.length, { error: 'a scope twice' }),
		/** Days until it is worth nothing. */
		days: z.int().min(1).max(tokenBounds.mostDays),
	}),
	answer: { status: 200, about: 'The token.', body: madeToken },
	errors: ['CONFLICT'],
});

export const endToken = defineRoute({
	name: 'endToken',
	method: 'DELETE',
	path: '/tokens/{id}',
	about: 'Ends a token: whoever has it is not let in any more.',
	for: 'whoever is signed in',
	variables: z.strictObject({ id: z.uuid() }),
	answer: { status: 204, about: 'It is ended.', body: null },
	errors: ['NOT_FOUND'],
});
