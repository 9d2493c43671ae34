/** Why a request of an OpenAI client gets no answer, in the form that such clients read. */

import { failureReason, failureSentence } from '../../conversation/endings.ts';
import { type BotError, toBotError } from '../../errors.ts';
import { type LimitRefusal, refusalSentence } from '../../limits/refusal.ts';
import type { Words } from '../../locales/locales.ts';
import type { ApiErrorCode } from '../contract/errors.ts';
import { errorAnswerOf, statusOf, toApiRefusal } from '../refusal.ts';

export interface CompatibleError {
	status: number;
	type: string;
	code: string;
	/** What of the request is meant; null where it is none of it. */
	param: string | null;
	message: string;
	/** Seconds after which the same may succeed; null where waiting does not help: then clients are told not to try again. */
	retryAfterSeconds?: number | null;
}

/** What `openai` and what is built on it take for the error itself. */
export function errorBody({ type, code, param, message }: CompatibleError) {
	return { error: { message, type, param, code } };
}

export function errorHeaders({ status, retryAfterSeconds }: CompatibleError): Record<string, string> {
	if (retryAfterSeconds !== undefined && retryAfterSeconds !== null) return { 'retry-after': String(retryAfterSeconds) };
	// Such clients try 429 and all from 500 on three times by themselves.
	return status === 429 || status >= 500 ? { 'x-should-retry': 'false' } : {};
}

export class CompatibleRefusal extends Error {
	readonly error: CompatibleError;

	constructor(error: CompatibleError) {
		super(error.code);
		this.error = error;
	}
}

const invalid = 'invalid_request_error';

export function invalidRequest(code: string, param: string | null, message: string, status = 400): CompatibleRefusal {
	return new CompatibleRefusal({ status, type: invalid, code, param, message });
}

const ofApi: Record<ApiErrorCode, { type: string; code: string }> = {
	INVALID: { type: invalid, code: 'invalid_request' },
	UNAUTHENTICATED: { type: invalid, code: 'invalid_api_key' },
	FORBIDDEN: { type: 'permission_error', code: 'permission_denied' },
	NOT_FOUND: { type: invalid, code: 'not_found' },
	CONFLICT: { type: invalid, code: 'conflict' },
	TOO_LARGE: { type: invalid, code: 'request_too_large' },
	UNSUPPORTED_TYPE: { type: invalid, code: 'unsupported_media_type' },
	WRONG_HOST: { type: invalid, code: 'wrong_host' },
	RATE_LIMITED: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
	INTERNAL: { type: 'server_error', code: 'internal_error' },
	UNAVAILABLE: { type: 'server_error', code: 'service_unavailable' },
};

/** What was thrown, as an error; and what is to be looked into, where it is ours. */
export function toCompatibleError(thrown: unknown, words: Words): { error: CompatibleError; problem: BotError | null } {
	if (thrown instanceof CompatibleRefusal) return { error: thrown.error, problem: null };
	const { refusal, problem } = toApiRefusal(thrown);
	const { message, retryAfterMs } = errorAnswerOf(refusal, words).error;
	const retry = retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) };
	const said = refusal.code === 'UNAUTHENTICATED' ? words.web.compatible.noToken : message;
	return { error: { ...ofApi[refusal.code], status: statusOf(refusal), param: null, message: said, ...retry }, problem };
}

/** What a limit does not let through. */
export function limitError(refusal: LimitRefusal, words: Words): CompatibleError {
	const message = refusalSentence(refusal, words);
	switch (refusal.limit) {
		case 'requestsPerMinute': {
			const retryAfterSeconds = refusal.backInMs === null ? null : Math.ceil(refusal.backInMs / 1_000);
			return { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', param: null, message, retryAfterSeconds };
		}
		case 'tokensPerDay':
			return { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', param: null, message, retryAfterSeconds: null };
		case 'messageCharacters':
			return { status: 400, type: invalid, code: 'context_length_exceeded', param: 'messages', message };
		case 'models':
			return { status: 404, type: invalid, code: 'model_not_found', param: 'model', message };
	}
}

/** As long as a model that is away or busy may be so. */
const comeBackSeconds = 5;

/** Why there is no answer, or no more of it. */
export function answerError(thrown: unknown, words: Words, asked: { model: string; inFlightLimit: number | null }): CompatibleError {
	const error = toBotError(thrown);
	const reason = failureReason(error);
	const { model, inFlightLimit } = asked;
	const message = failureSentence(error, words, { model, ...(inFlightLimit === null ? {} : { inFlightLimit }) });
	const server = { type: 'server_error', param: null, message };
	switch (reason) {
		case 'in-flight':
			return { ...server, status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', retryAfterSeconds: comeBackSeconds };
		case 'prompt-too-long':
			return { ...server, status: 400, type: invalid, code: 'context_length_exceeded', param: 'messages' };
		case 'model-missing':
			return { ...server, status: 404, type: invalid, code: 'model_not_found', param: 'model' };
		case 'model-unavailable':
		case 'timeout':
		case 'queue-full':
		case 'draining':
			return { ...server, status: 503, code: reason.replaceAll('-', '_'), retryAfterSeconds: comeBackSeconds };
		default:
			return { ...server, status: 500, code: reason.replaceAll('-', '_'), retryAfterSeconds: null };
	}
}
