/** What the Bot Connector, Graph and the login answer when they refuse, in the core's words. Pure. */

import { BotError } from '#src/errors.ts';
import { foreignWord } from '#src/foreign-words.ts';
import { notSent, type Refusal } from '#src/platform/chat-platform.ts';

/** An HTTP answer that is not a success. */
export interface FailedAnswer {
	status: number;
	/** The service's own word, such as `ContentStreamNotAllowed`. */
	code: string;
	/** Read for its phrases only; it never goes into an error. */
	message: string;
	/** The header as it came. */
	retryAfter: string | null;
}

/**
 * "Stream bot messages", error codes: one code for every cause, told apart by these phrases as Microsoft's own SDKs do. The first that is
 * found counts.
 */
const streamPhrases: readonly [phrase: string, refusal: Refusal][] = [
	['cancel', 'stopped-by-person'],
	['exceeded streaming time', 'stream-closed'],
	['already completed', 'stream-closed'],
	['should contain the previously streamed', 'stream-closed'],
	['size too large', 'too-long'],
];

/**
 * "Status codes from bot conversational APIs", and "Proactive messages" for MessageWritesBlocked. Who may not write is told apart by the code,
 * for 403 has other causes too.
 */
const refusals: Readonly<Record<string, Refusal>> = {
	// Of a new message it says that the one it answers is gone; edits and deletions are told apart before.
	ActivityNotFoundInConversation: 'place-gone',
	BadArgument: 'form-refused',
	BadRequest: 'form-refused',
	BadSyntax: 'form-refused',
	BotDisabledByAdmin: 'may-not-post',
	BotNotInConversationRoster: 'may-not-post',
	ConversationBlockedByUser: 'may-not-post',
	ConversationNotFound: 'place-gone',
	ForbiddenOperationException: 'may-not-post',
	MessageWritesBlocked: 'may-not-post',
	NotEnoughPermissions: 'may-not-post',
};

/** Node.js' words for a connection that was never there, so that nothing can have been sent over it. */
const unreachable: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/** @returns `PLATFORM_RATE_LIMITED`, `PLATFORM_REJECTED` or `PLATFORM_UNAVAILABLE`. `operation` is for the log. */
export function toPlatformError(operation: string, answer: FailedAnswer, now: number): BotError {
	const { status, code } = answer;
	if (status === 429) {
		const retryAfterMs = readRetryAfter(answer.retryAfter, now);
		const details = { retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
		return new BotError('PLATFORM_RATE_LIMITED', `Teams limits ${operation}`, details);
	}
	// The service met another change on its way, or says that it is not there: either way it did nothing.
	if (status === 412 || status === 503) return unavailable(operation, status, notSent);
	if (status >= 500 || status === 408) return unavailable(operation, status);
	const reason = reasonOf(operation, answer);
	// Where the reason is no word of the service, it is a meaning already.
	const refusal = reason === code ? refusals[code] : undefined;
	const details = { reason, ...(refusal === undefined ? {} : { refusal }) };
	return new BotError('PLATFORM_REJECTED', `Teams refused ${operation}: HTTP ${status} ${code}`, details);
}

/** For a request that got no answer. */
export function toNetworkError(operation: string, thrown: unknown): BotError {
	if (thrown instanceof BotError) return thrown;
	const cause = thrown instanceof Error ? thrown.cause : undefined;
	const word = typeof cause === 'object' && cause !== null && 'code' in cause ? foreignWord(cause.code, '') : '';
	const details = { retryable: true, cause: thrown, ...(unreachable.has(word) ? { reason: notSent } : {}) };
	return new BotError('PLATFORM_UNAVAILABLE', `nobody answered ${operation}${word === '' ? '' : `: ${word}`}`, details);
}

/** `Retry-After` is a number of seconds or a date ("RFC 9110", 10.2.3). */
function readRetryAfter(header: string | null, now: number): number | undefined {
	if (header === null) return undefined;
	const delayMs = /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
	return Number.isNaN(delayMs) ? undefined : Math.max(delayMs, 0);
}

function unavailable(operation: string, status: number, reason?: string): BotError {
	const details = { retryable: true, ...(reason === undefined ? {} : { reason }) };
	return new BotError('PLATFORM_UNAVAILABLE', `Teams could not carry out ${operation}: HTTP ${status}`, details);
}

function reasonOf(operation: string, { status, code, message }: FailedAnswer): string {
	if (code.startsWith('ContentStream')) {
		const words = message.toLowerCase();
		const otherwise = operation === 'edit' ? ('stream-open' satisfies Refusal) : code;
		return streamPhrases.find(([phrase]) => words.includes(phrase))?.[1] ?? otherwise;
	}
	if (status === 413 || code === 'MessageSizeTooBig') return 'too-long' satisfies Refusal;
	const isAboutMessage = (operation === 'edit' || operation === 'remove') && code !== 'ConversationNotFound';
	if (isAboutMessage && (status === 404 || status === 410)) return 'message-gone' satisfies Refusal;
	return code === '' ? `http-${status}` : code;
}
