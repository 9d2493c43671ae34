/** One HTTP request with a time limit, and what it met on its way in the core's words. */

import { BotError } from '#src/errors.ts';
import { foreignWord } from '#src/foreign-words.ts';
import { type FailedAnswer, toNetworkError } from './errors.ts';
import { asObject, type Json, textOf } from './json.ts';

export interface Request {
	/** For the log and the errors: what is being done. */
	operation: string;
	url: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string | Uint8Array<ArrayBuffer>;
	/** By default a redirect is refused: the request may carry a token. */
	redirect?: 'error' | 'manual';
	/** For all of it, the body included. */
	timeoutMs?: number;
}

/** Long enough for a slow service, short enough that a lost call does not hold a reply up. */
const requestTimeoutMs = 10_000;

/** @throws BotError `CANCELLED` when the signal fires, `PLATFORM_UNAVAILABLE` when no answer comes. */
export async function send(request: Request, signal: AbortSignal): Promise<Response> {
	const { operation, url, timeoutMs = requestTimeoutMs, redirect = 'error', ...rest } = request;
	if (signal.aborted) throw cancelled(operation);
	const timeLimit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
	try {
		return await fetch(url, { ...rest, redirect, signal: timeLimit });
	} catch (thrown) {
		throw signal.aborted ? cancelled(operation) : toNetworkError(operation, thrown);
	}
}

/** The body as JSON; an empty object for what is none. @throws BotError as `send`, when the connection breaks in the middle. */
export async function readJson(operation: string, response: Response, signal: AbortSignal): Promise<Json> {
	const text = await response.text().catch((thrown) => {
		throw signal.aborted ? cancelled(operation) : toNetworkError(operation, thrown);
	});
	try {
		return asObject(JSON.parse(text));
	} catch {
		return {};
	}
}

/** Reads the body of an answer that is not a success. Entra's `error` is a word, that of the other services an object. */
export async function readFailure(operation: string, response: Response, signal: AbortSignal): Promise<FailedAnswer> {
	const body = await readJson(operation, response, signal);
	const error = asObject(body['error']);
	const code = foreignWord(textOf(error['code'], textOf(body['error'], readSubCode(body))), '');
	return { status: response.status, code, message: textOf(error['message']), retryAfter: response.headers.get('retry-after') };
}

/** "Proactive messages": when nobody may write, the reason is JSON within the JSON. */
function readSubCode({ message }: Json): string {
	return /"subCode":\s*"(\w{1,60})"/.exec(textOf(message))?.[1] ?? '';
}

function cancelled(operation: string): BotError {
	return new BotError('CANCELLED', `${operation} was not waited for`);
}
