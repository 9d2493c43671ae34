/** Coming in: by a link from the chat, or by a code that the chat confirms. */

import { listWays, readLink, showCode, useCode, useLink } from '../contract/sign-in.ts';
import type { Gate } from '../gate.ts';
import { wayPath } from '../openid-routes.ts';
import { ApiRefusal } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

/** As long as a code is good. */
const codeCookieSeconds = 5 * 60;

const linkGone = () => new ApiRefusal('NOT_FOUND', { sentence: ({ web }) => web.linkGone });
const codeGone = () => new ApiRefusal('NOT_FOUND', { sentence: ({ web }) => web.codeGone });

export function signInRoutes(gate: Gate): ServedRoute[] {
	return [
		serve(listWays, async ({ services: { openId, passwords } }) => {
			const providers = openId.ways.map(({ name, title }) => ({ platform: name, title, address: wayPath(name) }));
			return { providers, hasPasswords: passwords !== null };
		}),

		serve(readLink, async ({ body: { secret }, services: { signIn } }) => {
			const owner = await signIn.linkOwner(secret);
			if (owner === null) throw linkGone();
			return { name: owner.displayName, platform: owner.account.platform };
		}),

		/** Whoever is not answered is told so, and keeps the link. */
		serve(useLink, async ({ body: { secret }, services: { signIn, signedIn }, request, reply, signal }) => {
			const owner = await signIn.linkOwner(secret);
			if (owner === null || (await signedIn.personOf(owner.account, signal)) === null) throw linkGone();
			const token = await signIn.useLink(secret, gate.browserOf(request));
			if (token === null) throw linkGone();
			gate.setSession(reply, token);
		}),

		serve(showCode, async ({ services: { signIn }, request, reply }) => {
			await gate.admitStranger(request, 'code');
			const { code, browserSecret, expiresAt } = await signIn.showCode(gate.browserOf(request));
			reply.header('set-cookie', gate.cookies.code.write(browserSecret, codeCookieSeconds));
			return { code, expiresAt: expiresAt.toISOString() };
		}),

		serve(useCode, async ({ services: { signIn, signedIn }, request, reply, signal }) => {
			const browserSecret = gate.cookies.code.read(request.headers.cookie);
			const owner = browserSecret === null ? null : await signIn.codeOwner(browserSecret);
			if (browserSecret === null || owner === null) throw codeGone();
			if (owner === 'waiting') return { state: 'waiting' as const };
			if ((await signedIn.personOf(owner.account, signal)) === null) throw codeGone();
			const token = await signIn.useCode(browserSecret, gate.browserOf(request));
			if (token === null) throw codeGone();
			gate.setSession(reply, token);
			reply.header('set-cookie', gate.cookies.code.clear());
			return { state: 'signed-in' as const };
		}),
	];
}
