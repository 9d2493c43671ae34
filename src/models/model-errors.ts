/** What Ollama, a proxy in front of it or the network says, as a BotError. Server texts are only recognised, never repeated: they may quote an answer. */

import { BotError, type ErrorCode } from '../errors.ts';

interface Meaning {
	code: ErrorCode;
	reason: string;
	retryable: boolean;
}

const UNAVAILABLE = { code: 'MODEL_UNAVAILABLE', retryable: true } as const;
const REJECTED = { code: 'MODEL_REJECTED', retryable: false } as const;

/** Ollama's own words (server source 0.33); the first that matches counts. */
const KNOWN_TEXTS: readonly [RegExp, Meaning][] = [
	[/^model ['"].*['"] not found/, { ...REJECTED, reason: 'model-missing' }],
	[/exceed_context_size_error|exceeds the context length|longer than the context length/, { ...REJECTED, reason: 'too-long' }],
	// A model for vectors reads each text in one piece.
	[/is too large to process/, { ...REJECTED, reason: 'too-long' }],
	// It happens with single texts, and with the whole request that they are in.
	[/unsupported value: (?:NaN|[+-]?Inf)/, { ...REJECTED, reason: 'bad-vector' }],
	[/does not support chat/, { ...REJECTED, reason: 'cannot-chat' }],
	[/does not support embeddings/, { ...REJECTED, reason: 'cannot-embed' }],
	[/does not support (?:multimodal|image|vision)/, { ...REJECTED, reason: 'cannot-see' }],
	[/does not support tools/, { ...REJECTED, reason: 'cannot-use-tools' }],
	[/does not support thinking/, { ...REJECTED, reason: 'cannot-think' }],
	[/does not support/, { ...REJECTED, reason: 'cannot-do-it' }],
	[/file does not exist|manifest unknown|invalid model name/, { ...REJECTED, reason: 'no-such-model' }],
	[/no space left on device|not enough (?:disk )?space/, { ...UNAVAILABLE, reason: 'disk-full' }],
	[/^server busy/, { ...UNAVAILABLE, reason: 'busy' }],
	[/requires more system memory|out of memory/i, { ...UNAVAILABLE, reason: 'out-of-memory' }],
	[/llama-server process has terminated|failed to load|error loading model/i, { ...UNAVAILABLE, reason: 'load-failed' }],
];

/**
 * @param host the address without credentials, for the message
 * @returns `MODEL_REJECTED` where asking again is useless, else `MODEL_UNAVAILABLE`; `reason` says why in one word.
 */
export function toModelError(error: unknown, host: string): BotError {
	if (error instanceof BotError) return error;
	const { code, reason, retryable } = meaningOf(error);
	const cause = isNetworkError(error) ? { cause: error } : {};
	return new BotError(code, `${host}: ${reason}`, { retryable, reason, ...cause });
}

/** True when no connection could be made: nothing else is worth trying there before the next look at the host. */
export function isHostAway(error: BotError): boolean {
	return error.reason === 'connection-failed';
}

/** There is no host to send a request to. */
export function noHost(reason: string): BotError {
	return new BotError('MODEL_UNAVAILABLE', `no Ollama host can be asked: ${reason}`, { retryable: true, reason });
}

/** The model is of another kind than what is asked of it: no other question helps, but another model. */
export function isUnfit({ code, reason }: BotError): boolean {
	return code === 'MODEL_REJECTED' && (reason?.startsWith('cannot-') ?? false);
}

/** True for what another host may still do: under the same name it may have another model. */
export function isWorthAnotherHost(error: BotError): boolean {
	return error.code === 'MODEL_UNAVAILABLE' || error.reason === 'model-missing' || error.reason === 'cannot-chat';
}

function meaningOf(error: unknown): Meaning {
	if (!(error instanceof Error)) return { ...UNAVAILABLE, reason: 'unknown' };
	const known = KNOWN_TEXTS.find(([pattern]) => pattern.test(error.message));
	if (known) return known[1];
	const status = statusOf(error);
	if (status !== null) return statusMeaning(status);
	if (isNetworkError(error)) return { ...UNAVAILABLE, reason: networkReason(error) };
	// The library's words for an end without `done`.
	if (error.message.startsWith('Did not receive done')) return { ...UNAVAILABLE, reason: 'stream-cut' };
	return { ...UNAVAILABLE, reason: 'stream-error' };
}

function statusMeaning(status: number): Meaning {
	if (status === 400 || status === 404 || status === 413) return { ...REJECTED, reason: `http-${status}` };
	return { ...UNAVAILABLE, reason: `http-${status}` };
}

/** The library does not export its `ResponseError`. */
function statusOf(error: Error): number | null {
	return 'status_code' in error && typeof error.status_code === 'number' ? error.status_code : null;
}

function networkReason(error: Error): string {
	const code = codeOf(error);
	return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' ? 'connection-lost' : 'connection-failed';
}

/** Errors of sockets and of undici carry a code; their texts speak of addresses only. */
function isNetworkError(error: unknown): boolean {
	return error instanceof Error && /^(?:UND_ERR_|E[A-Z]+$)/.test(codeOf(error));
}

function codeOf(error: Error): string {
	return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
