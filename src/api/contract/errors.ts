/** The one form of every error of the API, and its closed set of codes. */

import { z } from 'zod';

/** By code: the HTTP status, and what it means for a program. People read the message that comes with it, in their language. */
export const apiErrors = {
	INVALID: { status: 400, about: 'What was sent does not have the form of this route; `field` names the first part that does not.' },
	UNAUTHENTICATED: { status: 401, about: 'Nobody is signed in, or not any more.' },
	FORBIDDEN: { status: 403, about: 'The account may not use the bot, or the request comes from another site.' },
	NOT_FOUND: { status: 404, about: 'It does not exist, or it is not for this person: nobody can tell which.' },
	CONFLICT: { status: 409, about: 'It cannot be done to this, now or here.' },
	TOO_LARGE: { status: 413, about: 'More was sent than this route takes.' },
	UNSUPPORTED_TYPE: { status: 415, about: 'A body has to be JSON, and a file `application/octet-stream`.' },
	WRONG_HOST: { status: 421, about: 'The program does not answer under this name.' },
	RATE_LIMITED: { status: 429, about: 'Too many requests; `retryAfterMs` says when to come back.' },
	INTERNAL: { status: 500, about: 'It failed for no reason that the caller could change.' },
	UNAVAILABLE: { status: 503, about: 'The database or a chat platform is away; the same request may succeed after `retryAfterMs`.' },
} as const;

export type ApiErrorCode = keyof typeof apiErrors;

export const errorAnswer = z.object({
	error: z.object({
		code: z.enum(Object.keys(apiErrors) as [ApiErrorCode, ...ApiErrorCode[]]),
		/** A sentence for the person, in their language. */
		message: z.string(),
		/** The first field that is wrong, its steps joined by points. */
		field: z.string().optional(),
		retryAfterMs: z.int().optional(),
	}),
});
export type ErrorAnswer = z.infer<typeof errorAnswer>;
