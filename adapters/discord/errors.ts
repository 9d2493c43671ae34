/** Discord's errors in the core's words. Pure. */

import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { BotError } from '#src/errors.ts';
import { notSent, type Refusal } from '#src/platform/chat-platform.ts';

interface Meaning {
	/** What it is called in `BotError.reason`. */
	reason: string;
	/** What it means to the core; absent where it depends on what was asked for. */
	refusal?: Refusal;
}

/** "Opcodes and Status Codes", JSON error codes; any other refusal is called by its number, and nothing is known of it. */
const meanings: Readonly<Record<number, Meaning>> = {
	10003: { reason: 'channel-gone', refusal: 'place-gone' },
	10004: { reason: 'guild-gone', refusal: 'place-gone' },
	10007: { reason: 'member-unknown' },
	10008: { reason: 'message-gone', refusal: 'message-gone' },
	10013: { reason: 'user-unknown' },
	10015: { reason: 'interaction-over' },
	10062: { reason: 'interaction-over' },
	20009: { reason: 'explicit-content', refusal: 'blocked-by-rules' },
	30046: { reason: 'edited-too-often', refusal: 'message-closed' },
	40001: { reason: 'unauthorised' },
	40004: { reason: 'sending-disabled', refusal: 'may-not-post' },
	40005: { reason: 'too-long', refusal: 'too-long' },
	40060: { reason: 'interaction-answered' },
	50001: { reason: 'no-access', refusal: 'may-not-post' },
	50005: { reason: 'not-own-message', refusal: 'message-closed' },
	50006: { reason: 'empty-message', refusal: 'form-refused' },
	50007: { reason: 'direct-messages-closed', refusal: 'may-not-post' },
	50008: { reason: 'not-for-messages', refusal: 'may-not-post' },
	50009: { reason: 'verification-level', refusal: 'may-not-post' },
	50013: { reason: 'no-permission', refusal: 'may-not-post' },
	50024: { reason: 'wrong-channel-type', refusal: 'may-not-post' },
	50027: { reason: 'interaction-over' },
	// A new message opens it again, an edit does not.
	50083: { reason: 'thread-archived', refusal: 'message-closed' },
	50278: { reason: 'no-mutual-guild', refusal: 'may-not-post' },
	// The tie to the question; the text alone has none.
	160002: { reason: 'no-history', refusal: 'form-refused' },
	160005: { reason: 'thread-locked', refusal: 'may-not-post' },
	200000: { reason: 'blocked-by-rules', refusal: 'blocked-by-rules' },
	200001: { reason: 'blocked-by-rules', refusal: 'blocked-by-rules' },
	240000: { reason: 'harmful-links', refusal: 'blocked-by-rules' },
};

/** "Invalid form body": only the text itself being too long is for the core to shorten. */
const invalidForm = 50_035;

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
	const meaning = status === 401 ? { reason: 'unauthorised' } : hasNoCode ? { reason: `http-${status}` } : meaningOf(error, code);
	return new BotError('PLATFORM_REJECTED', `Discord refused ${operation}: ${meaning.reason}`, { ...meaning, cause: error });
}

function meaningOf(error: DiscordAPIError, code: number): Meaning {
	if (code !== invalidForm) return meanings[code] ?? { reason: String(code) };
	return isTextTooLong(error) ? { reason: 'too-long', refusal: 'too-long' } : { reason: 'invalid-form', refusal: 'form-refused' };
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
