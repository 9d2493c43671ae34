/** Discord's errors in the core's words. Pure. */

import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { BotError } from '#src/errors.ts';
import { notSent, type Refusal } from '#src/platform/chat-platform.ts';

/** What a refusal is called in `BotError.reason` ("Opcodes and Status Codes", JSON error codes); any other is called by its number. */
const refusals: Readonly<Record<number, Refusal | string>> = {
	10003: 'channel-gone',
	10004: 'guild-gone',
	10007: 'member-unknown',
	10008: 'message-gone',
	10013: 'user-unknown',
	10015: 'interaction-over',
	10062: 'interaction-over',
	30046: 'edited-too-often',
	40001: 'unauthorised',
	40060: 'interaction-answered',
	50001: 'no-access',
	50006: 'empty-message',
	50007: 'direct-messages-closed',
	50013: 'no-permission',
	50027: 'interaction-over',
	50083: 'thread-archived',
	160005: 'thread-locked',
};

/** Answers that mean "not now" rather than "no": 130000 is an overloaded part of Discord. */
const transientCodes = new Set<unknown>([0, 130_000]);
/** Limits that may come with another status than 429: writes of a channel, a resource that is busy. */
const limitCodes = new Set<unknown>([20_028, 40_062]);

/** The request was not sent: no name, no way, no listener, no secure channel. */
const notSentCodes = new Set([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * @param operation What was asked for, in our own words: addresses hold tokens of interactions.
 * @returns a BotError as `ChatPlatform` says, with Discord's error as its cause.
 */
export function toPlatformError(operation: string, thrown: unknown, signal?: AbortSignal): BotError {
	if (thrown instanceof BotError) return thrown;
	if (signal?.aborted) return new BotError('CANCELLED', `the answer to ${operation} was not waited for`, { cause: thrown });
	if (thrown instanceof RateLimitError) return limited(operation, thrown, thrown.retryAfter);
	if (thrown instanceof DiscordAPIError) return refused(operation, thrown);
	const status = thrown instanceof HTTPError ? ` with HTTP ${thrown.status}` : '';
	const details = { retryable: true, cause: thrown, ...(wasNotSent(thrown) ? { reason: notSent } : {}) };
	return new BotError('PLATFORM_UNAVAILABLE', `Discord did not answer ${operation}${status}`, details);
}

function refused(operation: string, error: DiscordAPIError): BotError {
	const { code, status } = error;
	if (limitCodes.has(code)) return limited(operation, error, 0);
	// Answers without a code come from what stands in front of Discord, and say what their status says.
	const hasNoCode = typeof code !== 'number' || code === 0;
	if ((transientCodes.has(code) && status >= 500) || status === 408) {
		return new BotError('PLATFORM_UNAVAILABLE', `Discord could not carry out ${operation}: HTTP ${status}`, {
			retryable: true,
			cause: error,
		});
	}
	const reason = status === 401 ? 'unauthorised' : hasNoCode ? `http-${status}` : nameOf(error, code);
	return new BotError('PLATFORM_REJECTED', `Discord refused ${operation}: ${reason}`, { reason, cause: error });
}

function nameOf(error: DiscordAPIError, code: number): string {
	// "Invalid form body": only the text itself being too long is for the core to mend.
	if (code === 50_035) return isTextTooLong(error) ? ('too-long' satisfies Refusal) : 'invalid-form';
	return refusals[code] ?? String(code);
}

function isTextTooLong({ rawError }: DiscordAPIError): boolean {
	const errors = 'errors' in rawError ? (rawError.errors as { content?: { _errors?: { code?: unknown }[] } } | undefined) : undefined;
	const found = errors?.content?._errors;
	return Array.isArray(found) && found.some(({ code }) => code === 'BASE_TYPE_MAX_LENGTH');
}

/** Without a time, when Discord gave none. */
function limited(operation: string, cause: unknown, retryAfterMs: number): BotError {
	const details = { retryable: true, cause, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) };
	return new BotError('PLATFORM_RATE_LIMITED', `Discord limits ${operation}`, details);
}

function wasNotSent(thrown: unknown): boolean {
	const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
	return typeof code === 'string' && notSentCodes.has(code);
}
