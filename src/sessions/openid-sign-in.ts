/** Signing in through an OpenID provider: sent there with a secret of this browser alone, and back with a code that is worth nothing without it. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Configuration } from 'openid-client';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { foreignWord } from '../foreign-words.ts';
import type { Account } from '../identity/account.ts';
import type { OpenIdProvider } from './openid-providers.ts';
import { newSecret } from './secret.ts';

/** `cause`: the word of the provider or the library for it. */
export interface OpenIdRefused {
	refusal: OpenIdRefusal;
	cause?: string;
}

/** Where somebody is sent. */
export interface OpenIdWay {
	address: string;
	/** For this browser to come back with. */
	browserSecret: string;
}

/** Why a provider's word was not taken: for the log, with nothing of what was sent. */
export type OpenIdRefusal = 'unasked' | 'too-late' | 'denied' | 'wrong-token' | 'not-ours';

export interface OpenIdSignIn {
	/** Of the platforms whose accounts can be vouched for. */
	readonly names: readonly string[];
	/** Null for a provider that there is none of. @throws BotError `PLATFORM_UNAVAILABLE` when it does not answer. */
	begin(name: string): Promise<OpenIdWay | null>;
	/** @param query as it came back. @throws BotError as `begin`. */
	finish(name: string, browserSecret: string | null, query: string): Promise<Account | OpenIdRefused>;
}

export interface OpenIdDependencies {
	providers: readonly OpenIdProvider[];
	publicUrl: string;
	clock: Pick<Clock, 'now'>;
	/** The path to which the provider of this name sends people back. */
	returnPath: (name: string) => string;
}

/** As long as somebody takes to type a password and a second factor. */
export const openIdMinutes = 10;
/** A provider that is changed is asked anew within the hour. */
const metadataMs = 3_600_000;
const timeoutSeconds = 8;

interface Known {
	configuration: Promise<Configuration>;
	askedAtMs: number;
}

export function createOpenIdSignIn({ providers, publicUrl, clock, returnPath }: OpenIdDependencies): OpenIdSignIn {
	const known = new Map<string, Known>();

	/** Loaded where somebody signs in this way. */
	const library = async () => await import('openid-client');

	async function discover({ issuer, clientId, clientSecret }: OpenIdProvider): Promise<Configuration> {
		const { discovery, allowInsecureRequests, enableNonRepudiationChecks } = await library();
		const isPlain = issuer.startsWith('http:');
		// Without it no signature is looked at, since the token comes over https.
		const execute = [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])];
		const options = { timeout: timeoutSeconds, execute };
		return await discovery(new URL(issuer), clientId, clientSecret, undefined, options);
	}

	async function configurationOf(provider: OpenIdProvider): Promise<Configuration> {
		const { name } = provider;
		const kept = known.get(name);
		if (kept !== undefined && clock.now() - kept.askedAtMs < metadataMs) return await kept.configuration;
		const configuration = discover(provider);
		known.set(name, { configuration, askedAtMs: clock.now() });
		return await configuration.catch((thrown) => {
			known.delete(name);
			throw unavailable(thrown);
		});
	}

	const find = (name: string) => providers.find((provider) => provider.name === name) ?? null;
	const returnAddress = ({ name }: OpenIdProvider) => `${publicUrl}${returnPath(name)}`;

	/** All that the provider is to bring back follows from the browser's secret, for this provider and this moment. */
	function proofsOf({ name }: OpenIdProvider, browserSecret: string, beganAt: string) {
		const derive = (what: string) => createHmac('sha256', browserSecret).update(`${what}:${name}:${beganAt}`).digest('base64url');
		return { state: `${beganAt}.${derive('state')}`, nonce: derive('nonce'), verifier: derive('verifier') };
	}

	async function redeem(provider: OpenIdProvider, query: string, proofs: ReturnType<typeof proofsOf>): Promise<Account | OpenIdRefused> {
		const { authorizationCodeGrant } = await library();
		const configuration = await configurationOf(provider);
		const checks = {
			expectedState: proofs.state,
			// Left out, a token with any nonce would be taken.
			expectedNonce: proofs.nonce,
			idTokenExpected: true,
			...(provider.takesProof ? { pkceCodeVerifier: proofs.verifier } : {}),
		};
		try {
			const tokens = await authorizationCodeGrant(configuration, new URL(`${returnAddress(provider)}?${query}`), checks);
			const claims = tokens.claims();
			// Checked again: of a shared issuer libraries fill the tenant in from the token.
			if (claims === undefined || claims.iss !== provider.issuer) return { refusal: 'wrong-token' };
			return provider.accountOf(claims) ?? { refusal: 'not-ours' };
		} catch (thrown) {
			if (isAway(thrown)) throw unavailable(thrown);
			return { refusal: isDenied(thrown) ? 'denied' : 'wrong-token', cause: causeOf(thrown) };
		}
	}

	return {
		names: providers.map(({ name }) => name),
		async begin(name) {
			const provider = find(name);
			if (provider === null) return null;
			const { buildAuthorizationUrl } = await library();
			const configuration = await configurationOf(provider);
			const browserSecret = newSecret();
			const { state, nonce, verifier } = proofsOf(provider, browserSecret, clock.now().toString(36));
			const challenge = createHash('sha256').update(verifier).digest('base64url');
			const address = buildAuthorizationUrl(configuration, {
				...provider.parameters,
				...{ redirect_uri: returnAddress(provider), scope: provider.scope, response_type: 'code', state, nonce },
				...(provider.takesProof ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
			});
			return { address: address.href, browserSecret };
		},
		async finish(name, browserSecret, query) {
			const provider = find(name);
			const state = new URLSearchParams(query).get('state') ?? '';
			const [beganAt = ''] = state.split('.', 1);
			if (provider === null || browserSecret === null) return { refusal: 'unasked' };
			const proofs = proofsOf(provider, browserSecret, beganAt);
			if (!isSame(proofs.state, state)) return { refusal: 'unasked' };
			if (clock.now() - Number.parseInt(beganAt, 36) > openIdMinutes * 60_000) return { refusal: 'too-late' };
			return await redeem(provider, query, proofs);
		},
	};
}

function isSame(one: string, other: string): boolean {
	return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function unavailable(cause: unknown): BotError {
	return new BotError('PLATFORM_UNAVAILABLE', 'an OpenID provider does not answer as it should', { retryable: true, cause });
}

/** `fetch` throws a TypeError where there is no line; the library has a code for what takes too long, and none is left for an answer of 5xx. */
function isAway(thrown: unknown): boolean {
	const { code, cause, status } = thrown as { code?: unknown; cause?: unknown; status?: unknown };
	return (
		code === 'OAUTH_TIMEOUT' ||
		(thrown instanceof TypeError && cause instanceof Error && code === undefined) ||
		(typeof status === 'number' && status >= 500)
	);
}

function causeOf(thrown: unknown): string {
	const { error, code, name } = thrown as { error?: unknown; code?: unknown; name?: unknown };
	return foreignWord(String(error ?? code ?? name), 'unknown');
}

function isDenied(thrown: unknown): boolean {
	return (thrown as { code?: unknown }).code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR';
}
