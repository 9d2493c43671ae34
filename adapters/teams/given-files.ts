/** Files that the bot makes, in a chat of two: the person is asked, and says where in their OneDrive it belongs ("Send and receive files using the bot"). */

import { BotError } from '#src/errors.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Refusal } from '#src/platform/refusal.ts';
import type { Connector } from './connector-client.ts';
import { toPlatformError } from './errors.ts';
import { isAllowedAddress } from './hosts.ts';
import { readFailure, send } from './http.ts';
import { asObject, type Json, parseUntrusted, textOf } from './json.ts';

export interface GivenFilesDependencies {
	connector: Connector;
	/** Hosts that files are taken to. */
	fileHosts: readonly string[];
	now: () => number;
}

/** "Upload bytes to the upload session": what one request of an upload takes at most. */
const mostBytes = 60 * 1024 * 1024;
/** Some megabytes over a slow line. */
const timeoutMs = 60_000;
/** Says that the question is ours; the field of its contexts that carries the rest. */
const mark = 'openccb_file';
/** Addresses of uploads have some 1,500 characters. */
const mostAddressCharacters = 8_000;

export function createGivenFiles({ connector, fileHosts, now }: GivenFilesDependencies): Pick<ChatPlatform, 'offerFile' | 'bringFile'> {
	return {
		async offerFile(place, { name, about, sizeBytes, replyId }, signal) {
			const context = { [mark]: replyId };
			const content = { description: about, sizeInBytes: sizeBytes, acceptContext: context, declineContext: context };
			const card = { contentType: 'application/vnd.microsoft.teams.card.file.consent', name, content };
			await connector.post(place, { type: 'message', attachments: [card] }, signal);
		},
		async bringFile(place, { name, bytes }, taken, signal) {
			if (bytes.byteLength > mostBytes) throw rejected('is larger than one upload takes', 'too-long');
			const { uploadUrl, contentUrl, uniqueId, fileType, name: shownName } = asObject(parseUntrusted(taken));
			const url = textOf(uploadUrl);
			if (!isAllowedAddress(url, fileHosts)) throw rejected('would go to a host that is not in TEAMS_FILE_HOSTS', 'no-route');
			// The address opens itself: it is given no token.
			const headers = { 'content-range': `bytes 0-${bytes.byteLength - 1}/${bytes.byteLength}` };
			const upload = { operation: 'the upload of a file', url, method: 'PUT', headers, body: new Uint8Array(bytes), timeoutMs };
			const answer = await send(upload, signal);
			if (!answer.ok) throw toPlatformError(upload.operation, await readFailure(upload.operation, answer, signal), now());
			await answer.body?.cancel();
			const attachment = {
				contentType: 'application/vnd.microsoft.teams.card.file.info',
				contentUrl: textOf(contentUrl),
				name: textOf(shownName, name),
				content: { uniqueId: textOf(uniqueId), fileType: textOf(fileType) },
			};
			await connector.post(place, { type: 'message', attachments: [attachment] }, signal);
		},
	};
}

/** What somebody said to the question; null for none of ours. Pure. */
export function readFileAnswer({ action, context, uploadInfo }: Json): ButtonAction | null {
	const replyId = textOf(asObject(context)[mark]);
	if (replyId === '' || (action !== 'accept' && action !== 'decline')) return null;
	if (action === 'decline') return { name: 'file', replyId, taken: null };
	const { uploadUrl, contentUrl, uniqueId, fileType, name } = asObject(uploadInfo);
	const taken = [uploadUrl, contentUrl, uniqueId, fileType, name].map((field) => textOf(field));
	if (taken.some((field) => field.length > mostAddressCharacters) || taken[0] === '') return null;
	const [upload, content, id, type, called] = taken;
	const kept = { uploadUrl: upload, contentUrl: content, uniqueId: id, fileType: type, name: called };
	return { name: 'file', replyId, taken: JSON.stringify(kept) };
}

function rejected(what: string, reason: Refusal | 'no-route'): BotError {
	return new BotError('PLATFORM_REJECTED', `a file ${what}`, { reason });
}
