/** A provider that is certified for OpenID Connect (`oidc-provider`), on this machine, with people who press yes to all that it asks. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { clientId, clientSecret } from './openid-provider.ts';

/** What it says of somebody, beside `sub`, which is their name here. */
type Told = Record<string, unknown>;

export interface CertifiedProvider extends AsyncDisposable {
	issuer: string;
	/** By `sub`. */
	people: Map<string, Told>;
	/** Somebody signs in there, and is sent back. @returns the query that their browser comes back with. */
	signIn(address: string, sub: string): Promise<string>;
}

export async function startCertifiedProvider(redirectUri: string): Promise<CertifiedProvider> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const people = new Map<string, Told>();
	const provider = new Provider(issuer, {
		clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
		claims: { openid: ['sub'], profile: ['name', 'locale', 'groups'] },
		cookies: { keys: ['of this test'] },
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_context, { uid }) => `/asks/${uid}` },
		pkce: { required: () => true },
		findAccount: (_context, sub) => {
			const told = people.get(sub);
			return told === undefined ? undefined : { accountId: sub, claims: () => ({ ...told, sub }) };
		},
	});
	const answer = provider.callback();
	/** Who is at the browser now. */
	let somebody = '';
	server.on('request', (request, response) => {
		if (request.url?.startsWith('/asks/') !== true) return void answer(request, response);
		void (async () => {
			const asked = await provider.interactionDetails(request, response);
			if (asked.prompt.name === 'login') {
				return await provider.interactionFinished(
					request,
					response,
					{ login: { accountId: somebody } },
					{ mergeWithLastSubmission: false },
				);
			}
			const grant = new provider.Grant({ accountId: somebody, clientId });
			grant.addOIDCScope('openid profile');
			const grantId = await grant.save();
			await provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
		})();
	});
	return {
		issuer,
		people,
		async signIn(address, sub) {
			somebody = sub;
			const cookies = new Map<string, string>();
			let next = address;
			while (!next.startsWith(redirectUri)) {
				const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
				const { status, headers } = await fetch(next, { redirect: 'manual', headers: { cookie } });
				const location = headers.get('location');
				if (location === null) throw new Error(`the provider answers ${status} to ${new URL(next).pathname}`);
				for (const line of headers.getSetCookie()) {
					const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
					cookies.set(name, value);
				}
				next = new URL(location, next).href;
			}
			return new URL(next).search.slice(1);
		},
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
