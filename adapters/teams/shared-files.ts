/** Which files people have shared in a channel, as Microsoft Graph tells of its messages and the replies to them. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform, FileRange } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { readAttachments } from './attachments.ts';
import { toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { readFailure, readJson } from './http.ts';
import { inThread } from './inbound.ts';
import { asObject, asObjects, idOf, type Json, textOf } from './json.ts';
import { timeOf } from './reading/citations.ts';
import { teamIn } from './route.ts';
import type { FindTeamGroup } from './team-groups.ts';

export interface ListFilesDependencies {
	/** Null when Graph must not be used. */
	graph: Graph | null;
	findTeamGroup: FindTeamGroup;
	now: () => number;
}

const operation = 'the messages of a channel';
/** "List channel messages": 50 at most, 20 by default, each with up to a thousand replies. */
const pageSize = 20;

export function createListFiles({ graph, findTeamGroup, now }: ListFilesDependencies): ChatPlatform['listFiles'] {
	async function read(from: Graph, address: string, signal: AbortSignal): Promise<Json> {
		const response = await from.get({ operation }, address, signal);
		if (response.ok) return await readJson(operation, response, signal);
		throw toPlatformError(operation, await readFailure(operation, response, signal), now());
	}

	return async (place, { cursor, since }: FileRange, signal) => {
		// Whoever was added to a group chat need not see what was said before, and who came when, nobody tells.
		const teamId = place.kind === 'channel' ? teamIn(place.route ?? '') : '';
		if (graph === null || teamId === '') throw refused();
		const groupId = await findTeamGroup(place, teamId, signal);
		const [team, channel] = [groupId, place.channelId].map(encodeURIComponent);
		const first = `teams/${team}/channels/${channel}/messages?$top=${pageSize}&$expand=replies`;
		const [address = first, ...others] = readAddresses(cursor, graph);
		const body = await read(graph, address, signal);
		const messages = asObjects(body['value']).flatMap((message) => [message, ...asObjects(message['replies'])]);
		// Of a message with more replies than come along, the next ones; then the next messages.
		const further = [...messages.map((message) => textOf(message['replies@odata.nextLink'])), ...others, textOf(body['@odata.nextLink'])];
		const next = further.filter((link) => graph.isOurs(link));
		return {
			shared: messages.flatMap((message) => readShared(message, { place, teamId, groupId, since })),
			next: next.length === 0 ? null : JSON.stringify(next),
		};
	};
}

function readAddresses(cursor: string | null, graph: Graph): string[] {
	const addresses: unknown = JSON.parse(cursor ?? '[]');
	return Array.isArray(addresses) ? addresses.filter((address) => typeof address === 'string' && graph.isOurs(address)) : [];
}

interface Reading {
	place: Place;
	teamId: string;
	groupId: string;
	since: string | null;
}

/** As `readPlaceEvents` reads a message that arrives. */
function readShared(message: Json, { place, teamId, groupId, since }: Reading): FileShared[] {
	const messageId = idOf(message['id']);
	const user = asObject(asObject(message['from'])['user']);
	const accountId = idOf(user['id']);
	const occurredAt = timeOf(message['createdDateTime']) ?? timeOf(messageId);
	const isTooOld = since !== null && Date.parse(occurredAt ?? '') < Date.parse(since);
	if (messageId === '' || accountId === '' || occurredAt === null || isTooOld || (message['deletedDateTime'] ?? null) !== null) return [];
	const html = { contentType: 'text/html', content: textOf(asObject(message['body'])['content']) };
	const activity: Json = {
		id: messageId,
		attachments: [html, ...asObjects(message['attachments'])],
		channelData: { team: { id: teamId, aadGroupId: groupId } },
	};
	const { platform, tenantId, channelId } = place;
	return readAttachments(activity, place, true).map((file) => ({
		type: 'file-shared',
		...{ platform, tenantId, occurredAt, key: `teams:${tenantId}:${channelId}:${messageId}:file:${file.id}` },
		place: inThread({ ...place, threadId: idOf(message['replyToId']) }, messageId),
		messageId,
		sharedBy: { tenantId: idOf(user['tenantId']) || tenantId, accountId },
		file,
	}));
}

function refused(): BotError {
	return new BotError('PLATFORM_REJECTED', `Teams does not tell ${operation} without Graph, nor of a chat`, { reason: 'no-listing' });
}
