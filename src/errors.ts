/** The one error class of the project and its closed set of codes. What to tell people about each code is in `locales/`. */

import { foreignMessage, foreignWord } from './foreign-words.ts';

export type ErrorCode =
	| 'CONFIG_INVALID'
	| 'UNAUTHENTICATED'
	| 'FORBIDDEN'
	| 'NOT_FOUND'
	| 'CONFLICT'
	| 'RATE_LIMITED'
	| 'PLATFORM_RATE_LIMITED'
	| 'PLATFORM_REJECTED'
	| 'PLATFORM_UNAVAILABLE'
	| 'MODEL_UNAVAILABLE'
	| 'MODEL_REJECTED'
	| 'STORE_UNAVAILABLE'
	| 'TOO_LARGE'
	| 'TIMEOUT'
	| 'CANCELLED'
	| 'INTERNAL';

export interface ErrorDetails {
	/** Whether the same call may succeed later without anyone changing anything. */
	retryable?: boolean;
	/** How long to wait before trying again, in milliseconds, when the other side said so. */
	retryAfterMs?: number;
	/** The other side's own word for it, for example `msg_too_long`. Never message content. */
	reason?: string;
	/** What a platform's refusal means to us, where `reason` is its own word for it: a `Refusal` of the port. */
	refusal?: string;
	cause?: unknown;
}

/** Every error that crosses a folder border. `message` is for the log: no message content, no secrets. */
export class BotError extends Error {
	readonly code: ErrorCode;
	readonly retryable: boolean;
	readonly retryAfterMs: number | undefined;
	readonly reason: string | undefined;
	readonly refusal: string | undefined;

	constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = 'BotError';
		this.code = code;
		this.retryable = details.retryable ?? false;
		this.retryAfterMs = details.retryAfterMs;
		this.reason = details.reason;
		this.refusal = details.refusal;
	}
}

/** Turns anything that was thrown into a `BotError`, keeping a `BotError` as it is. Of the message of anything else it takes what is harmless. */
export function toBotError(error: unknown): BotError {
	if (error instanceof BotError) return error;
	const message = error instanceof Error ? `${foreignWord(error.name, 'Error')}: ${foreignMessage(error)}` : foreignMessage(error);
	return new BotError('INTERNAL', message, { cause: error });
}
