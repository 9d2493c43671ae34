/** An OpenID provider on this machine that signs real tokens: it enforces what the standard lets it, and says what a test wants it to say. */

import { createHash, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

/** What is otherwise in the next id token than it ought to be. */
export interface TokenChanges {
	claims?: Record<string, unknown>;
	/** Left out of it. */
	without?: readonly string[];
	/** Signed with a key that the provider does not publish. */
	isForged?: boolean;
	/** Not signed at all, or with the client's secret, though the provider says that it signs with its key. */
	algorithm?: 'none' | 'HS256';
	/** By the clock, so long ago. */
	ageSeconds?: number;
}

interface Granted {
	challenge: string | null;
	redirectUri: string;
	nonce: string;
	claims: Record<string, unknown>;
	changes: TokenChanges;
}

export interface EmulatedProvider extends AsyncDisposable {
	issuer: string;
	/** What it says besides when it is asked with an access token; null where it cannot be asked. */
	userInfo: Record<string, unknown> | null;
	/** Somebody signs in there, and is sent back. @returns the query that their browser comes back with. @throws where the request is none that a provider takes. */
	authorize(address: string, claims: Record<string, unknown>, changes?: TokenChanges): string;
	/** How often codes were redeemed, or tried to be. */
	redeemed: number;
	isAway: boolean;
}

export const clientId = 'the-client';
/** As long as HS256 wants it. */
export const clientSecret = 'the-secret-of-the-client-32-bytes';

const accessToken = 'the-access-token';

export async function startOpenIdProvider(
	redirectUri: string,
	{ needsProof = true }: { needsProof?: boolean } = {},
): Promise<EmulatedProvider> {
	const keys = await generateKeyPair('RS256', { extractable: true });
	const others = await generateKeyPair('RS256');
	const codes = new Map<string, Granted>();
	const server = Fastify();
	server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
		done(null, Object.fromEntries(new URLSearchParams(String(body)))),
	);
	const provider: EmulatedProvider = {
		issuer: '',
		redeemed: 0,
		isAway: false,
		userInfo: null,
		authorize(address, claims, changes = {}) {
			const { origin, pathname, searchParams: asked } = new URL(address);
			const fits = `${origin}${pathname}` === `${provider.issuer}/authorize` && asked.get('client_id') === clientId;
			if (!fits || asked.get('response_type') !== 'code' || asked.get('redirect_uri') !== redirectUri) throw new Error('invalid_request');
			if (!(asked.get('scope') ?? '').split(' ').includes('openid')) throw new Error('invalid_scope');
			const challenge = asked.get('code_challenge');
			if (needsProof && (challenge === null || asked.get('code_challenge_method') !== 'S256')) throw new Error('invalid_request: no proof');
			const code = randomUUID();
			codes.set(code, { challenge, redirectUri, nonce: asked.get('nonce') ?? '', claims, changes });
			return new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
		},
		[Symbol.asyncDispose]: async () => await server.close(),
	};

	async function tokenOf({ nonce, claims, changes }: Granted): Promise<string> {
		const { claims: changed = {}, without = [], isForged = false, ageSeconds = 0 } = changes;
		const issuedAt = Math.floor(Date.now() / 1_000) - ageSeconds;
		const usual = { iss: provider.issuer, aud: clientId, sub: 'somebody', nonce, iat: issuedAt, exp: issuedAt + 300 };
		const said = Object.entries({ ...usual, ...claims, ...changed }).filter(([name]) => !without.includes(name));
		const content = Object.fromEntries(said);
		if (changes.algorithm === 'none') return new UnsecuredJWT(content).encode();
		const secret = new TextEncoder().encode(clientSecret);
		if (changes.algorithm === 'HS256') return await new SignJWT(content).setProtectedHeader({ alg: 'HS256' }).sign(secret);
		const token = new SignJWT(content).setProtectedHeader({ alg: 'RS256', kid: 'one' });
		return await token.sign(isForged ? others.privateKey : keys.privateKey);
	}

	server.addHook('onRequest', async (_request, reply) => {
		if (provider.isAway) await reply.code(503).send();
	});
	server.get('/.well-known/openid-configuration', () => ({
		issuer: provider.issuer,
		authorization_endpoint: `${provider.issuer}/authorize`,
		token_endpoint: `${provider.issuer}/token`,
		jwks_uri: `${provider.issuer}/keys`,
		...(provider.userInfo === null ? {} : { userinfo_endpoint: `${provider.issuer}/userinfo` }),
		response_types_supported: ['code'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'],
	}));
	server.get('/userinfo', async ({ headers }, reply) => {
		if (headers.authorization !== `Bearer ${accessToken}`) return await reply.code(401).send();
		return provider.userInfo;
	});
	server.get('/keys', async () => ({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }));
	server.post<{ Body: Record<string, string> }>('/token', async ({ body, headers }, reply) => {
		provider.redeemed += 1;
		const [id, secret] = headers.authorization?.startsWith('Basic ')
			? Buffer.from(headers.authorization.slice(6), 'base64').toString().split(':').map(decodeURIComponent)
			: [body['client_id'], body['client_secret']];
		if (id !== clientId || secret !== clientSecret) return reply.code(401).send({ error: 'invalid_client' });
		const granted = codes.get(body['code'] ?? '');
		codes.delete(body['code'] ?? '');
		const proof = createHash('sha256')
			.update(body['code_verifier'] ?? '')
			.digest('base64url');
		const isProven = granted?.challenge === null || granted?.challenge === proof;
		if (granted === undefined || !isProven || body['redirect_uri'] !== granted.redirectUri) {
			return reply.code(400).send({ error: 'invalid_grant' });
		}
		return { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: await tokenOf(granted) };
	});
	provider.issuer = await server.listen({ host: '127.0.0.1', port: 0 });
	return provider;
}
