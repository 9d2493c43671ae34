/** The bytes of files that people share: from a link, from the connector, or through Microsoft Graph; each with its own right to be asked. */

import { BotError } from '#src/errors.ts';
import type { Attachment } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import { type FileSource, parseSource } from './attachments.ts';
import type { Credentials } from './credentials.ts';
import { toNetworkError, toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { messagePath } from './graph-paths.ts';
import { haveSameOrigin, isAllowedAddress } from './hosts.ts';
import { readFailure, readJson, send } from './http.ts';
import { asObjects, textOf } from './json.ts';
import type { FindTeamGroup } from './team-groups.ts';

export interface FilesDependencies {
	findTeamGroup: FindTeamGroup;
	credentials: Credentials;
	/** Hosts that files are fetched from. */
	fileHosts: readonly string[];
	/** Null when Graph must not be used. */
	graph: Graph | null;
	now: () => number;
}

export type FetchFile = (attachment: Attachment, place: Place, maxBytes: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;

type GraphSource = Extract<FileSource, { way: 'graph' }>;

const operation = 'the file';
/** A file of some hundred megabytes over a slow line. */
const timeoutMs = 120_000;

/** Addresses that redirect further than this lead nowhere. */
const maxRedirects = 3;

export function createFetchFile({ findTeamGroup, credentials, fileHosts, graph, now }: FilesDependencies): FetchFile {
	/** A link opens the file by itself, and must get no token of ours. It may lead on, but to the allowed hosts only. */
	async function openLink(address: string, signal: AbortSignal): Promise<Response> {
		let url = address;
		for (let redirects = 0; redirects <= maxRedirects; redirects++) {
			if (!isAllowedAddress(url, fileHosts)) throw notFound('is not on a host of TEAMS_FILE_HOSTS');
			const response = await send({ operation, url, redirect: 'manual', timeoutMs }, signal);
			const location = response.headers.get('location');
			if (response.status < 300 || response.status > 399 || location === null) return response;
			await response.body?.cancel();
			url = URL.canParse(location, url) ? new URL(location, url).href : '';
		}
		throw notFound('leads on and on');
	}

	/** Only the connector that the conversation is at may see the bot's token. */
	async function openInline(url: string, place: Place, signal: AbortSignal): Promise<Response> {
		if (!haveSameOrigin(url, place.route ?? '')) throw notFound('is not on the host of its conversation');
		const token = await credentials.token('connector', signal);
		return await send({ operation, url, timeoutMs, headers: token === null ? {} : { authorization: `Bearer ${token}` } }, signal);
	}

	/** "Access shared items": the message names the file's address, which makes the id under which Graph gives it out. */
	async function openShared(source: GraphSource, place: Place, signal: AbortSignal): Promise<Response> {
		if (graph === null) throw notFound('needs Microsoft Graph');
		const { teamId, messageId } = source;
		const groupId = place.kind === 'group' ? '' : source.groupId || (await findTeamGroup(place, teamId, signal));
		const path = messagePath(place, groupId, messageId);
		const answer = await unlessRefused(await graph.get({ operation, timeoutMs }, path, signal), signal);
		const message = await readJson(operation, answer, signal);
		const reference = asObjects(message['attachments']).find(({ id, contentType }) => id === source.id && contentType === 'reference');
		const address = textOf(reference?.['contentUrl']);
		if (address === '') throw notFound('is not in its message');
		const share = `u!${Buffer.from(address).toString('base64url')}`;
		const response = await graph.get({ operation, timeoutMs }, `shares/${share}/driveItem/content`, signal);
		const location = response.headers.get('location');
		if (response.status !== 302 || location === null) return response;
		await response.body?.cancel();
		return await openLink(location, signal);
	}

	async function unlessRefused(response: Response, signal: AbortSignal): Promise<Response> {
		if (response.ok) return response;
		const failure = await readFailure(operation, response, signal);
		if ([401, 403, 404, 410].includes(response.status)) throw notFound(`was refused: HTTP ${response.status} ${failure.code}`);
		throw toPlatformError(operation, failure, now());
	}

	return async function* (attachment, place, maxBytes, signal) {
		const source = parseSource(attachment.source);
		if (source === null) throw notFound('has no address that we know');
		const response = await open(source, place, signal);
		yield* readWithin(await unlessRefused(response, signal), maxBytes, signal);
	};

	function open(source: FileSource, place: Place, signal: AbortSignal): Promise<Response> {
		if (source.way === 'download') return openLink(source.url, signal);
		return source.way === 'inline' ? openInline(source.url, place, signal) : openShared(source, place, signal);
	}
}

async function* readWithin(response: Response, maxBytes: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
	let bytes = 0;
	if (Number(response.headers.get('content-length')) > maxBytes) {
		await response.body?.cancel();
		throw tooLarge(maxBytes);
	}
	try {
		for await (const chunk of response.body ?? []) {
			bytes += chunk.length;
			if (bytes > maxBytes) throw tooLarge(maxBytes);
			yield chunk;
		}
	} catch (thrown) {
		throw signal.aborted ? new BotError('CANCELLED', `${operation} was not read to its end`) : toNetworkError(operation, thrown);
	}
}

function notFound(what: string): BotError {
	return new BotError('NOT_FOUND', `${operation} ${what}`);
}

function tooLarge(maxBytes: number): BotError {
	return new BotError('TOO_LARGE', `${operation} has more than ${maxBytes} bytes`);
}
