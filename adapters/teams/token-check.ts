/** Whether a request really comes from the Bot Connector: its token is checked here, strictly, before anything else looks at it. */

import { createRemoteJWKSet, customFetch, errors, jwtVerify, type RemoteJWKSet } from 'jose';
import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import { readJson, send } from './http.ts';
import { asObjects, textOf } from './json.ts';

/** What a good token vouches for. */
export interface Voucher {
	/** The only address at which this activity's conversation may be answered. */
	serviceUrl: string;
}

/**
 * @throws BotError `UNAUTHENTICATED` for a token that is no good, with `reason` `endorsement` when its key does not speak for Teams;
 * `PLATFORM_UNAVAILABLE` when the keys cannot be had.
 */
export type TokenCheck = (authorization: string | undefined, signal: AbortSignal) => Promise<Voucher>;

/** "Authenticate requests from the Bot Connector": issuer, algorithm and the tolerance between two clocks. */
const issuer = 'https://api.botframework.com';
const algorithms = ['RS256'];
const toleranceSeconds = 300;
/** The same page: keys may be kept for a day. A key that is not known is looked for at once, but not more often than this. */
const keepKeysMs = 24 * 60 * 60_000;
const lookAgainMs = 30_000;
/** After a failure nobody asks again for this long, however many forged requests come. */
const restMs = 5_000;
/** Longer ones are nobody's: those of the connector have about 1,500 characters. */
const maxTokenCharacters = 10_000;
/** "Endorsements": the channels that a key speaks for. The SDK takes a key without any for one that speaks for all. */
const channel = 'msteams';

export function createTokenCheck({ appId, openIdUrl, clock }: { appId: string; openIdUrl: string; clock: Clock }): TokenCheck {
	const findKeys = createKeyFinder(openIdUrl, clock);
	return async (authorization, signal) => {
		const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
		if (token === undefined || token.length > maxTokenCharacters) throw refused('no token');
		const keys = await findKeys(signal);
		const { payload, protectedHeader } = await jwtVerify(token, keys, {
			issuer,
			audience: appId,
			algorithms,
			requiredClaims: ['exp', 'serviceurl'],
			clockTolerance: toleranceSeconds,
			currentDate: new Date(clock.now()),
		}).catch((thrown: unknown) => {
			throw explain(thrown);
		});
		if (!isEndorsed(keys, protectedHeader.kid)) throw refused('the key does not speak for Teams', 'endorsement');
		return { serviceUrl: textOf(payload['serviceurl']) };
	};
}

/** The published keys, found through the metadata; both are asked for when first needed, by one request for all who wait. */
function createKeyFinder(openIdUrl: string, clock: Clock): (signal: AbortSignal) => Promise<RemoteJWKSet> {
	let found: { keys: RemoteJWKSet; atMs: number } | null = null;
	let finding: Promise<RemoteJWKSet> | null = null;
	let failedAtMs = Number.NEGATIVE_INFINITY;

	/** Nobody's signal ends it, for others wait too; `send` has its own time limit. */
	async function fetchRarely(operation: string, url: string, signal = new AbortController().signal): Promise<Response> {
		if (clock.now() - failedAtMs < restMs) throw unavailable(operation);
		try {
			const response = await send({ operation, url }, signal);
			if (response.status !== 200) throw unavailable(`${operation}: HTTP ${response.status}`);
			return response;
		} catch (thrown) {
			failedAtMs = clock.now();
			throw thrown;
		}
	}

	async function find(): Promise<RemoteJWKSet> {
		const operation = 'the request for the OpenID metadata';
		const response = await fetchRarely(operation, openIdUrl);
		const address = textOf((await readJson(operation, response, new AbortController().signal))['jwks_uri']);
		if (!URL.canParse(address)) throw unavailable(operation);
		const keys = createRemoteJWKSet(new URL(address), {
			cacheMaxAge: keepKeysMs,
			cooldownDuration: lookAgainMs,
			[customFetch]: (url, { signal }) => fetchRarely('the request for the keys', url, signal),
		});
		found = { keys, atMs: clock.now() };
		return keys;
	}

	return async (signal) => {
		if (signal.aborted) throw new BotError('CANCELLED', 'a token was not checked any more');
		if (found !== null && clock.now() - found.atMs < keepKeysMs) return found.keys;
		finding ??= find().finally(() => {
			finding = null;
		});
		return await finding;
	};
}

function isEndorsed(keys: RemoteJWKSet, kid: string | undefined): boolean {
	const key = asObjects(keys.jwks()?.keys).find((candidate) => candidate['kid'] === kid);
	const endorsements = key?.['endorsements'];
	return Array.isArray(endorsements) && endorsements.includes(channel);
}

/** What is wrong with the token, or with the way to the keys. */
function explain(thrown: unknown): BotError {
	if (thrown instanceof BotError) return thrown;
	if (thrown instanceof errors.JWKSTimeout || thrown instanceof errors.JWKSInvalid) return unavailable('the request for the keys');
	return refused(thrown instanceof errors.JOSEError ? thrown.code : 'not a token');
}

function refused(what: string, reason = 'token'): BotError {
	return new BotError('UNAUTHENTICATED', `a request was not from the Bot Connector: ${what}`, { reason });
}

function unavailable(operation: string): BotError {
	return new BotError('PLATFORM_UNAVAILABLE', `there was no answer to ${operation}`, { retryable: true });
}
