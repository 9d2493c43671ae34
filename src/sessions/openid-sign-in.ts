/** Signing in through an OpenID provider: sent there with a secret of this browser alone, and back with a code that is worth nothing without it. */

import { createHash, createHmac } from 'node:crypto';
import type { Configuration, IDToken } from 'openid-client';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { foreignWord } from '../foreign-words.ts';
import type { Account } from '../identity/account.ts';
import type { ToldOfAccount } from '../identity/web-accounts.ts';
import type { Claims, OpenIdProvider } from './openid-provider.ts';
import { isEqualText, newSecret } from './secret.ts';

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

/** Whose word it is. `told` is null for an account of a chat platform, which says itself who they are. */
export interface VouchedAccount {
	account: Account;
	told: ToldOfAccount | null;
}

export interface OpenIdSignIn {
	readonly ways: readonly Pick<OpenIdProvider, 'name' | 'title'>[];
	/** Null for a provider that there is none of. @throws BotError `PLATFORM_UNAVAILABLE` when it does not answer. */
	begin(name: string): Promise<OpenIdWay | null>;
	/** @param query as it came back. @throws BotError as `begin`. */
	finish(name: string, browserSecret: string | null, query: string): Promise<VouchedAccount | OpenIdRefused>;
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

	/** Some say no more than who somebody is in the token, and the rest when they are asked. An answer about somebody else is refused. */
	async function moreOf(provider: OpenIdProvider, configuration: Configuration, accessToken: string, claims: IDToken): Promise<Claims> {
		const canAsk = configuration.serverMetadata().userinfo_endpoint !== undefined;
		if (!canAsk || provider.asksForMore?.(claims) !== true) return {};
		const { fetchUserInfo } = await library();
		return await fetchUserInfo(configuration, accessToken, claims.sub);
	}

	async function redeem(
		provider: OpenIdProvider,
		query: string,
		proofs: ReturnType<typeof proofsOf>,
	): Promise<VouchedAccount | OpenIdRefused> {
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
			const more = await moreOf(provider, configuration, tokens.access_token, claims);
			// What the signed token says goes before what is said beside it.
			return vouched(provider, { ...more, ...claims });
		} catch (thrown) {
			if (isAway(thrown)) throw unavailable(thrown);
			return { refusal: isDenied(thrown) ? 'denied' : 'wrong-token', cause: causeOf(thrown) };
		}
	}

	return {
		ways: providers.map(({ name, title }) => ({ name, title })),
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
			if (!isEqualText(proofs.state, state)) return { refusal: 'unasked' };
			if (clock.now() - Number.parseInt(beganAt, 36) > openIdMinutes * 60_000) return { refusal: 'too-late' };
			return await redeem(provider, query, proofs);
		},
	};
}

function vouched(provider: OpenIdProvider, claims: Claims): VouchedAccount | OpenIdRefused {
	const account = provider.accountOf(claims);
	return account === null ? { refusal: 'not-ours' } : { account, told: provider.told?.(claims) ?? null };
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
