/** Files that the bot makes, brought to Slack: an address to send the bytes to, then the word where they belong ("Working with files"). */

import { BotError, toBotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Refusal } from '#src/platform/refusal.ts';
import { textOf } from '#src/platform/untrusted-json.ts';
import { mostFileBytes } from './capabilities.ts';
import type { SlackCall } from './client.ts';
import { fileAddress } from './files.ts';
import { escapeMrkdwn } from './format.ts';
import { readId } from './id.ts';

/** Some megabytes over a slow line. */
const uploadTimeoutMs = 60_000;

/** @param apiUrl As in `FilesOptions`. */
export function createUploads(call: SlackCall, apiUrl: string): Pick<ChatPlatform, 'sendFile'> {
	return {
		async sendFile({ channelId, threadId }, { name, bytes }, comment, signal) {
			if (bytes.byteLength > mostFileBytes) {
				throw new BotError('PLATFORM_REJECTED', 'a file is larger than Slack takes', { reason: 'too-long' satisfies Refusal });
			}
			const ticket = await call('files.getUploadURLExternal', { filename: name, length: bytes.byteLength }, signal);
			await upload(fileAddress(textOf(ticket['upload_url']), apiUrl), bytes, signal);
			const file = { id: readId(ticket['file_id']), title: name };
			const where = { channel_id: channelId, ...(threadId === '' ? {} : { thread_ts: threadId }) };
			const said = comment === '' ? {} : { initial_comment: escapeMrkdwn(comment) };
			await call('files.completeUploadExternal', { files: [file], ...where, ...said }, signal);
		},
	};
}

/** The address opens itself: it is given no token. Nothing is shown anywhere yet, so nothing is lost by trying again. */
async function upload(url: URL | null, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
	if (url === null) throw unavailable('named no address of its own for a file');
	const body = new Blob([new Uint8Array(bytes)]);
	const request = {
		method: 'POST',
		body,
		redirect: 'error',
		signal: AbortSignal.any([signal, AbortSignal.timeout(uploadTimeoutMs)]),
	} as const;
	const answer = await fetch(url, request).catch((thrown) => {
		throw signal.aborted ? new BotError('CANCELLED', 'a file was not sent', { cause: thrown }) : unavailable('took no file', thrown);
	});
	await answer.body?.cancel();
	if (!answer.ok) throw unavailable(`took no file: HTTP ${answer.status}`);
}

function unavailable(why: string, thrown?: unknown): BotError {
	return new BotError('PLATFORM_UNAVAILABLE', `Slack ${why}`, {
		retryable: true,
		...(thrown === undefined ? {} : { cause: toBotError(thrown) }),
	});
}
