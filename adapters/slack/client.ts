/** The one way to call Slack's Web API: real `WebClient`, no waiting of its own, errors in the core's words. */

import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { BotError } from '#src/errors.ts';
import { unlessAborted } from '#src/waiting.ts';
import { toPlatformError } from './errors.ts';

export interface SlackAnswer {
	ok: boolean;
	[field: string]: unknown;
}

/** Calls one method. @throws BotError as `ChatPlatform` says; an aborted signal ends the wait, not the call. */
export type SlackCall = (method: string, parameters: Record<string, unknown>, signal?: AbortSignal) => Promise<SlackAnswer>;

/** Long enough for a slow Slack, short enough that a lost call does not hold a reply up. */
const callTimeoutMs = 10_000;

export interface SlackLogger {
	debug(...parts: unknown[]): void;
	info(...parts: unknown[]): void;
	warn(...parts: unknown[]): void;
	error(...parts: unknown[]): void;
	setLevel(level: LogLevel): void;
	getLevel(): LogLevel;
	setName(name: string): void;
}

/**
 * `rejectRateLimitedCalls`: without it one 429 pauses the client's whole queue, every channel's. No retries: whether a call may be made
 * twice is for the core to know. A fresh object each time, because the SDK writes into what it is given.
 */
export function clientOptions(apiUrl: string, logger: SlackLogger): WebClientOptions {
	return { slackApiUrl: apiUrl, logger, rejectRateLimitedCalls: true, retryConfig: { retries: 0 }, timeout: callTimeoutMs };
}

export function createSlackCall(token: string, apiUrl: string, logger: SlackLogger): SlackCall {
	const client = new WebClient(token, clientOptions(apiUrl, logger));
	return async (method, parameters, signal) => {
		if (signal?.aborted) throw new BotError('CANCELLED', `${method} was not called any more`);
		const answer = client.apiCall(method, parameters).catch((thrown) => {
			throw toPlatformError(method, thrown);
		});
		return (await (signal === undefined ? answer : unlessAbandoned(answer, method, signal))) as SlackAnswer;
	};
}

/** The SDK cannot take a call back: its answer then interests this asker no more. @throws BotError `CANCELLED`. */
export async function unlessAbandoned<T>(answer: Promise<T>, method: string, signal: AbortSignal): Promise<T> {
	return await unlessAborted(answer, signal, () => new BotError('CANCELLED', `the answer to ${method} was not waited for`));
}
