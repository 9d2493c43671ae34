/** The one way to call Discord's REST API: the SDK's own client, no waiting of its own, errors in the core's words. */

import { type RateLimitData, REST, type RouteLike } from 'discord.js';
import { BotError } from '#src/errors.ts';
import { toPlatformError } from './errors.ts';
import { asObject, type Json } from './json.ts';

export interface DiscordRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	route: RouteLike;
	body?: unknown;
	query?: Record<string, string>;
	/** Sent beside the body, as a form. */
	files?: { name: string; contentType: string; data: Uint8Array }[];
	/** False for the addresses of interactions, which hold a token of their own. */
	auth?: boolean;
}

/**
 * Makes one call. `operation` names it in errors.
 * @returns the parsed answer; an empty buffer where Discord sends none.
 * @throws BotError as `ChatPlatform` says; an aborted signal ends a call that waits or runs.
 */
export type DiscordCall = (operation: string, request: DiscordRequest, signal?: AbortSignal) => Promise<unknown>;

/** Long enough for a slow Discord, short enough that a lost call does not hold a reply up. */
const callTimeoutMs = 10_000;
/** A wait as short as the network's jitter is no reason to give a call back, nor is that for the 50 calls a second of the whole bot. */
const shortWaitMs = 500;
const globalWaitMs = 1_000;

/**
 * `rejectOnRateLimit`: without it the SDK waits as long as Discord says, then sends what was written before the wait, however old that is by
 * then; and a 429 that names no time is repeated at once, without an end. `retries`: whether a call may be made twice is for the core to know.
 * `offset`: how long to wait is what Discord said.
 */
export function restOptions(apiUrl: string) {
	return { api: apiUrl, version: '10', retries: 0, timeout: callTimeoutMs, offset: 0, rejectOnRateLimit: isLongWait };
}

export function createDiscordCall(token: string, apiUrl: string): DiscordCall {
	const rest = new REST(restOptions(apiUrl)).setToken(token);
	return async (operation, { method, route, body, query, files, auth = true }, signal) => {
		if (signal?.aborted) throw new BotError('CANCELLED', `${operation} was not called any more`);
		// One answer 401 makes the SDK forget the token; what follows would fail without a word from Discord.
		rest.setToken(token);
		const request = {
			method: method as never,
			fullRoute: route,
			auth,
			...(body === undefined ? {} : { body }),
			...(query === undefined ? {} : { query: new URLSearchParams(query) }),
			...(files === undefined ? {} : { files }),
			...(signal === undefined ? {} : { signal: signal as never }),
		};
		return await rest.request(request).catch((thrown) => {
			throw toPlatformError(operation, thrown, signal);
		});
	};
}

/** What a GET answers; null when Discord refuses for one of the reasons in `absent`: there is no such thing, or not for us. */
export async function askUnlessAbsent(
	call: DiscordCall,
	operation: string,
	route: RouteLike,
	absent: readonly string[],
	signal: AbortSignal,
): Promise<Json | null> {
	try {
		return asObject(await call(operation, { method: 'GET', route }, signal));
	} catch (thrown) {
		if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED' && absent.includes(thrown.reason ?? '')) return null;
		throw thrown;
	}
}

function isLongWait({ retryAfter, global }: RateLimitData): boolean {
	return retryAfter <= 0 || retryAfter > (global ? globalWaitMs : shortWaitMs);
}
