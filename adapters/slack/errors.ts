/** Slack's errors in the core's words. Pure. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { BotError } from '#src/errors.ts';
import { foreignWord } from '#src/foreign-words.ts';
import type { Refusal } from '#src/platform/chat-platform.ts';

const refusals: Record<string, Refusal> = {
	message_not_found: 'message-gone',
	message_not_in_streaming_state: 'stream-closed',
	streaming_state_conflict: 'stream-open',
	stopped_by_user: 'stopped-by-person',
	msg_too_long: 'too-long',
	msg_blocks_too_long: 'too-long',
};

/** Answers with `ok: false` that mean "not now" rather than "no". */
const transient = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org']);

/** Answers that say that the credentials themselves are no good; someone must look. */
export const credentialErrors: ReadonlySet<string> = new Set([
	'invalid_auth',
	'not_authed',
	'account_inactive',
	'token_revoked',
	'token_expired',
	'user_removed_from_team',
	'team_disabled',
]);

/** @returns a BotError `PLATFORM_RATE_LIMITED`, `PLATFORM_REJECTED` or `PLATFORM_UNAVAILABLE`, with Slack's error as its cause. */
export function toPlatformError(method: string, thrown: unknown): BotError {
	if (thrown instanceof BotError) return thrown;
	if (thrown instanceof WebAPIRateLimitedError) return limited(method, thrown, thrown.retryAfter * 1_000);
	if (thrown instanceof WebAPIPlatformError) return refused(method, thrown);
	const status = thrown instanceof WebAPIHTTPError ? ` with HTTP ${thrown.statusCode}` : '';
	return new BotError('PLATFORM_UNAVAILABLE', `Slack did not answer ${method}${status}`, { retryable: true, cause: thrown });
}

function refused(method: string, error: WebAPIPlatformError): BotError {
	// Where an answer is no JSON, the SDK takes all of it for the word; no word of Slack's has a hyphen.
	const word = foreignWord(error.data.error, 'not-slack');
	if (word === 'ratelimited' || word === 'rate_limited') return limited(method, error, undefined);
	if (transient.has(word)) {
		return new BotError('PLATFORM_UNAVAILABLE', `Slack could not carry out ${method}: ${word}`, {
			retryable: true,
			reason: word,
			cause: error,
		});
	}
	return new BotError('PLATFORM_REJECTED', `Slack refused ${method}: ${word}`, { reason: refusals[word] ?? word, cause: error });
}

function limited(method: string, cause: unknown, retryAfterMs: number | undefined): BotError {
	const details = { retryable: true, cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
	return new BotError('PLATFORM_RATE_LIMITED', `Slack limits ${method}`, details);
}
