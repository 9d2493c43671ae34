/** The signing keys of the channel and the tokens made with them, good ones and forged ones. */

import { createPublicKey, generateKeyPair, type KeyObject, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Json } from './types.ts';

/**
 * What is wrong with a token. `missing-endorsement` is signed with a published key of another channel, `emulator-issuer` names the bot as
 * `appid` under an Entra issuer, `none` sends no header.
 */
export type Forgery =
	| 'expired'
	| 'wrong-audience'
	| 'wrong-issuer'
	| 'wrong-service-url'
	| 'unknown-key'
	| 'forged-signature'
	| 'missing-endorsement'
	| 'emulator-issuer'
	| 'none';

export interface Signing {
	/** The header value for a request to the bot; undefined for `none`. */
	authorization(forgery?: Forgery): string | undefined;
	/** The JWKS document. */
	keys(): Json;
	/** From now on a new key signs; the old one stays published unless `forgetOld` is set. */
	rotate(options?: { forgetOld?: boolean }): Promise<void>;
}

interface Key {
	kid: string;
	privateKey: KeyObject;
	/** The channels that may sign with it. */
	endorsements: string[];
}

const channelIssuer = 'https://api.botframework.com';

/** Creates the keys, which takes a tenth of a second. Tokens live by the real clock: the bot compares with it. */
export async function createSigning(identity: { appId: string; tenantId: string; serviceUrl: string }): Promise<Signing> {
	let current = await createKey();
	let published = [current];
	// The key of another channel: the same numbers under another name, since making a pair takes its time.
	const otherChannels: Key = { ...current, kid: randomUUID(), endorsements: ['webchat'] };
	return {
		authorization(forgery) {
			if (forgery === 'none') return undefined;
			const { kid, privateKey } = forgery === 'missing-endorsement' ? otherChannels : current;
			const header = { alg: 'RS256', typ: 'JWT', kid: forgery === 'unknown-key' ? randomUUID() : kid };
			return `Bearer ${encode(header, claimsFor(identity, forgery), privateKey, forgery === 'forged-signature')}`;
		},
		keys: () => ({ keys: [...published, otherChannels].map(toJwk) }),
		async rotate({ forgetOld = false } = {}) {
			current = await createKey();
			published = forgetOld ? [current] : [current, ...published];
		},
	};
}

async function createKey(): Promise<Key> {
	const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
	return { kid: randomUUID(), privateKey, endorsements: ['msteams'] };
}

function toJwk({ kid, privateKey, endorsements }: Key): Json {
	const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
	return { ...publicKey, use: 'sig', kid, x5t: kid, endorsements };
}

function claimsFor(identity: { appId: string; tenantId: string; serviceUrl: string }, forgery: Forgery | undefined): Json {
	const nowSeconds = Math.floor(Date.now() / 1_000);
	// Real tokens of the channel live for an hour. An expired one is past the tolerance of 5 minutes too.
	const issuedAt = forgery === 'expired' ? nowSeconds - 7_200 : nowSeconds;
	const life = { nbf: issuedAt, exp: issuedAt + 3_600 };
	const { appId, tenantId, serviceUrl } = identity;
	if (forgery === 'emulator-issuer') {
		return { iss: `https://sts.windows.net/${tenantId}/`, aud: appId, appid: appId, tid: tenantId, ver: '1.0', ...life };
	}
	return {
		serviceurl: forgery === 'wrong-service-url' ? 'https://elsewhere.example.test/' : serviceUrl,
		iss: forgery === 'wrong-issuer' ? 'https://issuer.example.test' : channelIssuer,
		aud: forgery === 'wrong-audience' ? randomUUID() : appId,
		...life,
	};
}

/** A forged one carries the signature of other claims. */
function encode(header: Json, claims: Json, key: KeyObject, isForged: boolean): string {
	const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const content = `${part(header)}.${part(claims)}`;
	const signed = isForged ? `${part(header)}.${part({})}` : content;
	return `${content}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}
