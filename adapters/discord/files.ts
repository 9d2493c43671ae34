/** The bytes of files that people share. Pure of state: the address is asked for each time. */

import { BotError, toBotError } from '#src/errors.ts';
import type { Attachment } from '#src/platform/chat-event.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { DiscordCall } from './client.ts';
import { asId, asObject, asObjects, asText, type Json } from './json.ts';
import { forwardedOf } from './words.ts';

/** Between two pieces of a file. A file as a whole may take as long as its reader waits. */
const silenceLimitMs = 15_000;
/** What Discord says when the message, the channel or the right to read it is gone. */
const goneReasons = new Set(['channel-gone', 'message-gone', 'no-access', 'no-permission']);

/**
 * Addresses of files are signed, work for a day and for everybody who has them, so none is kept: the message is read again, and brings one.
 * @param hosts Where files may come from: `cdn.discordapp.com`, or `*.` and the end of a host; a port when it is not the usual one.
 */
export function createFiles(call: DiscordCall, hosts: readonly string[]): Pick<ChatPlatform, 'fetchFile'> {
	async function addressOf({ source }: Attachment, signal: AbortSignal): Promise<{ url: string; sizeBytes: number }> {
		const match = /^(\d{15,20})\/(\d{15,20})\/(\d{15,20})$/.exec(source ?? '');
		if (match === null) throw gone('names no file');
		const [, channelId, messageId, fileId] = match;
		const request = { method: 'GET', route: `/channels/${channelId}/messages/${messageId}` } as const;
		const message = asObject(
			await call('get message', request, signal).catch((thrown) => {
				throw goneReasons.has(toBotError(thrown).reason ?? '') ? gone('cannot be read any more', thrown) : thrown;
			}),
		);
		const files: Json[] = [message, ...forwardedOf(message)].flatMap((one) => asObjects(one['attachments']));
		const file = files.find(({ id }) => asId(id) === fileId);
		const url = asText(file?.['url']);
		if (file === undefined || !isAllowed(url, hosts)) throw gone('is not where files may come from');
		return { url, sizeBytes: typeof file['size'] === 'number' ? file['size'] : 0 };
	}

	return {
		async *fetchFile(attachment, _place, maxBytes, signal) {
			const { url, sizeBytes } = await addressOf(attachment, signal);
			if (sizeBytes > maxBytes) throw tooLarge();
			const silence = new AbortController();
			const all = AbortSignal.any([signal, silence.signal]);
			let timer = setTimeout(() => silence.abort(), silenceLimitMs);
			try {
				let receivedBytes = 0;
				for await (const piece of await open(url, all)) {
					clearTimeout(timer);
					receivedBytes += piece.byteLength;
					if (receivedBytes > maxBytes) throw tooLarge();
					yield piece;
					timer = setTimeout(() => silence.abort(), silenceLimitMs);
				}
			} catch (thrown) {
				throw toFileError(thrown, signal);
			} finally {
				clearTimeout(timer);
			}
		},
	};
}

async function open(url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
	const answer = await fetch(url, { redirect: 'error', signal });
	if (answer.ok && answer.body !== null) return answer.body;
	await answer.body?.cancel();
	if (answer.status === 429 || answer.status >= 500) {
		throw new BotError('PLATFORM_UNAVAILABLE', `Discord did not give a file: HTTP ${answer.status}`, { retryable: true });
	}
	throw gone(`was refused: HTTP ${answer.status}`);
}

/** Over HTTPS, or from this machine. */
function isAllowed(address: string, hosts: readonly string[]): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, host, hostname, username, password } = new URL(address);
	const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
	if (username !== '' || password !== '' || (protocol !== 'https:' && !(protocol === 'http:' && isLocal))) return false;
	return hosts.some((allowed) =>
		allowed.startsWith('*.') ? host.endsWith(allowed.slice(1).toLowerCase()) : host === allowed.toLowerCase(),
	);
}

function toFileError(thrown: unknown, signal: AbortSignal): BotError {
	if (thrown instanceof BotError) return thrown;
	if (signal.aborted) return new BotError('CANCELLED', 'a file was not waited for', { cause: thrown });
	return new BotError('PLATFORM_UNAVAILABLE', 'Discord did not give a file', { retryable: true, cause: thrown });
}

function gone(why: string, cause?: unknown): BotError {
	return new BotError('NOT_FOUND', `a file ${why}`, cause === undefined ? {} : { cause });
}

function tooLarge(): BotError {
	return new BotError('TOO_LARGE', 'a file is larger than what may be read');
}
