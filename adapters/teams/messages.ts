/** One message of a channel, as Microsoft Graph tells of it, and the link by which people open it. */

import type { ChatPlatform, MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { messagePath } from './graph-paths.ts';
import { readFailure, readJson } from './http.ts';
import type { Json } from './json.ts';
import { messageLink } from './links.ts';
import { type OwnIds, readGraphMessage } from './reading/graph-message.ts';
import { teamIn } from './route.ts';
import type { FindTeamGroup } from './team-groups.ts';

export interface MessagesDependencies {
	/** Null when Graph must not be used. */
	graph: Graph | null;
	findTeamGroup: FindTeamGroup;
	own: OwnIds;
	now: () => number;
}

const operation = 'a message';
/** No right, or a private channel, for which the right does not hold; and no such message. */
const hidden = new Set([401, 403, 404, 410]);

/** The group of a channel's team; empty where none is known. */
async function groupOf(place: Place, findTeamGroup: FindTeamGroup, signal: AbortSignal): Promise<string> {
	const teamId = teamIn(place.route ?? '');
	return teamId === '' ? '' : await findTeamGroup(place, teamId, signal);
}

export function createPermalink(findTeamGroup: FindTeamGroup): ChatPlatform['permalink'] {
	return async (reference, signal) => {
		const { place } = reference;
		const groupId = place.kind === 'channel' ? await groupOf(place, findTeamGroup, signal) : '';
		return place.kind === 'channel' && groupId === '' ? null : messageLink(reference, groupId);
	};
}

export function createReadMessage({ own, ...deps }: MessagesDependencies): ChatPlatform['readMessage'] {
	return async (reference, signal) => {
		const message = await findMessage(deps, reference, signal);
		return message === null ? null : readGraphMessage(message, own);
	};
}

/** Of what it does not show Graph does not say why; of a deleted message it does. */
export function createIsShared(deps: Omit<MessagesDependencies, 'own'>): NonNullable<ChatPlatform['isShared']> {
	return async (reference, _fileId, signal) => {
		const message = await findMessage(deps, reference, signal);
		return message === null ? null : (message['deletedDateTime'] ?? null) === null;
	};
}

/** As Graph tells of it; null for what it does not show. */
async function findMessage(
	{ graph, findTeamGroup, now }: Omit<MessagesDependencies, 'own'>,
	{ place, messageId }: MessageReference,
	signal: AbortSignal,
): Promise<Json | null> {
	// Whoever was added to a group chat need not see what was said before, and who came when, nobody tells.
	if (graph === null || place.kind !== 'channel') return null;
	const groupId = await groupOf(place, findTeamGroup, signal);
	if (groupId === '') return null;
	const response = await graph.get({ operation }, messagePath(place, groupId, messageId), signal);
	if (response.ok) return await readJson(operation, response, signal);
	const failure = await readFailure(operation, response, signal);
	if (hidden.has(response.status)) return null;
	throw toPlatformError(operation, failure, now());
}
