/** The bot's own tokens: asked for once however many wait, renewed in time, and never handed to anyone but the caller. */

import { JwtTokenProviderFactory } from 'botframework-connector';
import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import { notSent } from '#src/platform/chat-platform.ts';
import { unlessAborted } from '#src/waiting.ts';
import { readFailure, readJson, send } from './http.ts';
import { textOf } from './json.ts';
import type { TeamsSettings } from './settings.ts';

/** "Authentication with the Bot Connector API" and "Get access without a user" (Graph): what a token is asked for. */
export const scopes = {
	connector: 'https://api.botframework.com/.default',
	graph: 'https://graph.microsoft.com/.default',
} as const;

export type Scope = keyof typeof scopes;

export interface Credentials {
	/**
	 * A token for this scope; null in anonymous mode.
	 * @throws BotError `PLATFORM_REJECTED` with Entra's word when it refuses, `PLATFORM_UNAVAILABLE` (`notSent`) when it cannot be asked,
	 * `CANCELLED`.
	 */
	token(scope: Scope, signal: AbortSignal): Promise<string | null>;
	/** The service did not take this token: the next call asks for a new one. */
	forget(scope: Scope, token: string): void;
}

interface Token {
	value: string;
	expiresAtMs: number;
}

type Ask = (scope: Scope) => Promise<Token>;

/** Tokens live for an hour or longer; a call that begins now must still find its token good. */
const renewBeforeMs = 5 * 60_000;
/** How long the platform's identity service may take; it has no time limit of its own. */
const managedIdentityTimeoutMs = 10_000;

export function createCredentials(settings: TeamsSettings, clock: Clock): Credentials {
	if (settings.anonymous) return { token: async () => null, forget: () => {} };
	return createTokenCache(settings.appType === 'UserAssignedMSI' ? askManagedIdentity(settings.appId) : askEntra(settings, clock), clock);
}

function createTokenCache(ask: Ask, clock: Clock): Credentials {
	const tokens = new Map<Scope, Token>();
	const asking = new Map<Scope, Promise<Token>>();

	/** Shared by all who wait, so no single caller's signal ends it; it has a time limit of its own. */
	function askOnce(scope: Scope): Promise<Token> {
		const running = asking.get(scope);
		if (running !== undefined) return running;
		const answer = ask(scope)
			.then((token) => {
				tokens.set(scope, token);
				return token;
			})
			.finally(() => asking.delete(scope));
		asking.set(scope, answer);
		return answer;
	}

	return {
		async token(scope, signal) {
			const known = tokens.get(scope);
			const leftMs = known === undefined ? 0 : known.expiresAtMs - clock.now();
			if (known !== undefined && leftMs > renewBeforeMs) return known.value;
			try {
				return (await unlessAborted(askOnce(scope), signal, abandoned)).value;
			} catch (thrown) {
				// The old one is good for some minutes yet.
				if (known !== undefined && leftMs > 0 && !signal.aborted) return known.value;
				throw thrown;
			}
		},
		forget(scope, token) {
			if (tokens.get(scope)?.value === token) tokens.delete(scope);
		},
	};
}

/**
 * Where a token is asked for. "Authentication with the Bot Connector API": multi-tenant bots ask in the Bot Framework's own tenant. "Get
 * access without a user": for Graph, in the tenant that it is asked about.
 */
export function tokenAddress({ appType, tenantId, loginUrl }: TeamsSettings, scope: Scope): string {
	const tenant = appType === 'MultiTenant' && scope === 'connector' ? 'botframework.com' : tenantId;
	return `${loginUrl.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
}

function askEntra(settings: TeamsSettings, clock: Clock): Ask {
	const { appId, appPassword } = settings;
	const operation = 'the request for a token';
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	return async (scope) => {
		const askedAtMs = clock.now();
		const signal = new AbortController().signal;
		const grant = { grant_type: 'client_credentials', client_id: appId, client_secret: appPassword ?? '', scope: scopes[scope] };
		const url = tokenAddress(settings, scope);
		const request = { operation, url, method: 'POST', headers, body: new URLSearchParams(grant).toString() };
		const response = await send(request, signal).catch((thrown) => {
			throw notAsked(operation, thrown);
		});
		if (!response.ok) {
			const { status, code } = await readFailure(operation, response, signal);
			if (status === 429 || status >= 500) throw notAsked(`${operation}: HTTP ${status}`);
			throw new BotError('PLATFORM_REJECTED', `Entra refused ${operation}: ${code}`, { reason: code });
		}
		const body = await readJson(operation, response, signal);
		const [value, seconds] = [textOf(body['access_token']), Number(body['expires_in'])];
		if (value === '' || !(seconds > 0)) throw notAsked(operation);
		return { value, expiresAtMs: askedAtMs + seconds * 1_000 };
	};
}

/** The SDK's own way to the identity that Azure gives to the machine. */
function askManagedIdentity(appId: string): Ask {
	const provider = new JwtTokenProviderFactory().createAzureServiceTokenProvider(appId);
	return async (scope) => {
		const abortSignal = AbortSignal.timeout(managedIdentityTimeoutMs);
		const answer = await unlessAborted(provider.getToken(scopes[scope], { abortSignal }), abortSignal, abandoned).catch((thrown) => {
			throw notAsked('the managed identity', thrown);
		});
		return { value: answer.token, expiresAtMs: answer.expiresOnTimestamp };
	};
}

/** Whatever the token was for has not been sent. */
function notAsked(operation: string, cause?: unknown): BotError {
	const details = { retryable: true, reason: notSent, ...(cause === undefined ? {} : { cause }) };
	return new BotError('PLATFORM_UNAVAILABLE', `there was no answer to ${operation}`, details);
}

function abandoned(): BotError {
	return new BotError('CANCELLED', 'a token was not waited for');
}
