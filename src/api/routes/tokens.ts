/** Tokens that a person gives to programs. */

import { type ApiTokenRow, tokenBounds } from '../../sessions/api-tokens.ts';
import { endToken, listTokens, makeToken, type TokenRow } from '../contract/tokens.ts';
import { requireFreshSignIn } from '../fresh-sign-in.ts';
import { ApiRefusal, notFound } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

export function tokenRoutes({ now }: { now: () => number }): ServedRoute[] {
	return [
		serve(listTokens, async ({ caller: { person }, services: { tokens } }) => {
			return { tokens: (await tokens.list(person.userId)).map(toRow) };
		}),

		serve(makeToken, async ({ caller: { person, pass }, body, services: { tokens } }) => {
			requireFreshSignIn(pass, now(), ({ web }) => web.signInFirst);
			const made = await tokens.make(person, body);
			if (made === null) throw new ApiRefusal('CONFLICT', { sentence: ({ web }) => web.mostTokens(tokenBounds.mostTokens) });
			return { secret: made.token, token: toRow(made.row) };
		}),

		serve(endToken, async ({ caller: { person }, variables: { id }, services: { tokens, live } }) => {
			if (!(await tokens.end(person.userId, id))) throw notFound();
			await live.publisher.tellPerson(person.userId, { kind: 'sessions' });
		}),
	];
}

function toRow({ platform, displayName, createdAt, expiresAt, lastUsedAt, scopes, ...row }: ApiTokenRow): TokenRow {
	return {
		...row,
		scopes: [...scopes],
		account: { platform, name: displayName },
		createdAt: createdAt.toISOString(),
		expiresAt: expiresAt.toISOString(),
		lastUsedAt: lastUsedAt?.toISOString() ?? null,
	};
}
