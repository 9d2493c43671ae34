/** The bytes of files that people share: fetched from Slack with the bot's token, and from nowhere else. */

import { BotError, toBotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { limitBytes } from '#src/platform/limited-bytes.ts';
import { asObject, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';

/** "File object": `url_private` is on this host. Anything else would be given our token. */
const fileHost = 'files.slack.com';
/** For the answer's headers; a slow body goes on until the caller's signal. */
const answerTimeoutMs = 10_000;

export interface FilesOptions {
	token: string;
	/** Files may also lie where the Web API is, for Slack's own and other installations of it. */
	apiUrl: string;
	call: SlackCall;
}

export function createFiles({ token, apiUrl, call }: FilesOptions): Pick<ChatPlatform, 'fetchFile'> {
	/** "files.info": of a file that changed Slack tells no more than its id. */
	async function addressOf(fileId: string, signal: AbortSignal): Promise<string> {
		const { file } = await call('files.info', { file: fileId }, signal);
		return textOf(asObject(file)['url_private']);
	}

	function check(source: string): URL {
		const url = fileAddress(source, apiUrl);
		if (url === null) throw new BotError('NOT_FOUND', 'a file is not where Slack keeps files');
		return url;
	}

	async function* fetchBytes(url: URL, mediaType: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		const answered = new AbortController();
		const timer = setTimeout(() => answered.abort(), answerTimeoutMs);
		try {
			const headers = { authorization: `Bearer ${token}` };
			// Without the right to read it, Slack sends to its login page, or gives that with HTTP 200.
			const answer = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.any([signal, answered.signal]) });
			clearTimeout(timer);
			if (answer.status >= 500) throw unavailable();
			const isLogin = answer.headers.get('content-type')?.startsWith('text/html') === true && mediaType !== 'text/html';
			if (!answer.ok || isLogin || answer.body === null)
				throw new BotError('NOT_FOUND', `Slack did not give a file: HTTP ${answer.status}`);
			yield* answer.body;
		} catch (thrown) {
			if (thrown instanceof BotError) throw thrown;
			throw signal.aborted ? new BotError('CANCELLED', 'a file was not waited for', { cause: thrown }) : unavailable(toBotError(thrown));
		} finally {
			clearTimeout(timer);
		}
	}

	return {
		async *fetchFile({ id, source, mediaType }, _place, maxBytes, signal) {
			yield* limitBytes(fetchBytes(check(source ?? (await addressOf(id, signal))), mediaType, signal), maxBytes);
		},
	};
}

/** Null for an address at which Slack keeps no files. */
export function fileAddress(address: string, apiUrl: string): URL | null {
	const url = URL.canParse(address) ? new URL(address) : null;
	const isSlack = url !== null && ((url.protocol === 'https:' && url.host === fileHost) || url.host === new URL(apiUrl).host);
	return isSlack ? url : null;
}

function unavailable(cause?: BotError): BotError {
	return new BotError('PLATFORM_UNAVAILABLE', 'Slack did not give a file', { retryable: true, ...(cause === undefined ? {} : { cause }) });
}
