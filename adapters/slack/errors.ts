/** Slack's errors in the core's words. Pure. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { BotError } from '#src/errors.ts';
import { foreignWord } from '#src/foreign-words.ts';
import type { Refusal } from '#src/platform/chat-platform.ts';

/**
 * What Slack's words for a refusal mean (pages of the methods `chat.postMessage`, `chat.update`, `chat.startStream`, `chat.appendStream`,
 * `chat.stopStream` and `assistant.threads.setStatus`, "Errors"). Of any other nothing is known.
 */
const refusals: Readonly<Record<string, Refusal>> = {
	message_not_in_streaming_state: 'stream-closed',
	streaming_state_conflict: 'stream-open',
	stopped_by_user: 'stopped-by-person',
	attachment_payload_limit_exceeded: 'form-refused',
	block_mismatch: 'form-refused',
	invalid_attachments: 'form-refused',
	invalid_blocks: 'form-refused',
	invalid_blocks_format: 'form-refused',
	invalid_chunks: 'form-refused',
	invalid_metadata_format: 'form-refused',
	invalid_metadata_schema: 'form-refused',
	markdown_text_conflict: 'form-refused',
	messaging_processing_failed: 'form-refused',
	metadata_must_be_sent_from_app: 'form-refused',
	metadata_too_large: 'form-refused',
	msg_blocks_too_many: 'form-refused',
	too_many_attachments: 'form-refused',
	msg_blocks_too_long: 'too-long',
	msg_too_long: 'too-long',
	slack_connect_canvas_sharing_blocked: 'blocked-by-rules',
	slack_connect_file_link_sharing_blocked: 'blocked-by-rules',
	slack_connect_lists_sharing_blocked: 'blocked-by-rules',
	message_not_found: 'message-gone',
	cant_update_message: 'message-closed',
	edit_window_closed: 'message-closed',
	external_channel_migrating: 'message-closed',
	message_not_owned_by_app: 'message-closed',
	update_failed: 'message-closed',
	access_denied: 'may-not-post',
	app_access_restricted: 'may-not-post',
	cannot_reply_to_message: 'may-not-post',
	// Also what a private channel answers from which the bot was removed.
	channel_not_found: 'may-not-post',
	ekm_access_denied: 'may-not-post',
	is_archived: 'may-not-post',
	is_inactive: 'may-not-post',
	messages_tab_disabled: 'may-not-post',
	not_in_channel: 'may-not-post',
	restricted_action: 'may-not-post',
	restricted_action_non_threadable_channel: 'may-not-post',
	restricted_action_read_only_channel: 'may-not-post',
	restricted_action_thread_locked: 'may-not-post',
	restricted_action_thread_only_channel: 'may-not-post',
	team_access_not_granted: 'may-not-post',
	invalid_thread_ts: 'place-gone',
	thread_not_found: 'place-gone',
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
