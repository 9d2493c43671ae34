/** Why a request gets no answer, and the one form in which that is said. */

import { type BotError, type ErrorCode, toBotError } from '../errors.ts';
import type { Words } from '../locales/locales.ts';
import { type ApiErrorCode, apiErrors, type ErrorAnswer } from './contract/errors.ts';

export interface RefusalDetails {
	/** What is wrong with what was sent: the steps to it, joined by points. */
	field?: string;
	retryAfterMs?: number;
	/** In place of what is usually said of this code. */
	sentence?: (words: Words) => string;
}

export class ApiRefusal extends Error {
	readonly code: ApiErrorCode;
	readonly details: RefusalDetails;

	constructor(code: ApiErrorCode, details: RefusalDetails = {}) {
		super(code);
		this.code = code;
		this.details = details;
	}
}

/** What is not there, and what is not theirs, are the same to whoever asks. */
export function notFound(): ApiRefusal {
	return new ApiRefusal('NOT_FOUND');
}

/** Longer than it takes to begin a transaction anew, shorter than people wait. */
const comeBackMs = 2_000;

const codesOfErrors: Partial<Record<ErrorCode, ApiErrorCode>> = {
	STORE_UNAVAILABLE: 'UNAVAILABLE',
	PLATFORM_UNAVAILABLE: 'UNAVAILABLE',
	PLATFORM_RATE_LIMITED: 'UNAVAILABLE',
	CANCELLED: 'UNAVAILABLE',
	TIMEOUT: 'UNAVAILABLE',
	NOT_FOUND: 'NOT_FOUND',
	CONFLICT: 'CONFLICT',
	TOO_LARGE: 'TOO_LARGE',
	RATE_LIMITED: 'RATE_LIMITED',
};

/** What was thrown, as a refusal; and the error to be looked into, where it is ours. */
export function toApiRefusal(thrown: unknown): { refusal: ApiRefusal; problem: BotError | null } {
	if (thrown instanceof ApiRefusal) return { refusal: thrown, problem: null };
	const error = toBotError(thrown);
	if (error.code === 'FORBIDDEN' && error.reason === 'guest') {
		return { refusal: new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.guest }), problem: null };
	}
	const code = codesOfErrors[error.code] ?? 'INTERNAL';
	if (code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED')
		return { refusal: new ApiRefusal(code), problem: code === 'INTERNAL' ? error : null };
	return { refusal: new ApiRefusal(code, { retryAfterMs: error.retryAfterMs ?? comeBackMs }), problem: null };
}

export function statusOf({ code }: ApiRefusal): number {
	return apiErrors[code].status;
}

export function errorAnswerOf({ code, details }: ApiRefusal, words: Words): ErrorAnswer {
	const { field, retryAfterMs, sentence } = details;
	return {
		error: {
			code,
			message: sentence === undefined ? usualSentence(code, details, words) : sentence(words),
			...(field === undefined ? {} : { field }),
			...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		},
	};
}

function usualSentence(
	code: ApiErrorCode,
	{ field = null, retryAfterMs = 0 }: { field?: string | null; retryAfterMs?: number },
	words: Words,
): string {
	const { errors } = words.web;
	if (code === 'INVALID') return errors.INVALID(field);
	if (code === 'RATE_LIMITED') return errors.RATE_LIMITED(Math.ceil(retryAfterMs / 1_000));
	return errors[code];
}
